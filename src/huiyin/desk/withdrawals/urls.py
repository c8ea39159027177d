from django.urls import path

from huiyin.desk.withdrawals import views

app_name = "withdrawals"
urlpatterns = [
    path("matters/<int:pk>/withdrawal/", views.withdrawal, name="detail"),
    path("matters/<int:pk>/withdrawal/record/", views.record, name="record"),
    path("matters/<int:pk>/withdrawal/remove/", views.remove, name="remove"),
    path("matters/<int:pk>/withdrawal/ask/", views.ask, name="ask"),
    path("matters/<int:pk>/withdrawal/answer/", views.answer, name="answer"),
    path("matters/<int:pk>/withdrawal/finish/", views.finish, name="finish"),
    path("matters/<int:pk>/withdrawal/drop/", views.drop, name="drop"),
    path("matters/<int:pk>/withdrawal/letter/<str:kind>/", views.letter, name="letter"),
]

from django.urls import path

from huiyin.desk.returns import views

app_name = "returns"
urlpatterns = [
    path("matters/<int:pk>/not-ours/", views.propose, name="propose"),
    path("not-ours/<int:pk>/", views.giving_back, name="detail"),
    path("not-ours/<int:pk>/decide/", views.decide, name="decide"),
    path("not-ours/<int:pk>/send/", views.send, name="send"),
    path("not-ours/<int:pk>/answer/", views.answer, name="answer"),
    path("not-ours/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("not-ours/<int:pk>/letter/<str:kind>/", views.letter, name="letter"),
]

from django.urls import path

from huiyin.desk.polls import views

app_name = "polls"
urlpatterns = [
    path("replies/<int:pk>/poll/new/", views.open_to_all, name="open"),
    path("polls/<int:pk>/", views.detail, name="detail"),
    path("polls/<int:pk>/take-ballots/", views.take_ballots, name="take_ballots"),
    path("polls/<int:pk>/remind/", views.remind, name="remind"),
    path("polls/<int:pk>/close/", views.close, name="close"),
]

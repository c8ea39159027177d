"""The bell."""

from django.urls import path

from huiyin.desk.messages import views

app_name = "messages"
urlpatterns = [
    path("messages/", views.inbox, name="list"),
    path("messages/read/", views.read_all, name="read_all"),
    path("messages/<int:pk>/read/", views.read, name="read"),
]

"""Bodies outside the office."""

from django.urls import path

from huiyin.desk.bodies import views

app_name = "bodies"
urlpatterns = [
    path("bodies/", views.list_bodies, name="list"),
    path("bodies/new/", views.enter, name="enter"),
    path("bodies/<int:pk>/edit/", views.change, name="change"),
    path("bodies/<int:pk>/stop/", views.stop, name="stop"),
    path("bodies/<int:pk>/resume/", views.resume, name="resume"),
    path("bodies/<int:pk>/phone/", views.reveal_phone, name="reveal_phone"),
]

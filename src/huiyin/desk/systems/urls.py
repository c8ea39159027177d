from django.urls import path

from huiyin.desk.systems import views

app_name = "systems"
urlpatterns = [
    path("systems/", views.systems, name="list"),
    path("systems/new/", views.enter, name="enter"),
    path("systems/<int:pk>/edit/", views.change, name="change"),
    path("systems/<int:pk>/stop/", views.stop, name="stop"),
    path("systems/<int:pk>/resume/", views.resume, name="resume"),
]

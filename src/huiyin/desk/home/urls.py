"""The first page of the desk; its name stands directly under `desk:`."""

from django.urls import path

from huiyin.desk.home import views

urlpatterns = [path("", views.home, name="home")]

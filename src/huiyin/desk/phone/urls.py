"""Stands directly under the root, beside the phone site; included by config/urls.py in the demonstration only."""

from django.urls import path

from huiyin.desk.phone import views

app_name = "phone"
urlpatterns = [path("", views.screen, name="screen")]

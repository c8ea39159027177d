"""The door of the desk; the names stand directly under `desk:`."""

from django.urls import path

from huiyin.desk.sign_in import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("switch-post/", views.switch_post, name="switch_post"),
    path("password/", views.change_password, name="change_password"),
]

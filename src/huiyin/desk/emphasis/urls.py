from django.urls import path

from huiyin.desk.emphasis import views

app_name = "emphasis"
urlpatterns = [
    path("matters/<int:pk>/key/raise/", views.raise_matter, name="raise_to_key"),
    path("matters/<int:pk>/key/lower/", views.lower_matter, name="lower_from_key"),
    path("matters/<int:pk>/urgency/", views.change_urgency, name="set_urgency"),
]

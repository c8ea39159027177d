from django.urls import path

from huiyin.desk.measures import views

app_name = "measures"
urlpatterns = [
    path("measures/", views.measures, name="list"),
    path("measures/export/", views.export, name="export"),
    path("measures/new/", views.enter, name="enter"),
    path("measures/<int:pk>/", views.measure, name="detail"),
    path("measures/<int:pk>/note/", views.note, name="note"),
    path("measures/<int:pk>/end/", views.end, name="end"),
]

from django.urls import path

from huiyin.desk.revisits import views

app_name = "revisits"
urlpatterns = [
    path("revisits/", views.revisits, name="list"),
    path("revisits/export/", views.export, name="export"),
    path("revisits/<int:pk>/", views.revisit, name="detail"),
    path("revisits/<int:pk>/drop/", views.drop, name="drop"),
    path("matters/<int:pk>/revisit/", views.plan, name="plan"),
]

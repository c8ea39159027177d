from django.urls import path

from huiyin.desk.filing import views

app_name = "filing"
urlpatterns = [
    path("matters/<int:pk>/file/", views.file, name="file"),
    path("matters/<int:pk>/file/catalogue/<str:kind>/", views.catalogue, name="catalogue"),
]

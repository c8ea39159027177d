from django.urls import path

from huiyin.desk.files import views

app_name = "files"
urlpatterns = [path("files/<str:public_id>/", views.download, name="download")]

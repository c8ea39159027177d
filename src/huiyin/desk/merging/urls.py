from django.urls import path

from huiyin.desk.merging import views

app_name = "merging"
urlpatterns = [
    path("matters/<int:pk>/merge/", views.merge_matter, name="merge"),
    path("matters/<int:pk>/unmerge/", views.unmerge_matter, name="unmerge"),
]

from django.urls import path

from huiyin.desk.publications import views

app_name = "publications"
urlpatterns = [
    path("publications/", views.publications, name="list"),
    path("replies/<int:pk>/publication/", views.propose, name="propose"),
    path("publications/<int:pk>/", views.detail, name="detail"),
    path("publications/<int:pk>/check/", views.check, name="check"),
    path("publications/<int:pk>/approve/", views.approve, name="approve"),
    path("publications/<int:pk>/take-back/", views.take_back, name="take_back"),
]

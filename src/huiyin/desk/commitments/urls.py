from django.urls import path

from huiyin.desk.commitments import views

app_name = "commitments"
urlpatterns = [
    path("commitments/", views.commitments, name="list"),
    path("commitments/export/", views.export, name="export"),
    path("commitments/paper/<str:kind>/", views.paper, name="paper"),
    path("commitments/<int:pk>/milestones/", views.milestones, name="milestones"),
    path("commitments/<int:pk>/missed/", views.miss, name="miss"),
]

from django.urls import path

from huiyin.desk.upward import views

app_name = "upward"
urlpatterns = [
    path("upward/", views.owed, name="list"),
    path("replies/<int:pk>/upward/", views.send, name="send"),
    path("replies/<int:pk>/upward/<str:kind>/", views.paper, name="paper"),
]

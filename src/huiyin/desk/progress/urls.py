from django.urls import path

from huiyin.desk.progress import views

app_name = "progress"
urlpatterns = [
    path("progress/", views.tables, name="list"),
    path("progress/new/", views.lay_out, name="open"),
    path("progress/<int:pk>/", views.detail, name="detail"),
    path("progress/<int:pk>/write/", views.write, name="write"),
    path("progress/<int:pk>/urge/", views.urge, name="urge"),
    path("progress/<int:pk>/sign-off/", views.sign_off, name="sign_off"),
    path("progress/<int:pk>/export/", views.export, name="export"),
    path("progress/<int:pk>/paper/<str:kind>/", views.paper, name="paper"),
]

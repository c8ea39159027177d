from django.urls import path

from huiyin.desk.ratings import endings, second, views

app_name = "ratings"
urlpatterns = [
    path("ratings/", views.waiting, name="list"),
    path("replies/<int:pk>/ratings/new/", views.record, name="record"),
    path("ratings/<int:pk>/paper/<str:kind>/", views.paper, name="paper"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("commitments/<int:pk>/", endings.keep, name="commitment"),
    path("matters/<int:pk>/second-letter/", second.begin, name="second"),
    path("matters/<int:pk>/redo/", endings.redo_matter, name="redo"),
    path("matters/<int:pk>/close/", endings.close_matter, name="close"),
]

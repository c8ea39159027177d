from django.urls import path

from huiyin.desk.joint import requests, views

app_name = "joint"
urlpatterns = [
    path("outside-replies/", views.awaiting, name="awaiting"),
    path("matters/<int:pk>/outside-replies/new/", views.record, name="record"),
    path("undertakings/<int:pk>/join/", views.join_organ, name="join"),
    path("replies/<int:pk>/countersign/<int:part>/", views.sign_too, name="countersign"),
    path("undertakings/<int:pk>/opinion-request/", requests.ask, name="ask"),
    path("opinion-requests/<int:pk>/", requests.detail, name="request"),
    path("opinion-requests/<int:pk>/send/", requests.send, name="send"),
    path("opinion-requests/<int:pk>/drop/", requests.drop, name="drop"),
    path("opinion-requests/<int:pk>/letter/<str:kind>/", requests.letter, name="letter"),
]

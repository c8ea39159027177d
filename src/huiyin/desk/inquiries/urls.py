from django.urls import path

from huiyin.desk.inquiries import converting, views

app_name = "inquiries"
urlpatterns = [
    path("inquiries/", views.inquiries, name="list"),
    path("inquiries/new/", views.enter, name="enter"),
    path("inquiries/<int:pk>/", views.inquiry, name="detail"),
    path("inquiries/<int:pk>/open/", views.read, name="open"),
    path("inquiries/<int:pk>/send/", views.send, name="send"),
    path("inquiries/<int:pk>/decide/", views.decide, name="decide"),
    path("inquiries/<int:pk>/answer/", views.answer, name="answer"),
    path("inquiries/<int:pk>/interference/", views.interference, name="interference"),
    path("matters/<int:pk>/conversion/", converting.propose, name="propose_conversion"),
    path("conversions/<int:pk>/decide/", converting.decide, name="decide_conversion"),
]

from django.urls import path

from huiyin.desk.superior import reading, views

app_name = "superior"
urlpatterns = [
    path("superior/", views.orders, name="list"),
    path("superior/<int:pk>/", views.order, name="detail"),
    path("superior/<int:pk>/open/", reading.open_matter, name="open"),
    path("superior/<int:pk>/report/", views.report, name="report"),
    path("superior/<int:pk>/end/", views.end, name="end"),
    path("matters/<int:pk>/superior/", views.give, name="give"),
]

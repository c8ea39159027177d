from django.urls import path

from huiyin.desk.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals/", views.inbox, name="inbox"),
    path("approvals/decisions/<int:pk>/object/", views.object_to_record, name="object"),
]

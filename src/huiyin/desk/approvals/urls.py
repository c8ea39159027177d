from django.urls import path

from huiyin.desk.approvals import readers, views

app_name = "approvals"
urlpatterns = [
    path("approvals/", views.inbox, name="inbox"),
    path("approvals/decisions/<int:pk>/object/", views.object_to_record, name="object"),
    path("approvals/<int:pk>/readers/", readers.readers, name="readers"),
    path("approvals/readers/<int:pk>/read/", readers.read, name="read"),
    path("approvals/readers/<int:pk>/withdraw/", readers.withdraw, name="withdraw"),
]

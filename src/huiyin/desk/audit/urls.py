"""Reading the audit."""

from django.urls import path

from huiyin.desk.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.list_records, name="list"),
    path("audit/export/", views.export, name="export"),
    path("audit/inspection/", views.inspect, name="inspect"),
    path("audit/inspection/<int:pk>/", views.record_page, name="record"),
    path("audit/inspection/<int:pk>/open/", views.open_record, name="open"),
]

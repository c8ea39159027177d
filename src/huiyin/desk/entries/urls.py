from django.urls import path

from huiyin.desk.entries import exporting, references, views

app_name = "entries"
urlpatterns = [
    path("entries/", views.entries, name="list"),
    path("entries/mark/", views.mark, name="mark"),
    path("entries/export/", exporting.export, name="export"),
    path("entries/report/<str:kind>/", exporting.report, name="report"),
    path("entries/<int:pk>/not-needed/", references.not_needed, name="not_needed"),
    path("entries/<int:pk>/reopen/", references.reopen, name="reopen"),
    path("matters/<int:pk>/reference/", references.add, name="add"),
]

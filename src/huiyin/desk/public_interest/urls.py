from django.urls import path

from huiyin.desk.public_interest import views

app_name = "public_interest"
urlpatterns = [
    path("public-interest/", views.transfers, name="list"),
    path("public-interest/export/", views.export, name="export"),
    path("public-interest/new/", views.open_new, name="open"),
    path("public-interest/<int:pk>/", views.transfer, name="detail"),
    path("public-interest/<int:pk>/decide-filing/", views.decide_filing, name="decide_filing"),
    path("public-interest/<int:pk>/record-paper/", views.record_paper, name="record_paper"),
    path("public-interest/<int:pk>/papers/<int:paper>/note-copied/", views.note_copied, name="note_copied"),
    path("public-interest/<int:pk>/end/", views.end, name="end"),
]

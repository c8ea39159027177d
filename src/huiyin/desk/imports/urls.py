from django.urls import path

from huiyin.desk.imports import acts, views

app_name = "imports"
urlpatterns = [
    path("imports/", views.lists, name="list"),
    path("imports/<str:kind>/new/", views.new, name="new"),
    path("imports/<str:kind>/template/", views.template, name="template"),
    path("imports/<int:pk>/", views.one_list, name="detail"),
    path("imports/<int:pk>/bad-rows/", views.bad_rows, name="bad_rows"),
    path("imports/<int:pk>/columns/", acts.columns, name="columns"),
    path("imports/<int:pk>/recheck/", acts.recheck, name="recheck"),
    path("imports/<int:pk>/originals/", acts.originals, name="originals"),
    path("imports/<int:pk>/originals/<int:listed>/", acts.match, name="match"),
    path("imports/<int:pk>/flip/", acts.flip, name="flip"),
    path("imports/<int:pk>/drop/", acts.drop, name="drop"),
]

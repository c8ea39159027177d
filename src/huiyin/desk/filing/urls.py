from django.urls import path

from huiyin.desk.filing import bundles, register, views

app_name = "filing"
urlpatterns = [
    path("filing/", register.files, name="list"),
    path("filing/handover/", register.handover, name="handover"),
    path("matters/<int:pk>/file/", views.file, name="file"),
    path("matters/<int:pk>/file/catalogue/<str:kind>/", bundles.catalogue, name="catalogue"),
    path("matters/<int:pk>/file/bind/", bundles.bind, name="bind"),
    path("matters/<int:pk>/file/bundle/", bundles.bundle, name="bundle"),
]

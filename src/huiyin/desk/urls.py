"""The desk's subjects. Each folder brings its own urls."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiyin.desk.home.urls")),
    path("", include("huiyin.desk.matters.urls")),
    path("", include("huiyin.desk.inquiries.urls")),
    path("", include("huiyin.desk.books.urls")),
    path("", include("huiyin.desk.sign_in.urls")),
    path("", include("huiyin.desk.staff.urls")),
    path("", include("huiyin.desk.audit.urls")),
    path("", include("huiyin.desk.files.urls")),
    path("", include("huiyin.desk.messages.urls")),
    path("", include("huiyin.desk.proposals.urls")),
    path("", include("huiyin.desk.undertakings.urls")),
]

"""The desk's subjects. Each folder brings its own urls."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiyin.desk.home.urls")),
    path("", include("huiyin.desk.matters.urls")),
    path("", include("huiyin.desk.inquiries.urls")),
    path("", include("huiyin.desk.people.urls")),
    path("", include("huiyin.desk.bodies.urls")),
    path("", include("huiyin.desk.books.urls")),
    path("", include("huiyin.desk.sign_in.urls")),
    path("", include("huiyin.desk.staff.urls")),
    path("", include("huiyin.desk.audit.urls")),
    path("", include("huiyin.desk.files.urls")),
    path("", include("huiyin.desk.messages.urls")),
    path("", include("huiyin.desk.imports.urls")),
    path("", include("huiyin.desk.proposals.urls")),
    path("", include("huiyin.desk.extensions.urls")),
    path("", include("huiyin.desk.returns.urls")),
    path("", include("huiyin.desk.withdrawals.urls")),
    path("", include("huiyin.desk.undertakings.urls")),
    path("", include("huiyin.desk.approvals.urls")),
    path("", include("huiyin.desk.acts.urls")),
    path("", include("huiyin.desk.replies.urls")),
    path("", include("huiyin.desk.ratings.urls")),
    path("", include("huiyin.desk.publications.urls")),
    path("", include("huiyin.desk.polls.urls")),
    path("", include("huiyin.desk.upward.urls")),
    path("", include("huiyin.desk.filing.urls")),
    path("", include("huiyin.desk.supervisions.urls")),
    path("", include("huiyin.desk.commitments.urls")),
    path("", include("huiyin.desk.revisits.urls")),
    path("", include("huiyin.desk.measures.urls")),
    path("", include("huiyin.desk.papers.urls")),
    path("", include("huiyin.desk.statistics.urls")),
    path("", include("huiyin.desk.congress.urls")),
]

"""The phone site."""

from django.urls import URLPattern, URLResolver, path

from huiyin.portal.views import access, polls, published, slips, suggestions

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", suggestions.home, name="home"),
    path("sign-in/", access.sign_in, name="sign_in"),
    path("sign-in/code/", access.code, name="code"),
    path("sign-out/", access.sign_out, name="sign_out"),
    path("text-size/", access.text_size, name="text_size"),
    path("suggestions/<slug:public_id>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<slug:public_id>/rate/", suggestions.rate, name="rate"),
    path("files/<slug:public_id>/", suggestions.file, name="file"),
    path("slips/", slips.slips, name="slips"),
    path("slips/<str:number>/", slips.slip, name="slip"),
    path("polls/<slug:public_id>/", polls.vote, name="poll"),
    path("published/", published.published, name="published"),
    path("published/<slug:public_id>/", published.published_answer, name="published_answer"),
    path("notes/", slips.notes, name="notes"),
    path("notes/<slug:public_id>/read/", slips.read_note, name="read_note"),
]

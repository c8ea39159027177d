"""The map of the house: which face answers where."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("desk/", include("huiyin.desk.urls")),
    path("", include("huiyin.portal.urls")),
    path("", include("huiyin.web.urls")),
]

if settings.HUIYIN_DEMO:
    urlpatterns.insert(0, path("phone/", include("huiyin.desk.phone.urls")))

handler400 = "huiyin.web.errors.bad_request"
handler403 = "huiyin.web.errors.denied"

"""What was typed is not lost when a session has ended: the answer carries it, and sends it again on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NOT_CARRIED: Final = {"csrfmiddlewaretoken", "password", "old", "new", "again", "code"}  # passwords stay untold


@dataclass(frozen=True)
class Typed:
    """Fields of a form as they came, and the files that came with them, which a page cannot send back."""

    fields: list[tuple[str, str]]
    files: list[tuple[str, str]]  # field, name of the file

    def __bool__(self) -> bool:
        return bool(self.fields or self.files)


def typed_in(request: HttpRequest) -> Typed:
    """What a POST brought."""
    kept = [(name, value) for name in request.POST if name not in NOT_CARRIED for value in request.POST.getlist(name)]
    files = [(name, upload.name or "") for name in request.FILES for upload in request.FILES.getlist(name)]
    return Typed(kept, files)


def send_again(request: HttpRequest, typed: Typed, *, sign_in_url: str = "") -> HttpResponse:
    """A page that says what to do, with everything typed in a form to send once more."""
    found = {"title": "还没有提交", "typed": typed, "sign_in_url": sign_in_url}
    return render(request, "web/send_again.html", found, status=403)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this; another site cannot make it say so."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS

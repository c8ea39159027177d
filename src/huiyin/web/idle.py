"""A session at the desk ends when nobody has used it for a while.

The cookie `seen` says when it was last used, signed for that one session: so reading a page writes no row. Pages that
refresh themselves do not count as use."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "seen"
BEGUN: Final = "signed_in_at"
STEP: Final = 60  # seconds; a younger cookie is not replaced


def begin(request: HttpRequest, at: datetime) -> None:
    """Somebody has just signed in: from now on the session must be used."""
    request.session[BEGUN] = int(at.timestamp())


def is_over(request: HttpRequest, at: datetime) -> bool:
    """Whether the session has lain unused for longer than the house allows."""
    last = _last(request)
    return last is not None and at.timestamp() - last > settings.HUIYIN_IDLE.total_seconds()


def note(request: HttpRequest, response: HttpResponse, at: datetime) -> None:
    """Let the browser keep that the session was used at this moment."""
    last, refreshed_itself = _last(request), request.headers.get("HX-Request") == "true" and request.method == "GET"
    if last is None or refreshed_itself or (COOKIE in request.COOKIES and 0 <= at.timestamp() - last < STEP):
        return
    response.set_cookie(
        COOKIE,
        _signer(request).sign(str(int(at.timestamp()))),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _last(request: HttpRequest) -> int | None:
    """Second of the last use; None for a session that did not begin with a sign-in."""
    begun = request.session.get(BEGUN)
    try:
        return int(_signer(request).unsign(request.COOKIES.get(COOKIE, "")))
    except (BadSignature, ValueError):
        return None if begun is None else int(begun)


def _signer(request: HttpRequest) -> Signer:
    return Signer(salt=f"huiyin.web.idle:{request.session.session_key}")

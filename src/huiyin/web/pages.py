"""Page decorators. Every URL of the desk has exactly one permission, and a house test walks them all."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse

from huiyin import audit  # noqa: F401  # door plate
from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import refuse
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor, SeatActor, acting, seated
from huiyin.organisations.models import AdminSeat, Post, Staff
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today


class StaffRequest(HttpRequest):
    """A request of a signed-in member of staff acting in one post."""

    user: Staff  # type: ignore[assignment]
    post: Post
    posts: list[Post]
    actor: PostActor


class SeatRequest(HttpRequest):
    """A request of an administrator."""

    user: Staff  # type: ignore[assignment]
    seat: AdminSeat
    actor: SeatActor


class View(Protocol):
    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse: ...


@dataclass(frozen=True)
class PagePermission:
    """What a house test needs to know of a view."""

    code: str  # a declared verb, or "public"
    face: str  # desk, admin, portal, public
    methods: tuple[str, ...]


def desk_page(code: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page or act of the desk: signed in, acting in a post, holding the verb."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            staff = _staff(request)
            if staff is None:
                return _to_sign_in(request)
            if request.method not in _allowed(methods):
                return HttpResponseNotAllowed(methods)
            asked = cast("StaffRequest", request)
            if not _act_as_post(asked, staff) or not may(asked.actor, code):
                raise PermissionDenied(code)
            response = view(asked, *args, **kwargs)
            response.setdefault("Cache-Control", "no-store")
            return response

        page.permission = PagePermission(code, "desk", tuple(methods))  # type: ignore[attr-defined]
        return cast("View", page)

    return wrap


def seat_page(code: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page of one of the three administrators."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            staff = _staff(request)
            if staff is None:
                return _to_sign_in(request)
            if request.method not in _allowed(methods):
                return HttpResponseNotAllowed(methods)
            seat = AdminSeat.objects.select_related("staff").filter(staff=staff).first()
            if seat is None:
                raise PermissionDenied(code)
            asked = cast("SeatRequest", request)
            asked.seat, asked.actor = seat, seated(seat, remote=remote_of(request))
            if not may(asked.actor, code):
                raise PermissionDenied(code)
            response = view(asked, *args, **kwargs)
            response.setdefault("Cache-Control", "no-store")
            return response

        page.permission = PagePermission(code, "admin", tuple(methods))  # type: ignore[attr-defined]
        return cast("View", page)

    return wrap


def open_page(face: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page anyone may ask for: signing in, health, the phone site's door."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in _allowed(methods):
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        page.permission = PagePermission("public", face, tuple(methods))  # type: ignore[attr-defined]
        return cast("View", page)

    return wrap


def refused(request: Any, verb: str, refusal: Refusal, *, target: Target | None = None) -> str:
    """Record a refusal after the rollback and give its sentence for the page."""
    actor: Actor = request.actor
    refuse(
        verb, actor=actor, target=target or Target(kind="", key=""), at=now(), code=refusal.code, sentence=str(refusal)
    )
    return str(refusal)


def go_to(request: HttpRequest, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """After an act: a redirect, or htmx's own when the act came as a fragment request."""
    url = resolve_url(to, *args, **kwargs)
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)


def remote_of(request: HttpRequest) -> str:
    """The network address the request came from."""
    return str(request.META.get("REMOTE_ADDR") or "")[:45]


def _allowed(methods: Sequence[str]) -> set[str]:
    return {*methods, "HEAD"} if "GET" in methods else set(methods)


def _staff(request: HttpRequest) -> Staff | None:
    return request.user if isinstance(request.user, Staff) and request.user.is_active else None


def _act_as_post(request: StaffRequest, staff: Staff) -> bool:
    """Choose the post acted in: the session's when still held, otherwise the first held today."""
    held = list(
        Post.objects.held_on(today())
        .filter(staff=staff)
        .select_related("staff", "procuratorate", "department")
        .order_by("id")
    )
    if not held:
        return False
    chosen = request.session.get("post")
    request.posts = held
    request.post = next((post for post in held if post.pk == chosen), held[0])
    request.actor = acting(request.post, remote=remote_of(request))
    return True


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    from urllib.parse import urlencode

    path = reverse("desk:sign_in")
    if request.method == "GET":
        path += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(path)

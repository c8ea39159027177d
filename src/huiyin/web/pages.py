"""Page decorators. Every URL of the desk has exactly one permission, and a house test walks them all."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import refuse
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor, SeatActor, acting, in_person, seated
from huiyin.organisations.models import AdminSeat, Post, Staff
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Seat
from huiyin.web import idle
from huiyin.web.clock import now, today
from huiyin.web.remote import client_address
from huiyin.web.typed import send_again, typed_in


class StaffRequest(HttpRequest):
    """A request of a signed-in member of staff acting in one post."""

    user: Staff
    post: Post
    posts: list[Post]
    actor: PostActor


class SeatRequest(HttpRequest):
    """A request of an administrator."""

    user: Staff
    seat: AdminSeat
    actor: SeatActor


class PersonRequest(HttpRequest):
    """A request of anyone signed in, whether in a post, a seat or neither."""

    user: Staff
    posts: list[Post]
    actor: Actor


class View(Protocol):
    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse: ...


SIGNED_IN: Final = "signed_in"
PUBLIC: Final = "public"


@dataclass(frozen=True)
class PagePermission:
    """What a house test needs to know of a view."""

    code: str  # a declared verb, "signed_in" or "public"
    face: str  # desk, admin, staff, portal, public
    methods: tuple[str, ...]


def desk_page(code: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page or act of the desk: signed in, acting in a post, holding the verb."""
    return _page(PagePermission(code, "desk", tuple(methods)), _admit_post)


def seat_page(code: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page or act of one of the three administrators."""
    return _page(PagePermission(code, "admin", tuple(methods)), _admit_seat)


def staff_page(*, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page of anyone signed in: the own password, the post to act in."""
    return _page(PagePermission(SIGNED_IN, "staff", tuple(methods)), _admit_person)


def open_page(face: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page anyone may ask for: signing in, health, the phone site's door."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in _allowed(methods):
                return _only_by_button(request, methods)
            return view(request, *args, **kwargs)

        page.permission = PagePermission(PUBLIC, face, tuple(methods))  # type: ignore[attr-defined]
        return cast("View", page)

    return wrap


Admit = Callable[[Any, Staff, str], bool]


def _page(permission: PagePermission, admit: Admit) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            staff = _staff(request)
            if staff is None:
                return _to_sign_in(request)
            if request.method not in _allowed(permission.methods):
                return _only_by_button(request, permission.methods)
            admitted = admit(request, staff, permission.code)
            if staff.password_is_initial and permission.code != SIGNED_IN:
                return go_to(request, "desk:change_password")
            if not admitted:
                return _turn_away(request, permission.code)
            response = view(request, *args, **kwargs)
            response.setdefault("Cache-Control", "no-store")
            patch_vary_headers(response, ["HX-Request"])
            idle.note(request, response, now())
            return response

        page.permission = permission  # type: ignore[attr-defined]
        return cast("View", page)

    return wrap


def _admit_post(request: StaffRequest, staff: Staff, code: str) -> bool:
    request.posts = _held(staff)
    post = _chosen(request, request.posts)
    if post is None:
        return False
    request.post, request.actor = post, acting(post, remote=remote_of(request))
    return may(request.actor, code)


def _admit_seat(request: SeatRequest, staff: Staff, code: str) -> bool:
    seat = AdminSeat.objects.select_related("staff").filter(staff=staff).first()
    if seat is None:
        return False
    request.seat, request.actor = seat, seated(seat, remote=remote_of(request))
    return may(request.actor, code)


def _admit_person(request: Any, staff: Staff, code: str) -> bool:
    request.actor = in_person(staff, remote=remote_of(request))
    request.seat = AdminSeat.objects.select_related("staff").filter(staff=staff).first()
    request.posts = [] if request.seat else _held(staff)
    request.post = _chosen(request, request.posts)
    return True


def _chosen(request: HttpRequest, held: list[Post]) -> Post | None:
    """The post of the session when still held, otherwise the first held today."""
    chosen = request.session.get("post")
    return next((post for post in held if post.pk == chosen), held[0] if held else None)


def _held(staff: Staff) -> list[Post]:
    held = Post.objects.held_on(today()).filter(staff=staff)
    return list(held.select_related("staff", "procuratorate", "department").order_by("id"))


_first_pages: dict[Seat, str] = {}


def name_first_pages(pages: dict[Seat, str]) -> None:
    """Let the desk say where each administrator begins: seat → URL name."""
    _first_pages.update(pages)


def first_page(staff: Staff) -> str:
    """Where a person begins after signing in: an administrator on his own page, everyone else on today's work."""
    if staff.password_is_initial:
        return reverse("desk:change_password")
    seat = AdminSeat.objects.filter(staff=staff).first()
    return reverse(_first_pages[Seat(seat.role)] if seat else "desk:home")


def _turn_away(request: HttpRequest, code: str) -> HttpResponse:
    """403 with a sentence; an act asked for (not a page) leaves a record; an administrator at the front is led on."""
    staff = cast("Staff", request.user)
    actor: Actor | None = getattr(request, "actor", None)
    if request.method in {"GET", "HEAD"}:
        match = request.resolver_match
        if match and match.view_name == "desk:home" and AdminSeat.objects.filter(staff=staff).exists():
            return HttpResponseRedirect(first_page(staff))
    else:
        refuse(
            code,
            actor=actor or in_person(staff, remote=remote_of(request)),
            target=Target(kind="", key=""),
            at=now(),
            code="web.not_allowed",
        )
    if actor is None and not getattr(request, "posts", True):
        raise PermissionDenied("您现在没有在任的岗位。请联系系统管理员任用岗位后再登录。")
    raise PermissionDenied


def refused(request: Any, verb: str, refusal: Refusal, *, target: Target | None = None) -> str:
    """Record a refusal after the rollback and give its sentence for the page."""
    actor: Actor = request.actor
    refuse(
        verb, actor=actor, target=target or Target(kind="", key=""), at=now(), code=refusal.code, sentence=str(refusal)
    )
    return str(refusal)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, be it nothing at all; None for a page that is only read."""
    return request.POST if request.method == "POST" else None


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
    return client_address(request)


def _only_by_button(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """The address of an act, opened by hand: nothing was done, and where to go instead."""
    return HttpResponseNotAllowed(methods, render_to_string("405.html", request=request))


def _allowed(methods: Sequence[str]) -> set[str]:
    return {*methods, "HEAD"} if "GET" in methods else set(methods)


def _staff(request: HttpRequest) -> Staff | None:
    if idle.is_over(request, now()):
        logout(request)
    return request.user if isinstance(request.user, Staff) and request.user.is_active else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    path = reverse("desk:sign_in")
    if request.method == "POST" and (typed := typed_in(request)):
        return send_again(request, typed, sign_in_url=path)
    if request.method == "GET":
        path += "?" + urlencode({"next": request.get_full_path()})
    return go_to(request, path)

"""Who is on the phone: the session holds an account's public id, nothing of the desk's sign-in is used."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from huiyin.exchange.actors import account_actor, nobody
from huiyin.exchange.models import OutsideAccount
from huiyin.exchange.queries import front, open_account_of, unread_count
from huiyin.exchange.shapes import NOTE
from huiyin.kernel.refusals import Refusal
from huiyin.web.clock import now
from huiyin.web.pages import PagePermission, View, refused, remote_of

_ACCOUNT: Final = "outside_account"


class AccountRequest(HttpRequest):
    """A request of somebody signed in on the phone site."""

    account: OutsideAccount


def account_page(*, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page of the phone site for its own account; others are shown the way in."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            account = signed_in(request)
            if account is None:
                return HttpResponseRedirect(reverse("portal:sign_in"))
            if request.method not in {*methods, *(("HEAD",) if "GET" in methods else ())}:
                return HttpResponseNotAllowed(methods)
            asked = cast("AccountRequest", request)
            asked.account = account
            response = view(asked, *args, **kwargs)
            response.setdefault("Cache-Control", "no-store")
            return response

        page.permission = PagePermission("account", "portal", tuple(methods))  # type: ignore[attr-defined]
        return cast("View", page)

    return wrap


def signed_in(request: HttpRequest) -> OutsideAccount | None:
    """The open account this session belongs to."""
    public_id = request.session.get(_ACCOUNT)
    return open_account_of(public_id) if isinstance(public_id, str) else None


def as_signed_in(request: HttpRequest) -> HttpRequest:
    """The same request, with its account where there is one: a page for everyone keeps the reader's own frame."""
    account = signed_in(request)
    if account is not None:
        cast("AccountRequest", request).account = account
    return request


def begin(request: HttpRequest, account: OutsideAccount) -> None:
    """Let the session belong to an account, under a new session key."""
    request.session.cycle_key()
    request.session[_ACCOUNT] = account.public_id
    request.session.set_expiry(now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def end(request: HttpRequest) -> None:
    """Forget the account, and keep what else the session holds."""
    request.session.pop(_ACCOUNT, None)
    request.session.cycle_key()


def say_refused(request: HttpRequest, verb: str, refusal: Refusal) -> str:
    """Record a refusal and give its sentence for the page."""
    account: OutsideAccount | None = getattr(request, "account", None)
    remote = remote_of(request)
    actor = account_actor(account, remote=remote) if account is not None else nobody(remote=remote)
    return refused(SimpleNamespace(actor=actor), verb, refusal)


def show(
    request: HttpRequest, template: str, title: str, *, active: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the frame of the phone site: the office, and the account's own navigation."""
    account: OutsideAccount | None = getattr(request, "account", None)
    frame: dict[str, Any] = {"title": title, "home_url": reverse("portal:home")}
    if account is None:
        there = front()
        frame |= {"organ": there.get("organ", ""), "office_phone": there.get("phone", "")}
    else:
        frame |= {
            "organ": account.office,
            "office_phone": account.office_phone,
            "account": account,
            "nav": _navigation(account, active),
            "sign_out_url": reverse("portal:sign_out"),
        }
    return render(request, f"portal/{template}.html", frame | context, status=status)


def _navigation(account: OutsideAccount, active: str) -> list[dict[str, Any]]:
    entries = [
        ("suggestions", "我的建议", reverse("portal:home"), 0),
        ("notes", "消息", reverse("portal:notes"), unread_count(account, NOTE)),
        ("slips", "回执", reverse("portal:slips"), 0),
        ("published", "公开答复", reverse("portal:published"), 0),
    ]
    return [{"label": label, "url": url, "count": count, "active": key == active} for key, label, url, count in entries]

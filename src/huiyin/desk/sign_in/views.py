"""The door of the desk. Failed sign-ins and lock-outs leave records of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.audit.actors import Actor, ActorKind, Target
from huiyin.audit.facts import hidden
from huiyin.audit.scope import refuse
from huiyin.desk.sign_in.forms import ChangePasswordForm, SignInForm
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Staff
from huiyin.organisations.operations import change_password as change_the_password
from huiyin.organisations.operations import note_sign_in, note_sign_out
from huiyin.organisations.queries import lock_of
from huiyin.web import idle
from huiyin.web.clock import now
from huiyin.web.pages import PersonRequest, first_page, go_to, open_page, posted, refused, remote_of, staff_page

TITLE = "工作人员登录"


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's sign-in on our page."""

    form_class = SignInForm
    template_name = "desk/sign_in/sign_in.html"

    def get_form_class(self) -> type[SignInForm]:
        return SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Past LoginView's own, which names pages of allauth that this house does not have.
        found: dict[str, Any] = super(LoginView, self).get_context_data(**kwargs)
        return found | {"title": TITLE}

    def form_valid(self, form: SignInForm) -> HttpResponse:
        response = cast("HttpResponse", super().form_valid(form))
        at = now()
        # From the sign-in, whatever happens in between; the cookie ends with the session.
        self.request.session.set_expiry(at + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        idle.begin(self.request, at)
        note_sign_in(staff=form.user, remote=remote_of(self.request), at=at)
        return response

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        typed = str(form.data.get("login") or "")
        if typed:
            _record_failure(self.request, typed, "organisations.signed_in", reason=_why(self.request))
        return cast("HttpResponse", super().form_invalid(form))


sign_in = open_page("desk", methods=["GET", "POST"])(SignIn.as_view())


def locked_out(request: HttpRequest, answer: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """What axes shows instead: when to try again, and who can help sooner."""
    username = str(credentials.get("username") or "")
    at = now()
    if _why(request) != "locked":
        _record_failure(request, username, "organisations.locked_out", reason="failures")
    lock = lock_of(username, at)
    until_at = lock.until_at if lock else at
    found = {"title": TITLE, "form": None, "locked": _words(until_at, at), "username": username}
    return render(request, "desk/sign_in/sign_in.html", found, status=403)


@open_page("desk", methods=["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; signing out twice is no error."""
    if isinstance(request.user, Staff):
        note_sign_out(staff=request.user, remote=remote_of(request), at=now())
    logout(request)
    return go_to(request, "desk:sign_in")


@staff_page(methods=["POST"])
def switch_post(request: PersonRequest) -> HttpResponse:
    """Act in another of the posts held; forms opened before belong to the old one and are refused there."""
    wanted = request.POST.get("post", "")
    post = next((post for post in request.posts if str(post.pk) == wanted), None)
    if post is None:
        raise Http404
    request.session["post"] = post.pk
    messages.success(request, f"现在以“{post.title or post.get_role_display()}”的岗位办理。")
    return go_to(request, "desk:home")


@staff_page(methods=["GET", "POST"])
def change_password(request: PersonRequest) -> HttpResponse:
    """The own password; a first password, which an administrator knows, must be changed before anything else."""
    form = ChangePasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        staff, given = request.user, form.cleaned_data
        try:
            change_the_password(staff=staff, old=given["old"], new=given["new"], actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "organisations.password_changed", refusal))
        else:
            update_session_auth_hash(request, staff)
            messages.success(request, "密码已经修改。其他地方的登录已经退出。")
            return go_to(request, first_page(staff))
    status = 422 if form.errors else 200
    return render(request, "desk/sign_in/change_password.html", {"title": "修改密码", "form": form}, status=status)


def _why(request: HttpRequest) -> str:
    """Whether the name was locked before this try (axes then counts nothing) or the password was wrong."""
    tried = getattr(request, "axes_failures_since_start", None) is not None
    return "locked" if getattr(request, "axes_locked_out", False) and not tried else "password"


def _record_failure(request: HttpRequest, typed: str, verb: str, *, reason: str) -> None:
    """Name the account when there is one; what else was typed there may be a password, so only its digest is kept."""
    staff = Staff.objects.filter(username=typed.strip().lower()).first()
    actor = Actor(
        kind=ActorKind.NOBODY,
        key=f"staff:{staff.pk}" if staff else "nobody",
        label=staff.username if staff else "没有这个登录名",
        remote=remote_of(request),
    )
    target = Target(kind="organisations.staff", key=str(staff.pk) if staff else "", label=str(staff or ""))
    facts = {} if staff else {"typed": hidden("sign_in.login", typed)}
    refuse(verb, actor=actor, target=target, at=now(), reason=reason, **facts)


def _words(until_at: datetime, at: datetime) -> str:
    local = until_at.astimezone(at.tzinfo)
    # The minute is rounded up: whoever comes at the time named gets in.
    minute = (local + timedelta(seconds=59)).replace(second=0, microsecond=0)
    return f"{minute:%H:%M}" if minute.date() == at.date() else f"{minute:%-m月%-d日%H:%M}"

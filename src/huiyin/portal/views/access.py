"""The way in and out: phone, code, signed in. Known and unknown phones see the same pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.exchange.operations import ask_code, enter
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import mask_phone
from huiyin.portal.auth import begin, end, say_refused, show, signed_in
from huiyin.portal.forms import CodeForm, PhoneForm
from huiyin.web.clock import now
from huiyin.web.pages import go_to, open_page, remote_of

_ASKED = "access_asked"
YEAR_SECONDS = 365 * 86400


@open_page("portal", methods=["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """First step: the phone. An unknown one goes on to the second step all the same."""
    if request.method == "GET" and signed_in(request) is not None:
        return go_to(request, "portal:home")
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            key = ask_code(phone=phone, remote=remote_of(request), at=now())
        except Refusal as refusal:
            form.add_error("phone", say_refused(request, "exchange.code_asked", refusal))
        else:
            request.session[_ASKED] = {"key": key, "phone": mask_phone(phone)}
            return go_to(request, "portal:code")
    return show(request, "sign_in", "代表委员登录", form=form, status=422 if form.errors else 200)


@open_page("portal", methods=["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Second step: the code from the text."""
    asked = request.session.get(_ASKED)
    if not asked:
        return go_to(request, "portal:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = enter(key=asked["key"], code=form.cleaned_data["code"], remote=remote_of(request), at=now())
        except Refusal as refusal:
            form.add_error("code", say_refused(request, "exchange.signed_in", refusal))
        else:
            del request.session[_ASKED]
            begin(request, account)
            return go_to(request, "portal:home")
    shown = {"form": form, "phone": asked["phone"], "phone_url": _simulated_phone()}
    return show(request, "code", "填写验证码", status=422 if form.errors else 200, **shown)


def _simulated_phone() -> str:
    return reverse("phone:screen") if settings.HUIYIN_DEMO else ""


@open_page("portal", methods=["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on this phone; twice is no error."""
    end(request)
    return go_to(request, "portal:sign_in")


@open_page("portal", methods=["POST"])
def text_size(request: HttpRequest) -> HttpResponse:
    """大字版 without JavaScript: the cookie that house.js would set."""
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("portal:home")
    response = HttpResponseRedirect(back)
    large = request.COOKIES.get("size") == "large"
    size = "normal" if large else "large"
    response.set_cookie("size", size, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure())
    return response

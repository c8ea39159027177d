"""allauth, kept to user name and password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from huiyin.web.pages import first_page


class DeskAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff are entered by an administrator; nobody signs up, and nothing of allauth is shown but the sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": (
            f"登录名或者密码不对。连续{settings.AXES_FAILURE_LIMIT}次不对，登录名会锁定半小时。"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only; no JSON whatever the headers say."""
        return False

    def get_login_stages(self) -> list[str]:
        """No codes, no phones, no e-mail between the password and the desk."""
        return []

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return first_page(request.user)  # type: ignore[arg-type]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """A disabled account learns nothing more than a wrong password does; the form has said so already."""
        return HttpResponseRedirect(reverse("desk:sign_in"))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The desk greets by showing the work of the day."""

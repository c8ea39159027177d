"""User name and password; and a new password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from django import forms

from huiyin.organisations.rules import USERNAME


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's form without "remember me", in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="登录名",
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.fields["password"] = forms.CharField(
            label="密码",
            max_length=128,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.fields.pop("remember", None)
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """In the one spelling that lock-outs count; a name nobody can have is not even looked up."""
        name = str(self.cleaned_data["login"]).strip().lower()
        if not USERNAME.fullmatch(name):
            raise get_adapter().validation_error("username_password_mismatch")
        return name

    def _clean_with_password(self, credentials: dict[str, Any]) -> Any:
        cleaned = super()._clean_with_password(credentials)
        if not self.user.is_active:
            raise get_adapter().validation_error("username_password_mismatch")
        return cleaned


class ChangePasswordForm(forms.Form):
    """The present password, the new one twice."""

    old = forms.CharField(
        label="现在的密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        max_length=128,
        strip=False,
        help_text="至少10个字符，用到大写字母、小写字母、数字、符号这四类中的三类，不要用常见的词。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次新密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新密码不一样。")
        return cleaned

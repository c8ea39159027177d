"""What a password must be."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Staff


class PasswordUnfit(Refusal):
    """The new password is too short, too common, all digits, or the old one again."""

    code = "organisations.password_unfit"


def check_password_fit(password: str, staff: Staff) -> None:
    """Raise PasswordUnfit with every reason at once."""
    try:
        validate_password(password, staff)
    except ValidationError as unfit:
        raise PasswordUnfit("新密码不合要求：" + "".join(str(reason) for reason in unfit.messages)) from None

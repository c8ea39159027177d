"""What a password must be made of, beyond Django's own rules; the settings name it."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError

KINDS: Final = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
WANTED: Final = 3
SENTENCE: Final = "密码要用到大写字母、小写字母、数字、符号这四类中的三类。"


class ThreeKinds:
    """At least three of: capitals, small letters, digits, anything else."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError with the sentence for the reader."""
        if sum(bool(re.search(kind, password)) for kind in KINDS) < WANTED:
            raise ValidationError(SENTENCE, code="password_kinds")

    def get_help_text(self) -> str:
        """The rule, as a form shows it."""
        return SENTENCE

"""Which days a printed register covers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input


class RegisterForm(forms.Form):
    """收文日期 from and to, both inclusive."""

    since = forms.DateField(label="收文日期从", widget=day_input())
    until = forms.DateField(label="到", widget=day_input())

    @staticmethod
    def this_year(on: date) -> dict[str, Any]:
        """The year so far."""
        return {"since": date(on.year, 1, 1), "until": on}

    @property
    def days(self) -> dict[str, str]:
        """What was chosen, for another form to carry."""
        return {name: self.cleaned_data[name].isoformat() for name in ("since", "until")}

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        said = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "结束日期不能早于开始日期。")
        return said

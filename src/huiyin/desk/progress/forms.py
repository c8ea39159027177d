"""What is typed about a 办理进度表."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.suggestions.models import ProgressLine
from huiyin.suggestions.operations.progress import Written
from huiyin.web.forms import STALE, RequestKeyForm, VersionForm


class OpenForm(RequestKeyForm):
    """Which matters, by when."""

    title = forms.CharField(label="名称", max_length=120)
    list_number = forms.ChoiceField(label="范围", required=False)
    due_on = forms.DateField(label="填报截止日", widget=day_input())

    def __init__(self, data: Any = None, *, lists: Iterable[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["list_number"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部在办的建议"), *((number, f"{number}交办的") for number in lists)]


class LinesForm(forms.Form):
    """One text for every line the reader may write, each over the version it was read at."""

    def __init__(self, data: Any = None, *, lines: Iterable[ProgressLine]) -> None:
        super().__init__(data)
        self.keys = []
        for line in lines:
            self.keys.append(line.pk)
            self.fields[f"text_{line.pk}"] = forms.CharField(
                label=f"{line.matter.known_as}的办理进展", max_length=500, required=False, initial=line.text,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            self.fields[f"version_{line.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=1, max_value=1_000_000, initial=line.version,
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), STALE),
            )  # fmt: skip

    def written(self) -> Mapping[int, Written]:
        """As the operation takes it."""
        said = self.cleaned_data
        return {key: Written(said[f"text_{key}"], said[f"version_{key}"]) for key in self.keys}


class SignOffForm(VersionForm):
    """The office head's word."""

    missing_note = forms.CharField(label="未填写的说明", max_length=200, required=False)

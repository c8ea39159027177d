"""Which matter it joins and why; why they part again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from huiyin.matters.models import Matter
from huiyin.web.forms import VersionForm


class MergeForm(VersionForm):
    """Which one leads."""

    number = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    lead = forms.ModelChoiceField(
        Matter.objects.none(), label="并入哪一件", empty_label=None,
        widget=forms.RadioSelect(attrs={"class": "one-a-line"}),
        help_text="选中的一件牵头；本件的编号、提出人、期限、答复函和评价仍各是各的。",
    )  # fmt: skip
    reason = forms.CharField(label="理由", max_length=200, help_text="例如两件反映同一问题、要求相同。")

    def __init__(self, *args: Any, found: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["lead"]
        chosen.queryset = found  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda each: (  # type: ignore[attr-defined]
            f"{each.known_as} {each.title}（{each.get_status_display()}）"
        )


class UnmergeForm(VersionForm):
    """Why they part."""

    reason = forms.CharField(label="理由", max_length=200)

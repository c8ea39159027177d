"""Filters of the records, and the reason of an inspector."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_default_timezone

from huiyin.desk.audit.wording import RESULTS, verbs_named


class FilterForm(forms.Form):
    """All optional; `given()` is what audit.queries.records takes."""

    from_on = forms.DateField(label="从", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    to_on = forms.DateField(label="到", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    verb = forms.CharField(label="动作", required=False, max_length=80)
    actor = forms.CharField(label="行为人", required=False, max_length=60)
    result = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *RESULTS.items()])

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("from_on"), cleaned.get("to_on")
        if start and end and end < start:
            self.add_error("to_on", "“到”不能早于“从”。")
        return cleaned

    def given(self) -> dict[str, Any]:
        """Keywords for the query; days are whole days of Asia/Shanghai, the last one included."""
        facts, zone = self.cleaned_data, get_default_timezone()
        words = facts.get("verb") or ""
        found: dict[str, Any] = {"actor": facts.get("actor") or "", "result": facts.get("result") or ""}
        if facts.get("from_on"):
            found["since"] = datetime.combine(facts["from_on"], time.min, zone)
        if facts.get("to_on"):
            found["until"] = datetime.combine(facts["to_on"] + timedelta(days=1), time.min, zone)
        if words:
            found |= {"verbs": verbs_named(words), "verb_begins": words if words.isascii() else ""}
        return found

    def said(self) -> dict[str, str]:
        """What was asked, for the record of an export."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class ExportForm(FilterForm):
    """The same filters, carried by hidden fields, and the form of the file."""

    form = forms.ChoiceField(choices=[("xlsx", "Excel"), ("csv", "CSV")])


class ReasonForm(forms.Form):
    """Why content is opened."""

    reason = forms.CharField(
        label="查阅事由",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="写明核查的线索或者文号。查阅本身会留下记录。",
    )

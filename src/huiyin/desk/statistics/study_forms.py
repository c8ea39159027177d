"""What is typed about a meeting of the leadership."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms

from huiyin.desk.statistics.forms import DayInput
from huiyin.desk.uploads import Kept
from huiyin.kernel.text import normalise
from huiyin.matters.models import Matter
from huiyin.organisations.models import Post
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import LeadershipStudy
from huiyin.suggestions.operations.studies import StudyFacts
from huiyin.web.forms import RequestKeyForm

AT_MOST = 200


class StudyForm(RequestKeyForm):
    """When, who, which suggestions, what was decided."""

    held_on = forms.DateField(label="会议日期", widget=DayInput)
    title = forms.CharField(label="会议名称", max_length=120, help_text="例如：党组会、检察长办公会。")
    chaired_by = forms.CharField(label="主持人", max_length=60)
    attendees = forms.CharField(label="参加人员", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    numbers = forms.CharField(
        label="研究的建议", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="填建议编号或收文号，用顿号隔开。研究全年办理工作的，可以不填。",
    )  # fmt: skip
    decisions = forms.CharField(label="议定事项", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    minutes_number = forms.CharField(label="纪要文号", max_length=60, required=False)
    minutes = forms.FileField(label="会议纪要", required=False)

    def __init__(self, *args: Any, post: Post, kept: Kept | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.kept = post, kept
        if kept is not None and kept.last is not None:
            self.fields["minutes"].help_text = f"已收到：{kept.last.name}。需要更换的重新选择。"

    @property
    def key(self) -> UUID:
        """The request key."""
        found: UUID = self.cleaned_data["request_key"]
        return found

    def clean_minutes(self) -> None:
        """The file itself is kept already; what was wrong with it is said here."""
        if self.kept is not None and self.kept.refusals:
            raise forms.ValidationError(self.kept.refusals)

    def clean_numbers(self) -> list[Matter]:
        """The matters of these numbers; of one number in several terms the latest."""
        asked = list(dict.fromkeys(filter(None, re.split(r"[\s,，、;；]+", normalise(self.cleaned_data["numbers"])))))
        if len(asked) > AT_MOST:
            raise forms.ValidationError(f"一次最多填{AT_MOST}件。")
        own = Matter.objects.open_to(self.post).filter(kind__in=ACCOUNTED).order_by("received_on", "id")
        by_number = {each.external_number: each for each in own.filter(external_number__in=asked)}
        by_number |= {each.number: each for each in own.filter(number__in=asked)}
        missing = [number for number in asked if number not in by_number]
        if missing:
            raise forms.ValidationError(f"没有找到编号为{'、'.join(missing[:5])}的建议，请核对。")
        return [by_number[number] for number in asked]

    def facts(self) -> StudyFacts:
        """As the operation takes them."""
        said = self.cleaned_data
        names = ("held_on", "title", "chaired_by", "attendees", "decisions", "minutes_number")
        return StudyFacts(matters=tuple(said["numbers"]), **{name: said[name] for name in names})


class CorrectStudyForm(StudyForm):
    """The same for what was noted already."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)

    @staticmethod
    def now(study: LeadershipStudy) -> dict[str, Any]:
        """What stands there now."""
        names = ("held_on", "title", "chaired_by", "attendees", "decisions", "minutes_number", "version")
        numbers = "、".join(each.known_as for each in study.matters.order_by("external_number", "id"))
        return {**{name: getattr(study, name) for name in names}, "numbers": numbers}

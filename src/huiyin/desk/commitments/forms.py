"""What is typed about a promise."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.matters.models import Commitment
from huiyin.matters.operations.milestones import MilestoneRow
from huiyin.matters.rules.following import HORIZON_LABELS, Horizon

MOST = 8


class MilestonesForm(forms.Form):
    """Up to eight steps; a row left empty is none."""

    horizon = forms.ChoiceField(label="时间安排", choices=[("", "不分"), *HORIZON_LABELS.items()], required=False)

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        steps = list(commitment.milestones.all())
        initial: dict[str, Any] = {"horizon": commitment.horizon}
        for place, step in enumerate(steps):
            initial |= {
                f"text_{place}": step.text, f"due_{place}": step.due_on, f"done_{place}": step.done_on,
                f"note_{place}": step.note,
            }  # fmt: skip
        super().__init__(data, initial=initial)
        for place in range(MOST):
            named = f"第{place + 1}个节点"
            self.fields[f"text_{place}"] = forms.CharField(label=named, max_length=200, required=False)
            self.fields[f"due_{place}"] = forms.DateField(label=f"{named}的时间", required=False, widget=day_input())
            self.fields[f"done_{place}"] = forms.DateField(
                label=f"{named}的完成日期", required=False, widget=day_input()
            )
            self.fields[f"note_{place}"] = forms.CharField(label=f"{named}的完成情况", max_length=200, required=False)

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The rows of the page, a line a step."""
        return [[self[f"{name}_{place}"] for name in ("text", "due", "done", "note")] for place in range(MOST)]

    def rows(self) -> list[MilestoneRow]:
        """The steps as typed, empty rows left out."""
        said = self.cleaned_data
        found = [
            MilestoneRow(
                text=said[f"text_{place}"], due_on=said[f"due_{place}"], done_on=said[f"done_{place}"],
                note=said[f"note_{place}"],
            )
            for place in range(MOST)
        ]  # fmt: skip
        return [row for row in found if row.text or row.due_on or row.done_on or row.note]

    def chosen_horizon(self) -> Horizon | None:
        """阶段举措, 长远谋划 or neither."""
        return Horizon(self.cleaned_data["horizon"]) if self.cleaned_data["horizon"] else None


class MissForm(forms.Form):
    """Why it was not kept."""

    reason = forms.CharField(
        label="没有按期兑现的原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明原因和下一步打算。以后办完了，仍然可以登记完成。",
    )  # fmt: skip

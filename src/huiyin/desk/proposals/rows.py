"""The fields of one row of a sheet: leader, who handles it by when, opinion, 批示."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField

from huiyin.desk.proposals.selects import PlainSelect
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.queries import leaders
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.models import CongressBody, Department, Post, Procuratorate
from huiyin.organisations.queries import bodies_of
from huiyin.organisations.rules import HANDLING_BODIES
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules import Due
from huiyin.suggestions.models import ProposalRow
from huiyin.suggestions.queries import by_category, proposed_department
from huiyin.suggestions.sheets import RowPlan, plan_of

ROLES: Final = [
    (HandlerRole.LEAD.value, "主办（独办）"),
    (HandlerRole.ASSIST.value, "协办"),
    (HandlerRole.SEPARATE.value, "分办"),
]
FIRST_LINES: Final = 2
MOST_LINES: Final = 12
"""A unit a line; more are handled by a meeting, not by a routing."""


@dataclass(frozen=True)
class Choosable:
    """Whom a row may name: leadership, departments and outside organs of one office, read once for all rows."""

    leaders: Mapping[str, Post]
    departments: Mapping[str, Department]
    organs: Mapping[str, CongressBody]
    by_category: dict[str, Department]  # whom the books propose for a category

    @classmethod
    def of(cls, office: Procuratorate, on: date, *, drafting: bool = False) -> Choosable:
        """As they stand on a day. drafting: with whom the categories propose, since the sheet is only being written."""
        standing = list(
            Department.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), procuratorate=office)
        )
        return cls(
            leaders={str(post.pk): post for post in leaders(office, on=on)},
            departments={f"d{each.pk}": each for each in standing},
            organs={f"o{each.pk}": each for each in bodies_of(office, on, kinds=HANDLING_BODIES)},
            by_category=by_category(stack_for(office, on), standing, on) if drafting else {},
        )

    def leader_choices(self) -> list[tuple[str, str]]:
        """Blank: who has charge of the lead department."""
        return [("", "按分管自动填写"), *((key, post.label) for key, post in self.leaders.items())]

    def unit_choices(self) -> list[tuple[str, Any]]:
        """Own departments first, outside organs after them."""
        own = [(key, each.name) for key, each in self.departments.items()]
        outside = [(key, each.name) for key, each in self.organs.items()]
        groups = [("本院部门", own), ("外单位", outside)]
        return [("", "（不填）"), *(group for group in groups if group[1])]


@dataclass(frozen=True)
class Line:
    """One unit's fields, side by side."""

    role: BoundField
    unit: BoundField
    due_on: BoundField

    @property
    def errors(self) -> list[str]:
        return [*self.role.errors, *self.unit.errors, *self.due_on.errors]


class Use(StrEnum):
    """Who types: the drafter everything, the office head all but whether the row stays, a leader his 批示."""

    DRAFT = "draft"
    OFFICE = "office"
    LEADER = "leader"


class RowForm(forms.Form):
    """What is proposed for one matter; each unit with its part and its day stands on a line of its own."""

    lines = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_LINES)
    leader = forms.ChoiceField(label="领衔院领导", required=False, widget=PlainSelect)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        row: ProposalRow,
        choosable: Choosable,
        default_on: date | None,
        use: Use = Use.DRAFT,
        one_more: bool = False,
    ) -> None:
        self.row, self.choosable, self.one_more = row, choosable, one_more
        self.plan = plan_of(row)
        self.proposed = proposed_department(row.matter, by_category=choosable.by_category)
        prefix = f"row{row.pk}"
        super().__init__(data, prefix=prefix)
        self.count = _lines_asked(data, prefix, len(self.plan.parts), one_more=one_more)
        self.fields["lines"].initial = self.count
        self._name_leader()
        for place in range(self.count):
            self._add_line(place, default_on)
        if use is Use.LEADER:
            self.fields["instruction"] = _words("批示", self.plan.instruction)
        else:
            self.fields["opinion"] = _words("拟办意见", self.plan.opinion)
        if use is Use.DRAFT:
            self.fields["gone"] = forms.BooleanField(label="移出本单", required=False)
        if one_more and data is not None:
            self.data = {**dict(data.items()), f"{prefix}-lines": str(self.count)}
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("aria-label", f"{row.matter.external_number}：{field.label or name}")
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "control"

    def _name_leader(self) -> None:
        choices = self.choosable.leader_choices()
        now = self.plan.leader
        if now is not None and str(now.pk) not in self.choosable.leaders:
            choices.append((str(now.pk), f"{now.label}（已不在任）"))
        _choose(self.fields["leader"], choices)
        self.fields["leader"].initial = str(now.pk) if now else ""

    def _add_line(self, place: int, default_on: date | None) -> None:
        part = self.plan.parts[place] if place < len(self.plan.parts) else None
        role = forms.ChoiceField(label=f"第{place + 1}个单位的角色", required=False, choices=ROLES, widget=PlainSelect)
        role.initial = _shown_role(part, place)
        unit = forms.ChoiceField(label=f"第{place + 1}个单位", required=False, widget=PlainSelect)
        choices = self.choosable.unit_choices()
        if part is not None and _key(part) not in {*self.choosable.departments, *self.choosable.organs}:
            choices.append((_key(part), f"{part.who}（已撤销）"))
        _choose(unit, choices)
        unit.initial = _key(part) if part else self._proposed_unit() if place == 0 and not self.plan.parts else ""
        day = forms.DateField(
            label=f"第{place + 1}个单位的办理期限",
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        day.initial = part.due_on if part else default_on if place == 0 and not self.plan.parts else None
        self.fields |= {f"role{place}": role, f"unit{place}": unit, f"due_on{place}": day}

    def _proposed_unit(self) -> str:
        """Whom the category proposes, where the department still stands."""
        key = f"d{self.proposed.pk}" if self.proposed else ""
        return key if key in self.choosable.departments else ""

    @property
    def hint(self) -> str:
        """Why the first line names somebody already."""
        if self.plan.parts or self.proposed is None or not self._proposed_unit():
            return ""
        said = self.row.matter.suggestion.proposed_department is not None
        why = "分类时已提出" if said else f"按业务类别“{self.row.matter.category}”建议"
        return f"{why}由{self.proposed.name}承办，可以改。"

    def clean(self) -> dict[str, Any]:
        """A day without a unit was meant for somebody; only the first line has its day filled in beforehand."""
        said = self.cleaned_data
        for place in range(1, self.count):
            if said.get(f"due_on{place}") and not said.get(f"unit{place}"):
                self.add_error(f"unit{place}", "填了办理期限，还没有选单位。")
        return said

    def unit_lines(self) -> Iterator[Line]:
        """The lines, for the template."""
        for place in range(self.count):
            yield Line(self[f"role{place}"], self[f"unit{place}"], self[f"due_on{place}"])

    @property
    def is_opened(self) -> bool:
        """Whether a folded row must show its lines: one was added, or one is refused."""
        return self.is_bound and (self.one_more or any(line.errors for line in self.unit_lines()))

    @property
    def is_gone(self) -> bool:
        """Whether the row leaves the sheet."""
        return bool(self.cleaned_data.get("gone"))

    def to_plan(self) -> RowPlan:
        """What the row says."""
        said = self.cleaned_data
        leader = self.choosable.leaders.get(said["leader"])
        if leader is None and said["leader"]:
            leader = self.plan.leader
        parts = [part for place in range(self.count) if (part := self._part(place)) is not None]
        return RowPlan(
            matter=self.row.matter,
            leader=leader,
            parts=tuple(parts),
            opinion=said.get("opinion", self.plan.opinion),
            instruction=said.get("instruction", self.plan.instruction),
        )

    def _part(self, place: int) -> Part | None:
        said = self.cleaned_data
        key = said[f"unit{place}"]
        if not key:
            return None
        role = HandlerRole(said[f"role{place}"] or HandlerRole.ASSIST)
        department, organ = self.choosable.departments.get(key), self.choosable.organs.get(key)
        if department is None and organ is None:
            former = next(part for part in self.plan.parts if _key(part) == key)
            department, organ = former.department, former.organ
        return Part(role=role, department=department, organ=organ, due_on=said[f"due_on{place}"])


def row_forms(
    rows: Sequence[ProposalRow],
    choosable: Choosable,
    defaults: Mapping[int, Due],
    data: Mapping[str, Any] | None = None,
    *,
    use: Use,
) -> list[RowForm]:
    """One form a row; the row named by `more` gets one more line."""
    grown = str(data.get("more", "")) if data is not None else ""
    return [
        RowForm(
            data,
            row=row,
            choosable=choosable,
            default_on=defaults[row.matter_id].due_on if row.matter_id in defaults else None,
            use=use,
            one_more=grown == str(row.pk),
        )
        for row in rows
    ]


def _lines_asked(data: Mapping[str, Any] | None, prefix: str, known: int, *, one_more: bool) -> int:
    asked = str(data.get(f"{prefix}-lines", "")) if data is not None else ""
    count = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else max(FIRST_LINES, known)
    return min(max(count + one_more, 1), MOST_LINES)


def _choose(field: forms.Field, choices: Sequence[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _key(part: Part) -> str:
    if part.department is not None:
        return f"d{part.department.pk}"
    return f"o{part.organ.pk}" if part.organ is not None else ""


def _shown_role(part: Part | None, place: int) -> str:
    if part is None:
        return HandlerRole.LEAD if place == 0 else HandlerRole.ASSIST
    return HandlerRole.LEAD if part.role is HandlerRole.SOLE else part.role


def _words(label: str, initial: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=500, required=False, initial=initial, widget=widget)

"""What narrows the register, and the words that search it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.desk.matters.rows import merged_links
from huiyin.desk.matters.rungs import Span
from huiyin.kernel.text import normalise
from huiyin.matters import kinds
from huiyin.matters.indexing import KIND, tokens_for
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.queries import with_day
from huiyin.matters.rules import HANDLER_ROLE_LABELS, OPEN, STATUS_LABELS, Status
from huiyin.matters.superior import ABOVE
from huiyin.organisations.models import Department, Post
from huiyin.organisations.rules import Level
from huiyin.search import index
from huiyin.suggestions.models import KnownSession, Suggestion

ANY: Final = [("", "全部")]
FOUND_AT_MOST: Final = 400
WEIGHTS: Final = {"key": "重点", "urgent": "紧急", "merged": "并案"}
TABS: Final = (("open", "在办"), ("replied", "已答复"), ("ended", "已办结"), ("all", "全部"))


@dataclass(frozen=True)
class Offered:
    """What the filters offer of a post's own office, as values and labels."""

    sessions: list[tuple[str, str]]
    departments: list[tuple[str, str]]


def offered(post: Post) -> Offered:
    """The sessions and departments of a post's office."""
    own = Department.objects.filter(procuratorate=post.procuratorate_id, closed_on=None)
    return Offered(_sessions(post), [(str(key), name) for key, name in own.values_list("pk", "name")])


class FilterForm(forms.Form):
    """The filters over the register; each field left alone narrows nothing."""

    q = forms.CharField(label="编号、题目、代表", max_length=100, required=False)
    kind = forms.ChoiceField(label="类别", required=False)
    status = forms.ChoiceField(label="进度", required=False)
    role = forms.ChoiceField(label="我院角色", required=False)
    session = forms.ChoiceField(label="届次", required=False)
    department = forms.ChoiceField(label="承办部门", required=False)
    rung = forms.ChoiceField(label="期限", required=False)
    key = forms.ChoiceField(label="重点、紧急、并案", required=False, choices=[*ANY, *WEIGHTS.items()])

    below = forms.ChoiceField(label="范围", required=False, choices=[("", "本院"), ("yes", "本院和下级院")])

    def __init__(self, data: Any, *, post: Post, spans: Sequence[Span], offered: Offered) -> None:
        super().__init__(data, auto_id="filter-%s")
        if post.procuratorate.level == Level.COUNTY or post.role_enum not in ABOVE:
            del self.fields["below"]
        self._choices("kind", [(each.code, each.label) for each in kinds.kinds() if each.on_register])
        self._choices("status", list(STATUS_LABELS.items()))
        self._choices("role", list(HANDLER_ROLE_LABELS.items()))
        self._choices("session", offered.sessions)
        self._choices("department", offered.departments)
        self._choices("rung", [(span.code, span.label) for span in spans])

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*ANY, *choices]

    def chosen(self) -> dict[str, str]:
        """What was asked for; a value nobody offered is no filter."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def _sessions(post: Post) -> list[tuple[str, str]]:
    own = KnownSession.objects.filter(procuratorate=post.procuratorate_id).order_by("-term", "-session")
    return [
        (f"{term}-{session or ''}", Suggestion(term=term, session=session or None).session_label)
        for term, session in own.values_list("term", "session")
    ]


def on_the_register(post: Post, *, below: bool = False) -> list[QuerySet[Matter]]:
    """The rows of a post's register; below: and those of the offices below, each part with an index of its own."""
    listed = Matter.objects.listed_in_parts(post) if below else [Matter.objects.open_to(post)]
    return [with_day(rows.filter(kind__in=kinds.on_the_register()), post) for rows in listed]


def of_tab(rows: QuerySet[Matter], tab: str) -> QuerySet[Matter]:
    """The rows of one tab of the register."""
    if tab == "replied":
        return rows.filter(status=Status.REPLIED)
    if tab == "ended":
        return rows.filter(is_open__in=[False])
    return rows if tab == "all" else rows.filter(is_open__in=[True])


def searched(parts: Sequence[QuerySet[Matter]], chosen: dict[str, str], post: Post) -> list[QuerySet[Matter]]:
    """The rows in which the words stand that were asked for."""
    words = normalise(chosen.get("q", ""))
    if not words:
        return list(parts)
    found = index.find(KIND, words, tokens_for(post), FOUND_AT_MOST)
    return [rows.filter(pk__in=found) for rows in parts]


def _weighing(key: str) -> Q:
    return {"key": Q(is_key=True), "urgent": Q(urgency="urgent")}.get(key) or Q(Exists(merged_links()))


def narrowed(
    rows: QuerySet[Matter], chosen: dict[str, str], *, spans: Sequence[Span], day: str = "next_due_on"
) -> QuerySet[Matter]:
    """The rows that every chosen filter leaves. day: the one that concerns the reader (matters.queries.day_of)."""
    if status := chosen.get("status"):
        rows = rows.filter(status=status, is_open__in=[Status(status) in OPEN])
    if kind := chosen.get("kind"):
        rows = rows.filter(kind=kind)
    if role := chosen.get("role"):
        rows = rows.filter(handler_role=role)
    if session := chosen.get("session"):
        term, _, number = session.partition("-")
        rows = rows.filter(suggestion__term=int(term), suggestion__session=int(number) if number else None)
    if department := chosen.get("department"):
        parts = Undertaking.objects.filter(matter=OuterRef("pk"), department=int(department)).exclude(status="moved")
        rows = rows.filter(Exists(parts))
    if rung := chosen.get("rung"):
        rows = rows.filter(next((span.due(day) for span in spans if span.code == rung), Q()))
    if key := chosen.get("key"):
        rows = rows.filter(_weighing(key))
    return rows

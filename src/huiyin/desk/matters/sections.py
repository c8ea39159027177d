"""The page of a matter is composed of sections; each subject of the desk adds its own from its AppConfig-time import.

A subject writes in its `sections.py`: `add_section("desk/acts/section.html", build_acts, 50)`, and `desk/apps.py`
imports that module. The builder returns the context of its template, or None where the section has nothing to say
to this reader. The template is included with that context under `section`, beside `matter`, `facts` and `request`.
Builders read what `MatterFacts` already holds and add as few queries as they can: the whole page has twenty. The page
is only there for who may open the matter, so a verb that asks nothing else is asked without it: `may(actor, verb)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from django.db.models import Count, Q

from huiyin.matters.endings import ready_to_close
from huiyin.matters.models import Act as MatterAct
from huiyin.matters.models import Commitment, Deadline, Extension, Matter, Participant, Relation, Reply, Undertaking
from huiyin.matters.rules import RETURNED, Status
from huiyin.regulations.books import Stack
from huiyin.regulations.rules import Calendar
from huiyin.suggestions.models import NotOurs
from huiyin.web.pages import StaffRequest

Column = Literal["top", "main", "side"]


@dataclass(frozen=True)
class MatterFacts:
    """What the page has read once for every section."""

    matter: Matter
    on: date
    participants: tuple[Participant, ...]
    undertakings: tuple[Undertaking, ...]  # with department, organ, handler; moved ones too
    deadlines: tuple[Deadline, ...]  # every round, met and dropped ones too
    stack: Stack  # the office's books on that day
    working_days: Calendar

    @cached_property
    def links(self) -> list[Relation]:
        """What it has to do with other matters, from either side."""
        both = Relation.objects.filter(Q(matter=self.matter) | Q(other=self.matter))
        return list(both.select_related("matter", "other").order_by("id"))

    @cached_property
    def letters(self) -> list[Reply]:
        """Every letter that stands, the latest first, with number and signer."""
        found = self.matter.replies.exclude(status="voided").select_related("number", "signed_by__staff")
        return list(found.order_by("-round", "-id"))

    @cached_property
    def promises(self) -> list[Commitment]:
        """What letters that are out promised, by day, with the letter that reports on each."""
        if not any(letter.issued_on for letter in self.letters):
            return []
        return list(self.matter.commitments.select_related("reply__number", "second_reply__number", "item"))

    @cached_property
    def extensions(self) -> list[Extension]:
        """Every request for more time, the latest first, with what was answered."""
        if not any(getattr(deadline, "was_asked", True) for deadline in self.deadlines):
            return []
        asked = self.matter.extensions.select_related("deadline", "consent__scan", "asked_by__staff")
        return list(asked.select_related("approved_by__staff").order_by("-id"))

    @cached_property
    def letters_are_out(self) -> bool:
        """Whether anything was answered yet."""
        return any(letter.issued_on for letter in self.letters)

    @cached_property
    def withdrawal(self) -> Any:
        """The latest attempt to take it back; papers_in: how many signers' papers it has."""
        if not getattr(self.matter, "was_taken_back", True):
            return None
        return self.matter.withdrawals.annotate(papers_in=Count("papers")).order_by("-id").first()

    @cached_property
    def may_end(self) -> bool:
        """可以办结: answered, delivered, rated well by everyone or past the time for it."""
        if self.matter.status != Status.REPLIED:
            return False
        ready = ready_to_close(self.matter.procuratorate, self.on, stack=self.stack)
        return ready.filter(pk=self.matter.pk).exists()

    @cached_property
    def giving_back(self) -> NotOurs | None:
        """The latest attempt to give it back to whoever assigned it, while it is not routed or where it ended so."""
        if self.matter.status != Status.REGISTERED and self.matter.outcome != RETURNED:
            return None
        return self.matter.returns.order_by("-id").first()

    @cached_property
    def acts(self) -> list[MatterAct]:
        """What was said and looked into, the latest first, with participant and recorder."""
        acts = self.matter.acts.select_related("participant", "recorded_by__staff")
        return list(acts.order_by("-happened_on", "-id"))


Builder = Callable[[StaffRequest, MatterFacts], "dict[str, Any] | None"]


@dataclass(frozen=True, order=True)
class Section:
    """One part of the page. position: smaller stands higher; leave gaps of ten."""

    position: int
    template: str
    builder: Builder = field(compare=False)
    column: Column = field(compare=False, default="main")


@dataclass(frozen=True)
class Built:
    """A section ready to be included."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One thing the reader may do now, as a button of the heading."""

    label: str
    url: str
    icon: str = ""
    primary: bool = False


ActBuilder = Callable[[StaffRequest, MatterFacts], Iterable[Act]]

_sections: Final[dict[str, Section]] = {}
_acts: Final[dict[str, ActBuilder]] = {}


def add_section(template: str, builder: Builder, position: int, *, column: Column = "main") -> None:
    """Add a section to every matter's page; the same template again replaces it."""
    _sections[template] = Section(position, template, builder, column)


def add_acts(subject: str, builder: ActBuilder) -> None:
    """Add the buttons of a subject (起草答复, 记录沟通) to the heading of a matter's page."""
    _acts[subject] = builder


def sections_of(request: StaffRequest, facts: MatterFacts, column: Column) -> list[Built]:
    """The sections of one column, top to bottom, without those that have nothing to say."""
    built = []
    for section in sorted(each for each in _sections.values() if each.column == column):
        context = section.builder(request, facts)
        if context is not None:
            built.append(Built(section.template, context))
    return built


def acts_of(request: StaffRequest, facts: MatterFacts) -> list[Act]:
    """Every button the reader is offered, the primary ones last."""
    acts = [act for builder in _acts.values() for act in builder(request, facts)]
    return sorted(acts, key=lambda act: act.primary)

"""How a matter is sorted, and what an answer comes to: classes of problem, categories, outcomes, reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.regulations.books.entry import Entry, number
from huiyin.regulations.books.vocabulary import OutcomeCode, ProblemClassCode


@dataclass(frozen=True, kw_only=True)
class ProblemClass(Entry):
    section = "problem_class"
    label = "问题分类"
    whole = True

    code: ProblemClassCode
    title: str
    approach: str


@dataclass(frozen=True, kw_only=True)
class Outcome(Entry):
    """What an answer comes to, with the local letter printed on it ("" where the place prints none)."""

    section = "outcome"
    label = "办理结果"
    whole = True

    code: OutcomeCode
    title: str
    mark: str = ""
    reason_required: bool = False
    commitment_required: bool = False
    second_reply_required: bool = False


@dataclass(frozen=True, kw_only=True)
class Category(Entry):
    """A kind of business, and the department that usually handles it (归类承办).

    departments: words of a department's name, the first that fits wins; none: the office proposes nothing."""

    section = "category"
    label = "业务类别"
    whole = True

    title: str
    departments: tuple[str, ...] = ()

    def proposed(self, names: Iterable[str]) -> str | None:
        """Which of the departments' names is meant; None where no name holds any of the words."""
        known = list(names)
        return next((name for word in self.departments for name in known if word in name), None)


@dataclass(frozen=True, kw_only=True)
class Reason(Entry):
    """Why something is not, or not yet, settled; `outcomes` names the outcomes it may explain."""

    section = "reason"
    label = "原因"
    whole = True

    title: str
    outcomes: tuple[OutcomeCode, ...]


@dataclass(frozen=True, kw_only=True)
class SignersRule(Entry):
    """How many must sign what is put to us. code: form and who signs, "_" and the level where it differs by level."""

    section = "signers"
    label = "提出人数"

    title: str
    at_least: int = number(1, 1000)


@dataclass(frozen=True, kw_only=True)
class EntersOutside(Entry):
    """Kinds of matter, beside suggestions and proposals, that are entered in the system of whoever assigned them."""

    section = "enters_outside"
    label = "录入外系统"
    single = True

    matters: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PollRule(Entry):
    """Rating by all deputies. minimum: under how many votes the result is not shown; of two votes each knows both."""

    section = "poll"
    label = "全体代表评议"
    single = True

    minimum: int = number(3, 1000)

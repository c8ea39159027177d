"""One matter as the indicators see it: plain dated facts, so that what is counted can be counted by hand. No Django."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from huiyin.kernel.numerals import numbered


@dataclass(frozen=True, kw_only=True)
class Part:
    """A department's or an outside organ's part that stands."""

    role: str
    department: int | None = None
    name: str = ""
    is_court: bool = False


@dataclass(frozen=True, kw_only=True)
class TimeLimit:
    """A deadline that was not dropped. late_from None: it cannot be missed."""

    code: str
    round: int = 1
    starts_on: date
    due_on: date
    late_from: datetime | None
    met_at: datetime | None = None
    provisional: bool = False  # counted over a year whose holidays are not published

    def missed_by(self, moment: datetime | None, day: date) -> bool:
        """Whether the act came late at `moment`; without one, whether the day has passed it undone."""
        if self.late_from is None:
            return False
        return moment >= self.late_from if moment is not None else day >= self.late_from.date()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A letter that was issued: our answer to the deputy, or our opinion to the lead unit."""

    id: int
    is_opinion: bool = False
    round: int = 1
    outcome: str = ""
    mark: str = ""
    reason: str = ""  # code of the book's reason, and its words on the day of issue
    reason_title: str = ""
    issued_on: date
    issued_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Given:
    """One rating. rank: the smaller, the weightier its source; on_record: signed form or congress system.

    well: 满意 or 基本满意 by the book's scale; fully: 满意 itself."""

    id: int
    signer: int
    round: int = 1
    rank: int = 0
    on_record: bool = True
    rated_on: date
    attitude_well: bool = True
    attitude_fully: bool = True
    result_well: bool = True
    result_fully: bool = True
    attitude: str = "满意"  # as the book's scale calls it
    result: str = "满意"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One contact that took place."""

    id: int
    stage: str
    mode: str
    happened_on: date


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a letter promised. given_on: the day that letter was issued."""

    id: int
    text: str = ""
    given_on: date
    promised_on: date
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule document that a common problem ended in."""

    naming: str  # 《…》（文号）
    dated_on: date


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything the indicators ask of one matter. late facts are left out by the day, never by the present state."""

    id: int
    number: str = ""
    title: str = ""
    proposers: tuple[str, ...] = ()  # who brought it, the lead first
    kind: str = "suggestion"  # suggestion, criticism, opinion, proposal
    role: str = "sole"
    category: str = ""
    problem_class: str = ""
    is_key: bool = False
    is_urgent: bool = False
    leader: int | None = None
    leader_name: str = ""
    between_sessions: bool = False
    received_on: date
    assigned_on: date
    closed_on: date | None = None
    round: int = 1
    answer_limit: str = ""  # code of the limit our first answer runs on
    first_contact_limit: str = ""
    redo_limit: str = ""
    other_units: str = ""
    parts: tuple[Part, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    answers: tuple[Answer, ...] = ()
    ratings: tuple[Given, ...] = ()
    contacts: tuple[Contact, ...] = ()
    promises: tuple[Promise, ...] = field(default=())
    gathered_on: date | None = None  # into a common problem, the first time
    rules: tuple[Rule, ...] = ()  # what the common problems it belongs to ended in

    @property
    def numbered(self) -> str:
        """第162001号, 闭会期间第160003号."""
        return numbered(self.number, between=self.between_sessions)

    @property
    def we_answer(self) -> bool:
        """Whether the deputy hears from us: what we only assist in is answered by the lead unit (practice 17)."""
        return self.role != "assist"

"""The schema of a rule book: one class a table, one field a key. reading.py follows these classes.

A field without default must stand in the text. `low`/`high` bound a number; `key` names a key that is no Python name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.regulations.books.entry import E as E
from huiyin.regulations.books.entry import Entry as Entry
from huiyin.regulations.books.entry import number
from huiyin.regulations.books.numbers import ExternalNumber as ExternalNumber
from huiyin.regulations.books.outcomes import Category as Category
from huiyin.regulations.books.outcomes import EntersOutside as EntersOutside
from huiyin.regulations.books.outcomes import Outcome as Outcome
from huiyin.regulations.books.outcomes import PollRule as PollRule
from huiyin.regulations.books.outcomes import ProblemClass as ProblemClass
from huiyin.regulations.books.outcomes import Reason as Reason
from huiyin.regulations.books.outcomes import SignersRule as SignersRule
from huiyin.regulations.books.vocabulary import (
    Condition,
    Consent,
    Dimension,
    Level,
    Mark,
    Per,
    RedoTrigger,
    ReplyMode,
    RoleCode,
    StageCode,
    StepKind,
    UndertakingRole,
    Who,
    Whom,
)
from huiyin.regulations.rules import Counts, LadderSpec, Roll, Rung, StartEvent, Unit


@dataclass(frozen=True, kw_only=True)
class Limit(Entry):
    section = "limit"
    label = "期限"

    title: str
    count: int = number(1, 1000)
    unit: Unit
    roll: Roll
    starts_from: StartEvent
    counts: Counts = Counts.AFTER
    cap: str = ""
    extension_allowed: bool = False
    suspension_allowed: bool = False


@dataclass(frozen=True, kw_only=True)
class ChainStep:
    code: str
    label: str
    role: RoleCode
    kind: StepKind = StepKind.DECIDE
    who: Who = Who.ANYONE
    optional: bool = False
    own_draft: bool = False  # whoever wrote the draft may decide here himself
    condition: Condition = Condition.ALWAYS
    marks: Mark | None = None


@dataclass(frozen=True, kw_only=True)
class Chain(Entry):
    section = "chain"
    label = "审批流程"

    title: str
    steps: tuple[ChainStep, ...]


@dataclass(frozen=True, kw_only=True)
class MonthDay:
    month: int = number(1, 12)
    day: int = number(1, 31)


@dataclass(frozen=True, kw_only=True)
class Cadence(Entry):
    """Something owed again and again: at least `times` per period, by the given days where there are any."""

    section = "cadence"
    label = "定期事项"

    title: str
    times: int = number(1, 366)
    per: Per
    whom: Whom = Whom.OFFICE
    by: tuple[MonthDay, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Target(Entry):
    """A number to reach; `within` names the target whose count contains this one's."""

    section = "target"
    label = "目标"

    title: str
    value: int = number(1, 100_000_000)
    measure: str
    per: Per = Per.YEAR
    within: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkStep(Entry):
    section = "step"
    label = "办理步骤"
    whole = True

    title: str
    roles: tuple[RoleCode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stage(Entry):
    section = "stage"
    label = "沟通阶段"
    whole = True

    code: StageCode
    title: str


@dataclass(frozen=True, kw_only=True)
class RatingOption:
    code: str
    label: str
    satisfied: bool


@dataclass(frozen=True, kw_only=True)
class RatingScale(Entry):
    section = "rating_scale"
    label = "评价等次"

    code: Dimension
    title: str
    options: tuple[RatingOption, ...]


@dataclass(frozen=True, kw_only=True)
class Provision(Entry):
    """What an article asks of the office in words alone: no day, step or count is read from it."""

    section = "provision"
    label = "其他要求"

    title: str


@dataclass(frozen=True, kw_only=True)
class ContactKind(Entry):
    section = "contact_kind"
    label = "联系方式"

    title: str


@dataclass(frozen=True, kw_only=True)
class RequiredContact(Entry):
    """A contact owed in a stage (None: in any), in one of the kinds named (none named: in any).

    matters: the kinds of matter it is owed for, "kind" or "kind:form"; none named: suggestions and proposals."""

    section = "required_contact"
    label = "必须联系"

    title: str
    matters: tuple[str, ...] = ()
    stage: StageCode | None = None
    kinds: tuple[str, ...] = ()
    at_least: int = number(1, 99, default=1)
    by: tuple[RoleCode, ...] = ()
    applies_to: tuple[UndertakingRole, ...] = (UndertakingRole.SOLE, UndertakingRole.LEAD)
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class OversightForm(Entry):
    """Where a way of putting something to us is spoken of: 视察, 执法检查, 质询; its days stand in limits."""

    section = "oversight_form"
    label = "监督形式"

    title: str


@dataclass(frozen=True, kw_only=True)
class RequiredPaper(Entry):
    """A paper the file must hold; the order of the tables is the order in the file."""

    section = "required_paper"
    label = "归档材料"

    title: str
    condition: Condition = Condition.ALWAYS
    applies_to: tuple[UndertakingRole, ...] = tuple(UndertakingRole)
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class KeyCriterion(Entry):
    section = "key_criterion"
    label = "重点件标准"
    whole = True

    title: str


@dataclass(frozen=True, kw_only=True)
class LadderTell:
    rung: Rung
    roles: tuple[RoleCode, ...]


@dataclass(frozen=True, kw_only=True)
class Ladder(Entry):
    section = "ladder"
    label = "提醒阶梯"
    single = True

    half_way: bool
    early: int = number(0, 60)
    near: int = number(0, 60)
    last: int = number(0, 60)
    tell: tuple[LadderTell, ...] = ()

    @property
    def spec(self) -> LadderSpec:
        return LadderSpec(half_way=self.half_way, early=self.early, near=self.near, last=self.last)

    def told(self, rung: Rung) -> tuple[RoleCode, ...]:
        return tuple(role for each in self.tell if each.rung is rung for role in each.roles)


@dataclass(frozen=True, kw_only=True)
class ExtensionRule(Entry):
    """Whose leave an extension needs besides our own leader's; until it answers, the old day runs."""

    section = "extension"
    label = "延期"
    single = True

    consent: Consent


@dataclass(frozen=True, kw_only=True)
class WithdrawalRule(Entry):
    """Whose leave it needs that all signers take a matter back; handling goes on until it is given."""

    section = "withdrawal"
    label = "撤回"
    single = True

    consent: Consent


@dataclass(frozen=True, kw_only=True)
class MergingRule(Entry):
    """Handling several matters of the same content together; each is answered by itself."""

    section = "merging"
    label = "并案办理"
    single = True

    proposals_with_suggestions: bool = False


@dataclass(frozen=True, kw_only=True)
class Redo(Entry):
    section = "redo"
    label = "重新办理"
    single = True

    trigger: RedoTrigger
    dimension: Dimension
    limit: str = ""


@dataclass(frozen=True, kw_only=True)
class RatingRule(Entry):
    """How long a deputy has to rate, how often we remind, whether silence leaves the denominator."""

    section = "rating"
    label = "评价"
    single = True

    limit: str
    reminders: int = number(0, 9)
    silent_leave_denominator: bool


@dataclass(frozen=True, kw_only=True)
class DepartmentDate(Entry):
    section = "department_date"
    label = "部门办理期限"
    single = True

    limit: str


@dataclass(frozen=True, kw_only=True)
class AssistRule(Entry):
    section = "assist"
    label = "协办"
    single = True

    reminders_before_absent: int = number(0, 9)


@dataclass(frozen=True, kw_only=True)
class ReplyTo(Entry):
    section = "reply_to"
    label = "联名答复"
    single = True

    mode: ReplyMode


@dataclass(frozen=True, kw_only=True)
class Routing(Entry):
    section = "routing"
    label = "分办原则"
    single = True

    title: str


@dataclass(frozen=True, kw_only=True)
class Revisit(Entry):
    section = "revisit"
    label = "回访"
    single = True

    limit: str = ""


@dataclass(frozen=True, kw_only=True)
class SupervisionLevel(Entry):
    """A level of 督办: who orders it, how long the department has to report; a later table is a higher level."""

    section = "supervision_level"
    label = "督办层级"
    whole = True

    title: str
    by: tuple[RoleCode, ...]
    limit: str = ""  # "": whoever orders it names the day


@dataclass(frozen=True, kw_only=True)
class Filing(Entry):
    section = "filing"
    label = "归档"
    single = True

    by_term: bool
    retention: str


ENTRY_CLASSES: tuple[type[Entry], ...] = tuple(Entry.__subclasses__())


@dataclass(frozen=True, kw_only=True)
class Book:
    """One version of one book. In force from `from_on` until `until_on` (exclusive), or until the next version."""

    code: str
    title: str
    issuer: str
    level: Level
    version: str
    from_on: date
    until_on: date | None = None
    unconfirmed: bool = False
    summary: str = ""
    entries: tuple[Entry, ...] = ()

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """The entries of one table, in the order of the text."""
        return tuple(entry for entry in self.entries if isinstance(entry, kind))

    def in_force(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

"""Kinds of matter: what the engine must know of each, registered by the apps above (practice 21).

Nothing shared by two kinds says 代表: salutation, title, copies, register, chains and limits all come from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.organisations.models import CongressBody, Procuratorate


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How papers about one matter speak."""

    noun: str  # 建议, 提案, 咨询
    proposer: str  # 代表, 委员, 提案者: what those who brought it are called
    salutation: str  # 张示例代表：
    title: str  # 关于市十六届人大二次会议第162001号建议的答复
    subject: str  # 第162001号建议
    copies: tuple[str, ...] = ()  # 抄送
    assigner: str = ""  # the organ that assigned it
    addressee_of_opinion: str = ""  # the lead unit, where we only assist
    opening: str = ""  # 您提出的《…》收悉，现答复如下：
    thanks: str = ""
    rating_form: str = ""  # title of the form the answer is rated on
    opinion_title: str = ""  # 关于…的会办意见
    liaison: str = "联络办公室"  # to whom forms are given back
    second_title: str = ""  # 关于…的再行答复
    headings: tuple[str, ...] = ()  # what is answered one by one, where the matter has no items of its own


@dataclass(frozen=True, kw_only=True)
class KindLimits:
    """Codes of the limits a kind runs on, as the rule books name them; "" where it has none."""

    reply: str = ""
    reply_between: str = ""  # between sessions, where a book treats the two apart
    assist: str = ""
    first_contact: str = ""
    not_ours: str = ""
    redo: str = ""
    rating: str = ""

    @property
    def answers(self) -> frozenset[str]:
        """The codes an answer may run on."""
        return frozenset({self.reply, self.reply_between}) - {""}


@dataclass(frozen=True, kw_only=True)
class MatterKind:
    """One kind of matter."""

    code: str
    label: str
    register_series: str  # numbering series of the register
    register_pattern: str
    limits: KindLimits
    letter_chain: str  # chain codes of the rule books
    opinion_chain: str
    wording: Callable[[Matter], Wording]
    on_register: bool = False  # stands on the common register, in today's work and on 拟办 sheets
    is_rated: bool = True  # who brought it rates the answer, which bears the book's letter; False: reported to a body
    variety: Callable[[Matter], str] = lambda matter: ""  # what it is within its kind, as rule books name it
    lacking: Callable[[Matter], list[str]] = (
        lambda matter: []
    )  # what keeps an answer from going up, beside the engine's
    paper_titles: Mapping[str, str] = field(default_factory=dict)  # papers of the file it calls otherwise than the book
    rated_by_all: bool = False  # all deputies of the level may be asked, on the congress office's letter
    publish: Callable[[Matter, datetime], None] | None = None  # sends the progress card out, where there is a reader
    came_with: Callable[[Matter], tuple[str, str]] = lambda matter: ("", "")  # 来文单位, 来文号
    assigner: Callable[[Matter], CongressBody | None] = lambda matter: None  # whose consent papers need
    assigned_by: Callable[[Procuratorate, str, date], QuerySet[Matter]] | None = (
        None  # an office's, by BodyKind, on a day
    )
    sealed_away: Callable[[Matter], bool] = lambda matter: False  # its original went to a sealed matter and stays there


class NotOfThisKind(Refusal):
    """An act of kinds whose answer is rated by whoever brought the matter; others have their own."""

    code = "matters.not_of_this_kind"


_kinds: Final[dict[str, MatterKind]] = {}


def register_kind(kind: MatterKind) -> None:
    """Make a kind known, from an AppConfig.ready(); the same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"kind {kind.code} registered twice")
    _kinds[kind.code] = kind


def kind_of(matter: Matter) -> MatterKind:
    """The kind of a matter."""
    return _kinds[matter.kind]


def kind_named(code: str) -> MatterKind:
    """The kind of that code; KeyError when nobody registered it."""
    return _kinds[code]


def kinds() -> list[MatterKind]:
    """All kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def on_the_register() -> list[str]:
    """Codes of the kinds that stand on the common register."""
    return [kind.code for kind in kinds() if kind.on_register]


def unrated_kinds() -> list[str]:
    """Codes of the kinds whose answers nobody rates."""
    return [kind.code for kind in kinds() if not kind.is_rated]


def require_rated(matter: Matter, act: str) -> None:
    """Raise NotOfThisKind where nobody rates the answer: what only suggestions and proposals have is not there.

    act: what was tried, in words."""
    kind = kind_of(matter)
    if not kind.is_rated:
        raise NotOfThisKind(f"{matter.known_as}是{kind.label}，不能{act}，请在事项页按它自己的按钮办理。")


def publish(matter: Matter, *, at: datetime) -> None:
    """Send out what outside readers may see of the matter now; nothing where its kind has none. Always inside an
    operation."""
    send = kind_of(matter).publish
    if send is not None:
        send(matter, at)

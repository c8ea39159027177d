"""What rooms above tell this one: what kinds of papers go for signature, and how posts are told.

The room that owns a paper says how it is called, where it is read, and where it is after its last signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from huiyin.approvals.models import Approval
from huiyin.organisations.models import Post, Procuratorate

INBOX: Final = "/desk/approvals/"


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a paper is after its last signature. can_return: it has not left yet and can be signed again; posts: who
    has it in hand, told when a signature on it is disputed."""

    can_return: bool = False
    posts: tuple[Post, ...] = ()


def _left(approval: Approval, on: date) -> Whereabouts:
    return Whereabouts()


def _nothing_kept(approval: Approval) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class SubjectKind:
    """One kind of paper. url: where the paper of that id is decided, "" where nowhere yet; page: where it is read."""

    code: str  # "matters.reply"
    label: str  # 答复函
    url: Callable[[int], str]
    page: Callable[[int], str] | None = None
    circulates: bool = False  # may be given to other leaders to read (圈阅)
    whereabouts: Callable[[Approval, date], Whereabouts] = _left
    seen_anew: Callable[[Approval], None] = _nothing_kept  # others may see it now: the room keeps its index


class Teller(Protocol):
    """Puts word to a post into the outbox, inside the running operation; the same event to the same post once."""

    def __call__(
        self,
        *,
        event_key: str,
        title: str,
        body: str,
        at: datetime,
        post: Post,
        link: str,
        procuratorate: Procuratorate,
    ) -> object: ...


_kinds: Final[dict[str, SubjectKind]] = {}
_tellers: Final[list[Teller]] = []


def register(kind: SubjectKind) -> None:
    """Make a kind known, from an AppConfig.ready(); the same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"subject kind {kind.code} registered twice")
    _kinds[kind.code] = kind


def register_teller(teller: Teller) -> None:
    """Say how posts are told, from the AppConfig.ready() of the room that sends messages."""
    _tellers.append(teller)


def tell(
    *, event_key: str, title: str, body: str, at: datetime, post: Post, link: str, procuratorate: Procuratorate
) -> None:
    """Word to one post about a paper."""
    for teller in _tellers:
        teller(
            event_key=event_key, title=title, body=body, at=at, post=post, link=link, procuratorate=procuratorate
        )  # fmt: skip


def kind_of(code: str) -> SubjectKind:
    """The kind of that code; KeyError when nobody registered it."""
    return _kinds[code]


def address_of(approval: Approval) -> str:
    """Where whoever need not sign reads the paper; the inbox for a kind nobody registered."""
    kind = _kinds.get(approval.subject_kind)
    return (kind.page or kind.url)(approval.subject_id) if kind else INBOX


def whereabouts_of(approval: Approval, on: date) -> Whereabouts:
    """Where the paper is, its road ended."""
    kind = _kinds.get(approval.subject_kind)
    return kind.whereabouts(approval, on) if kind else Whereabouts()


def seen_anew(approval: Approval) -> None:
    """Others may see the paper now, or no longer."""
    kind = _kinds.get(approval.subject_kind)
    if kind is not None:
        kind.seen_anew(approval)


def kinds() -> list[SubjectKind]:
    """All kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]

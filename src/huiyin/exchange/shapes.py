"""The JSON shapes of cards and slips: what publishers write and the phone site reads. No Django.

Days stand as ISO dates. A card of a suggestion is `Progress`; its publisher calls
`publish(..., kind=PROGRESS, key="matter:12", body=progress.to_json(), accepts=progress.accepts(), files=[...])`.
A deputy's rating comes back as a slip of kind RATING whose payload is `RatingSlip`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, Final, Literal

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise

PROGRESS: Final = "suggestions.progress"  # kind of card: one suggestion as its deputy may see it
RATING: Final = "suggestions.rating"  # kind of slip: how the deputy liked the answer
POLL: Final = "matters.poll"  # kind of card: an answer that all deputies of a level rate
VOTE: Final = "matters.vote"  # kind of slip: one deputy's vote, forgotten once counted
NOTE: Final = "messaging.note"  # kind of card: a message; body {"text": ..., "link": ...}
PUBLISHED: Final = "disclosure.published"  # kind of card for everyone: an answer laid open
FRONT: Final = "portal.front"  # kind of card for everyone: body {"organ": ..., "phone": ...}

MAX_WORDS: Final = 1000  # characters of a deputy's own words

StageState = Literal["done", "passed", "now", "todo"]


class SlipRefused(Refusal):
    """What was handed in does not fit what the card asks for."""

    code: ClassVar[str] = "exchange.slip_refused"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One of the four stages (办前沟通, 办中征询, 办后反馈, 回访跟进)."""

    label: str
    state: StageState
    on: date | None = None  # the day it was done or began


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom the deputy may call: liaison officer, department head; office phones only."""

    role: str  # 联络员, 承办部门负责人
    name: str
    phone: str


LineKind = Literal["title", "to", "body", "end"]


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """One paragraph of a letter as it reads on a phone: title, salutation, body, closing."""

    kind: LineKind
    text: str


@dataclass(frozen=True, kw_only=True)
class CardLetter:
    """A letter the deputy received; `file` is the name of one of the card's files, `lines` its text for reading."""

    number: str  # 样检函〔2026〕12号
    title: str
    issued_on: date | None
    delivered_on: date | None
    file: str = ""  # "" while the copy is still being made
    lines: tuple[LetterLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Published:
    """An answer laid open to everyone, as it was checked; the card's title is the letter's."""

    about: str  # 第162001号建议
    office: str
    answered_on: date
    published_on: date
    lines: tuple[LetterLine, ...]

    def to_json(self) -> dict[str, Any]:
        """As the card's body holds it."""
        body = _plain(asdict(self))
        assert isinstance(body, dict)
        return body

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Published:
        """Read a card's body back; KeyError or TypeError mean the publisher wrote another shape."""
        days = {name: date.fromisoformat(body[name]) for name in ("answered_on", "published_on")}
        return cls(**{**body, **days, "lines": tuple(LetterLine(**line) for line in body["lines"])})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One grade of the scale the rule book has."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True)
class PollCard:
    """An answer that every deputy of the level is asked to rate; the card's title is the letter's."""

    poll: str  # opaque, echoed in the slip: "poll:3"
    about: str
    office: str
    from_on: date
    until_on: date
    voted_on: date | None
    grades: tuple[Choice, ...]
    lines: tuple[LetterLine, ...]

    def to_json(self) -> dict[str, Any]:
        """As the card's body holds it."""
        body = _plain(asdict(self))
        assert isinstance(body, dict)
        return body

    def accepts(self) -> list[dict[str, Any]]:
        """What the card lets the deputy hand in: one vote."""
        if self.voted_on is not None:
            return []
        return [{"kind": VOTE, "poll": self.poll, "grades": [grade.code for grade in self.grades]}]

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> PollCard:
        """Read a card's body back; KeyError or TypeError mean the publisher wrote another shape."""
        days = {name: _day(body[name]) for name in ("from_on", "until_on", "voted_on")}
        grades = tuple(Choice(**grade) for grade in body["grades"])
        return cls(**{**body, **days, "grades": grades, "lines": tuple(LetterLine(**line) for line in body["lines"])})


@dataclass(frozen=True, kw_only=True)
class PollSlip:
    """One vote on its way to being counted."""

    poll: str
    grade: str

    def to_json(self) -> dict[str, Any]:
        """As the slip's payload holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> PollSlip:
        """Read a validated payload back."""
        return cls(**payload)


def check_vote(payload: Mapping[str, Any], accepted: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of a vote, cleaned, if it fits what the card accepts. Raises SlipRefused."""
    if payload.get("poll") != accepted["poll"]:
        raise SlipRefused("这次评议已经有变化，请返回重新查看。")
    if payload.get("grade") not in accepted["grades"]:
        raise SlipRefused("请选择您的评价。")
    return PollSlip(poll=str(payload["poll"]), grade=str(payload["grade"])).to_json()


@dataclass(frozen=True, kw_only=True)
class RatingForm:
    """The rating asked for; attitude and result use the same grades."""

    reply: str  # opaque, echoed in the slip: "reply:12"
    letter: str  # number of the letter it is about
    round: int  # 1 = first answer, 2 = after redoing
    grades: tuple[Choice, ...]
    due_on: date | None = None
    due_why: tuple[str, ...] = ()  # line by line
    asks_to_publish: bool = True

    def accepts(self) -> dict[str, Any]:
        """The entry of the card's `accepts` that lets this rating in."""
        return {"kind": RATING, "reply": self.reply, "grades": [grade.code for grade in self.grades]}


@dataclass(frozen=True, kw_only=True)
class GivenRating:
    """A rating already given by this deputy."""

    letter: str
    round: int
    attitude: str  # labels, not codes
    result: str
    words: str
    rated_on: date
    provisional: bool  # until the signed form confirms it


@dataclass(frozen=True, kw_only=True)
class Said:
    """A line the office wants the deputy to read: 您对办理结果不满意，我院已重新办理。"""

    on: date
    text: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A suggestion on the phone of one deputy (practice 22): never 批示, drafts of others or assisting opinions."""

    number: str  # 第162001号建议
    addressee: str  # 张示例代表
    office: str  # 样本市人民检察院
    office_phone: str
    role: str  # 独办, 主办, 协办, 分办
    status: str  # a chip of a few characters: 办理中, 待您评价, 已评价, 已办结
    received_on: date
    stages: tuple[Stage, ...] = ()
    contacts: tuple[Contact, ...] = ()
    led_by: str = ""  # an assisted matter shows only who leads
    department: str = ""  # 承办部门
    due_on: date | None = None
    due_is_provisional: bool = False
    due_why: tuple[str, ...] = ()  # line by line
    letters: tuple[CardLetter, ...] = ()
    rating: RatingForm | None = None  # open while the deputy may rate
    ratings: tuple[GivenRating, ...] = ()
    said: tuple[Said, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the card's body holds it."""
        body = _plain(asdict(self))
        assert isinstance(body, dict)
        return body

    def accepts(self) -> list[dict[str, Any]]:
        """What the card lets the deputy hand in."""
        return [self.rating.accepts()] if self.rating else []

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Progress:
        """Read a card's body back; KeyError or TypeError mean the publisher wrote another shape."""
        rating = body["rating"]
        return cls(
            **{
                **body,
                "received_on": date.fromisoformat(body["received_on"]),
                "due_on": _day(body["due_on"]),
                "due_why": tuple(body.get("due_why", ())),
                "stages": tuple(Stage(**{**each, "on": _day(each["on"])}) for each in body["stages"]),
                "contacts": tuple(Contact(**each) for each in body["contacts"]),
                "letters": tuple(_letter(each) for each in body["letters"]),
                "rating": _rating_form(rating) if rating else None,
                "ratings": tuple(
                    GivenRating(**{**each, "rated_on": date.fromisoformat(each["rated_on"])})
                    for each in body["ratings"]
                ),
                "said": tuple(Said(on=date.fromisoformat(each["on"]), text=each["text"]) for each in body["said"]),
            }
        )


@dataclass(frozen=True, kw_only=True)
class RatingSlip:
    """What a deputy says of an answer."""

    reply: str
    attitude: str  # a grade's code
    result: str
    words: str = ""
    agrees_to_publish: bool | None = None
    met_in_person: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """As the slip's payload holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> RatingSlip:
        """Read a validated payload back."""
        return cls(**payload)


def check_rating(payload: Mapping[str, Any], accepted: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of a rating slip, cleaned, if it fits what the card accepts. Raises SlipRefused."""
    if payload.get("reply") != accepted["reply"]:
        raise SlipRefused("这份答复已经更新，请返回查看最新的答复后再评价。")
    attitude, result = payload.get("attitude"), payload.get("result")
    if attitude not in accepted["grades"]:
        raise SlipRefused("请选择对办理态度的评价。")
    if result not in accepted["grades"]:
        raise SlipRefused("请选择对办理结果的评价。")
    words = normalise(str(payload.get("words") or ""))
    if len(words) > MAX_WORDS:
        raise SlipRefused(f"您的意见请不要超过{MAX_WORDS}字，现在有{len(words)}字。")
    return RatingSlip(
        reply=str(payload["reply"]), attitude=str(attitude), result=str(result), words=words,
        agrees_to_publish=_yes_no(payload.get("agrees_to_publish")),
        met_in_person=_yes_no(payload.get("met_in_person")),
    ).to_json()  # fmt: skip


def accepted_entry(accepts: Sequence[Mapping[str, Any]], kind: str) -> Mapping[str, Any] | None:
    """What a card says about a kind of slip, None where it does not take it."""
    return next((entry for entry in accepts if entry.get("kind") == kind), None)


def _yes_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _letter(each: Mapping[str, Any]) -> CardLetter:
    days = {"issued_on": _day(each["issued_on"]), "delivered_on": _day(each["delivered_on"])}
    return CardLetter(**{**each, **days, "lines": tuple(LetterLine(**line) for line in each["lines"])})


def _rating_form(each: Mapping[str, Any]) -> RatingForm:
    grades = tuple(Choice(**grade) for grade in each["grades"])
    return RatingForm(
        **{**each, "due_on": _day(each["due_on"]), "due_why": tuple(each.get("due_why", ())), "grades": grades}
    )


def _plain(value: Any) -> Any:
    """Dates as ISO text, tuples as lists, the whole way down."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value

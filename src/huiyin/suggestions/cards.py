"""The deputy's card: four stages, dates, whom to call, the letter, the rating asked for (practice 22).

Never 批示, drafts of others or assisting opinions; an assisted matter shows only who leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from huiyin.exchange.models import OutsideAccount
from huiyin.exchange.operations import CardContent, withdraw
from huiyin.exchange.operations import publish as publish_card
from huiyin.exchange.queries import account_of
from huiyin.exchange.shapes import (
    PROGRESS,
    CardLetter,
    Choice,
    Contact,
    GivenRating,
    Progress,
    RatingForm,
    Said,
    Stage,
)
from huiyin.files.operations import read
from huiyin.matters.drafting import ANSWERS, SECOND
from huiyin.matters.kinds import Wording, kind_of
from huiyin.matters.models import Deadline, Matter, Participant, Reply
from huiyin.matters.operations.deadlines import statutory
from huiyin.matters.parts import lead_parts
from huiyin.matters.queries import department_heads
from huiyin.matters.rating_state import grade_label, grades, standing
from huiyin.matters.recipients import rating_deadline
from huiyin.matters.rules import RETURNED, WITHDRAWN, HandlerRole, Status, Visibility
from huiyin.matters.second_letters import ANSWERED
from huiyin.matters.stages import stages_of
from huiyin.suggestions.models import Conversion, Suggestion

UNDER_WAY: Final = {
    Status.REGISTERED: "已受理", Status.PROPOSING: "已受理", Status.ASSIGNED: "已受理", Status.IN_HAND: "办理中",
    Status.SIGNING: "办理中", Status.SIGNED: "办理中",
}  # fmt: skip
NO_SUFFIX: Final = "提案者"


def publish(matter: Matter, at: datetime) -> None:
    """Send the card of a matter to everyone who brought it and has an account; inside an operation."""
    for participant in matter.participants.filter(person__isnull=False).exclude(role="inquirer"):
        account = account_of(f"p:{participant.person_id}")
        if account is not None:
            _send(matter, participant, account, at)


def publish_for(account: OutsideAccount, *, at: datetime) -> None:
    """Every card that a newly opened account should find; inside the operation that opened it."""
    mine = Participant.objects.filter(person_id=_person_id(account)).exclude(role="inquirer")
    for participant in mine.select_related("matter__procuratorate", "matter__liaison_officer__staff"):
        _send(participant.matter, participant, account, at)


def converted_whole() -> Any:
    """Matters that left the road as a whole for a sealed one: nothing of them is on the phone (practice 19)."""
    return Conversion.objects.filter(whole=True, verdict="agreed").values("matter")


def withdraw_from(person_id: int, matter: Matter, at: datetime) -> None:
    """Take the card back from a person who, as it turns out, did not bring the matter; inside an operation."""
    account = account_of(f"p:{person_id}")
    if account is not None:
        withdraw(account=account, kind=PROGRESS, key=f"matter:{matter.pk}", at=at)


def _person_id(account: OutsideAccount) -> int:
    prefix, _, key = account.person_key.partition(":")
    return int(key) if prefix == "p" and key.isdigit() else 0


def _send(matter: Matter, participant: Participant, account: OutsideAccount, at: datetime) -> None:
    key = f"matter:{matter.pk}"
    suggestions = Suggestion.objects.filter(pk=matter.pk).exclude(matter__in=converted_whole())
    if matter.visibility == Visibility.SEALED or not suggestions.exists():
        withdraw(account=account, kind=PROGRESS, key=key, at=at)
        return
    facts = _Facts.read(matter, participant, at.date())
    progress = _assisted(facts) if matter.handler_role == HandlerRole.ASSIST else _full(facts)
    issued = [reply.issued_at for reply in facts.letters if reply.issued_at]
    publish_card(
        account=account, kind=PROGRESS, key=key, title=matter.title, body=progress.to_json(),
        accepts=progress.accepts(), files=list(_files(facts)), at=at,
        position_at=max([matter.registered_at, *issued]),
    )  # fmt: skip


@dataclass(frozen=True)
class _Facts:
    """What one card needs, read once."""

    matter: Matter
    participant: Participant
    wording: Wording
    on: date
    letters: tuple[Reply, ...]

    @classmethod
    def read(cls, matter: Matter, participant: Participant, on: date) -> _Facts:
        assisted = matter.handler_role == HandlerRole.ASSIST
        issued = matter.replies.filter(kind__in=ANSWERS).exclude(issued_on=None)
        own = issued.select_related("number", "pdf", "docx").order_by("round", "id")
        letters = () if assisted else tuple(own)
        return cls(matter, participant, kind_of(matter).wording(matter), on, letters)

    @property
    def last(self) -> Reply | None:
        """The answer of the present round, once it is out."""
        return next((reply for reply in self._present if reply.kind != SECOND), None)

    @property
    def second(self) -> Reply | None:
        """The latest second letter (再行答复) of the present round."""
        return next((reply for reply in reversed(self._present) if reply.kind == SECOND), None)

    @property
    def _present(self) -> list[Reply]:
        return [reply for reply in self.letters if reply.round == self.matter.round]

    @property
    def addressee(self) -> str:
        return self.participant.name + ("" if self.wording.proposer == NO_SUFFIX else self.wording.proposer)


def _assisted(facts: _Facts) -> Progress:
    led_by = Suggestion.objects.values_list("lead_unit", flat=True).get(pk=facts.matter.pk)
    return Progress(
        number=facts.wording.subject,
        addressee=facts.addressee,
        office=facts.matter.procuratorate.name,
        office_phone=facts.matter.procuratorate.phone,
        role=facts.matter.get_handler_role_display(),
        status="协助办理",
        received_on=facts.matter.received_on,
        led_by=led_by or "主办单位",
    )


def _full(facts: _Facts) -> Progress:
    matter = facts.matter
    lead = lead_parts(matter)
    due = statutory(matter) if facts.last is None and matter.is_open else None
    rating = _rating_form(facts)
    return Progress(
        number=facts.wording.subject,
        addressee=facts.addressee,
        office=matter.procuratorate.name,
        office_phone=matter.procuratorate.phone,
        role=matter.get_handler_role_display(),
        status=_status(facts, asks=rating is not None),
        received_on=matter.received_on,
        stages=tuple(_stages(facts)),
        contacts=tuple(_contacts(facts)),
        department="、".join(part.who for part in lead),
        due_on=due.due_on if due else None,
        due_is_provisional=bool(due and due.provisional),
        due_why=tuple(due.explanation) if due else (),
        letters=tuple(_letter(facts, reply) for reply in facts.letters),
        rating=rating,
        ratings=tuple(_given(facts)),
        said=tuple(_said(facts)),
    )


def _status(facts: _Facts, *, asks: bool) -> str:
    status = Status(facts.matter.status)
    if facts.matter.outcome == RETURNED:
        return "已退回交办机关"
    if facts.matter.outcome == WITHDRAWN:
        return "已撤回"
    if status in UNDER_WAY:
        return "重新办理中" if facts.matter.round > 1 else UNDER_WAY[status]
    if asks:
        return "待您评价"
    if status is Status.REPLIED:
        return "已评价"
    return "已办结"


def _stages(facts: _Facts) -> Iterator[Stage]:
    """The four stages as the desk shows them too, one rule for both (decision 8)."""
    for shown in stages_of(facts.matter):
        yield Stage(label=shown.label, state=shown.state, on=shown.on)


def _contacts(facts: _Facts) -> Iterator[Contact]:
    officer = facts.matter.liaison_officer
    if officer is not None:
        phone = officer.office_phone or facts.matter.procuratorate.phone
        yield Contact(role="联络员", name=officer.staff.name, phone=phone)
    for part in lead_parts(facts.matter):
        heads = department_heads(part.department, on=facts.on) if part.department else []
        for head in heads[:1]:
            yield Contact(role=f"{part.who}负责人", name=head.staff.name, phone=head.office_phone)


def _letter(facts: _Facts, reply: Reply) -> CardLetter:
    delivered = reply.deliveries.filter(participant=facts.participant).values_list("delivered_on", flat=True).first()
    return CardLetter(
        number=str(reply.number), title=facts.wording.second_title if reply.kind == SECOND else facts.wording.title,
        issued_on=reply.issued_on, delivered_on=delivered,
        file=_file_name(reply),
    )  # fmt: skip


def _file_name(reply: Reply) -> str:
    if reply.pdf is not None:
        return f"{reply.number}.pdf"
    return f"{reply.number}.docx" if reply.docx is not None else ""


def _files(facts: _Facts) -> Iterator[CardContent]:
    for reply in facts.letters:
        file = reply.pdf or reply.docx
        if file is not None:
            yield CardContent(name=_file_name(reply), media_type=file.media_type, content=read(file))


def _rating_form(facts: _Facts) -> RatingForm | None:
    """Asked for while the answer of the present round is out, or a second letter may be rated, and this signer has
    not rated it in any way; the second letter first, since its time is running."""
    reply = _to_rate(facts)
    if reply is None:
        return None
    limit = rating_deadline(reply)
    scale: Sequence[Choice] = [
        Choice(code=grade.code, label=grade.label) for grade in grades(facts.matter, facts.on)
    ]  # fmt: skip
    return RatingForm(
        reply=f"reply:{reply.pk}", letter=str(reply.number), round=reply.round, grades=tuple(scale),
        due_on=limit.due_on if limit else None, due_why=tuple(limit.explanation) if limit else (),
    )  # fmt: skip


def _to_rate(facts: _Facts) -> Reply | None:
    status = Status(facts.matter.status)
    second = facts.second if status in ANSWERED else None
    limit = rating_deadline(second) if second is not None else None
    if limit is not None and facts.on > limit.due_on:
        second = None
    first = facts.last if status is Status.REPLIED else None
    rated = set(facts.matter.ratings.filter(participant=facts.participant).values_list("reply_id", flat=True))
    return next((reply for reply in (second, first) if reply is not None and reply.pk not in rated), None)


def _given(facts: _Facts) -> Iterator[GivenRating]:
    for reply in facts.letters:
        rating = standing(reply).get(facts.participant.pk)
        if rating is not None:
            yield GivenRating(
                letter=str(reply.number), round=reply.round,
                attitude=grade_label(facts.matter, rating.attitude, facts.on),
                result=grade_label(facts.matter, rating.result, facts.on), words=rating.words,
                rated_on=rating.rated_on, provisional=not rating.is_of_record,
            )  # fmt: skip


def _said(facts: _Facts) -> Iterator[Said]:
    limits = kind_of(facts.matter).limits
    anew = Deadline.objects.filter(matter=facts.matter, limit_code=limits.redo).order_by("round")
    for deadline in anew:
        yield Said(on=deadline.starts_on, text="我院已按您的意见重新办理，办理结果将再次书面答复您。")
    for reply in facts.letters:
        if reply.kind == SECOND and reply.issued_on is not None:
            yield Said(on=reply.issued_on, text=f"我院已就答复中承诺的事项以{reply.number}再行答复您。")

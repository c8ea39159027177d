"""A suggestion is taken back in writing by all who brought it; with the assigning organ's consent where the book wants
it, handling ends. Until then everything runs on, and the attempt can be undone (practice 10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.kinds import require_rated
from huiyin.matters.linkage import ConsentKind
from huiyin.matters.models import Matter, Participant
from huiyin.matters.operations.consents import CongressAnswer, ask_consent, keep_answer
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import posts_with
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.books.vocabulary import Consent
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.models import (
    WITHDRAWAL_LABELS,
    WITHDRAWAL_MOVES,
    Withdrawal,
    WithdrawalPaper,
    WithdrawalState,
    WithdrawalStep,
)
from huiyin.suggestions.operations.ending import end_handling, require_endable
from huiyin.suggestions.queries import still_to_withdraw, withdrawal_under_way

SUBJECT: Final = "suggestions.withdrawal"


class CannotWithdraw(Refusal):
    """Not all have withdrawn, somebody has already, or something is missing."""

    code = "suggestions.cannot_withdraw"


class WithdrawalMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "suggestions.withdrawal_moved_on"


@operation
def record_withdrawal(
    *,
    matter: Matter,
    signers: Sequence[Participant],
    others: Sequence[str] = (),
    signed_on: date,
    scan: StoredFile | None,
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Withdrawal:
    """Keep the paper on which some signers take the suggestion back; the first begins it, one request_key keeps once.

    others: names of signers the register does not list. Raises NotAllowed, CannotWithdraw, CannotEnd."""
    require(actor, "suggestions.record_withdrawal", matter)
    require_rated(matter, "登记撤回")
    held = Matter.objects.select_for_update(no_key=True, of=("self",))
    matter = held.select_related("procuratorate", "leader__staff", "liaison_officer__staff").get(pk=matter.pk)
    kept = WithdrawalPaper.objects.filter(recorded_by=actor.post, request_key=request_key).first()
    if kept is not None:
        withdrawal = kept.withdrawal
    else:
        withdrawal = _keep(matter, signers, others, signed_on, scan, request_key, actor, at)
    names = list(withdrawal.papers.filter(request_key=request_key).values_list("name", flat=True))
    record("suggestions.withdrawal_recorded", actor=actor, target=target(matter), at=at, names=names, on=signed_on)
    return withdrawal


def _keep(
    matter: Matter,
    signers: Sequence[Participant],
    others: Sequence[str],
    signed_on: date,
    scan: StoredFile | None,
    key: UUID,
    actor: PostActor,
    at: datetime,
) -> Withdrawal:
    withdrawal = withdrawal_under_way(matter) or _begin(matter, actor, at)
    if withdrawal.state != WithdrawalState.OPEN:
        raise CannotWithdraw(f"{matter.known_as}的撤回现在是“{withdrawal.get_state_display()}”，不用再登记。")
    _check_paper(matter, signed_on, scan, at.date())
    assert scan is not None
    named: dict[str, Participant | None] = {each.name: each for each in signers}
    named |= {clip(name.strip(), 100): None for name in others if name.strip()}
    if not named:
        raise CannotWithdraw("请勾选在撤回书上签名的提出人。")
    _check_names(withdrawal, named)
    WithdrawalPaper.objects.bulk_create(
        WithdrawalPaper(
            withdrawal=withdrawal, participant=who, name=name, signed_on=signed_on, scan=scan, recorded_by=actor.post,
            recorded_at=at, request_key=key,
        )
        for name, who in named.items()
    )  # fmt: skip
    Withdrawal.objects.filter(pk=withdrawal.pk).update(version=F("version") + 1)
    withdrawal.refresh_from_db()
    if not still_to_withdraw(withdrawal).count:
        _tell_complete(withdrawal, at)
    return withdrawal


def _begin(matter: Matter, actor: PostActor, at: datetime) -> Withdrawal:
    require_endable(matter)
    try:
        rule = stack_for(matter.procuratorate, on=at.date()).withdrawal(at.date())
        needs_consent, basis = rule.consent is Consent.ASSIGNING_ORGAN, str(rule.basis)
    except RuleNotFound:
        needs_consent, basis = True, ""  # where no book says, the assigning organ is asked (practice 10)
    return Withdrawal.objects.create(
        matter=matter, needs_consent=needs_consent, basis=clip(basis, 160), begun_by=actor.post, begun_at=at
    )


def _check_paper(matter: Matter, signed_on: date, scan: StoredFile | None, today: date) -> None:
    if not matter.received_on <= signed_on <= today:
        raise CannotWithdraw("签署日期应在我院收到建议之日与今天之间，请核对。")
    if scan is None:
        raise CannotWithdraw("请上传撤回书的扫描件。")


def _check_names(withdrawal: Withdrawal, named: dict[str, Participant | None]) -> None:
    twice = sorted(set(named) & set(withdrawal.papers.values_list("name", flat=True)))
    if twice:
        raise CannotWithdraw(f"{'、'.join(twice)}的书面撤回已经登记过。")
    left = still_to_withdraw(withdrawal)
    unlisted = sum(who is None for who in named.values())
    if unlisted > left.unlisted:
        raise CannotWithdraw(
            f"登记表上没有列名的联名人还有{left.unlisted}人，这里填了{unlisted}人。请先核对联名人数，或者更正登记内容。"
        )


@operation
def remove_withdrawal(*, paper: WithdrawalPaper, reason: str, actor: PostActor, version: int, at: datetime) -> None:
    """A signer has thought better of it, or the paper was somebody else's. version: the withdrawal's.

    Raises NotAllowed, WithdrawalMovedOn."""
    withdrawal = paper.withdrawal
    require(actor, "suggestions.record_withdrawal", withdrawal.matter)
    as_read = Withdrawal.objects.filter(pk=withdrawal.pk, version=version, state=WithdrawalState.OPEN)
    if not as_read.update(version=F("version") + 1) or not WithdrawalPaper.objects.filter(pk=paper.pk).delete()[0]:
        raise _moved_on(withdrawal)
    facts = {"name": paper.name, "reason": reason}
    record("suggestions.withdrawal_removed", actor=actor, target=target(withdrawal.matter), at=at, **facts)


@operation
def ask_withdrawal(
    *, withdrawal: Withdrawal, letter_number: str, sent_on: date, actor: PostActor, version: int, at: datetime
) -> Withdrawal:
    """Record the letter that asks the assigning organ's consent; letter_number "" takes the next of our own.

    Raises NotAllowed, CannotWithdraw, CannotEnd, WithdrawalMovedOn."""
    require(actor, "suggestions.end_withdrawal", withdrawal.matter)
    matter = withdrawal.matter
    if not withdrawal.needs_consent:
        raise CannotWithdraw("制度没有要求交办机关同意，全部提出人撤回后可以直接终止办理。")
    _require_complete(withdrawal)
    require_endable(matter)
    last = withdrawal.papers.order_by("-signed_on").values_list("signed_on", flat=True)[0]
    if not last <= sent_on <= at.date():
        raise CannotWithdraw("发函日期应在最后一份撤回书签署之日与今天之间，请核对。")
    _move(withdrawal, WithdrawalStep.ASK, version=version)
    record("suggestions.withdrawal_sent", actor=actor, target=target(matter), at=at, sent_on=sent_on)
    number = clip(letter_number.strip(), 60) or _numbered(withdrawal, actor, at)
    consent = ask_consent(
        matter, ConsentKind.WITHDRAWAL, request_number=number, requested_on=sent_on, actor=actor, at=at
    )
    Withdrawal.objects.filter(pk=withdrawal.pk).update(consent=consent)
    withdrawal.refresh_from_db()
    return withdrawal


def _numbered(withdrawal: Withdrawal, actor: PostActor, at: datetime) -> str:
    office = withdrawal.matter.procuratorate
    return allot(
        procuratorate=office, code=f"letter:{office.document_prefix}函", year=at.year,
        pattern="{prefix}函〔{year}〕{value}号", actor=actor, at=at,
        subject=Target(kind=SUBJECT, key=str(withdrawal.pk), label=f"{withdrawal.matter.known_as}撤回商请函"),
    ).text  # fmt: skip


@operation
def answer_withdrawal(
    *, withdrawal: Withdrawal, answer: CongressAnswer, actor: PostActor, version: int, at: datetime
) -> Withdrawal:
    """Record the answer: agreed, and handling ends; refused, and it goes on as it was.

    Raises NotAllowed, AnswerIncomplete, CannotEnd, WithdrawalMovedOn, StepNotAllowed, MatterMovedOn."""
    require(actor, "suggestions.end_withdrawal", withdrawal.matter)
    matter, consent = withdrawal.matter, withdrawal.consent
    if consent is None or withdrawal.state != WithdrawalState.ASKED:
        raise _moved_on(withdrawal)
    step = WithdrawalStep.FINISH if answer.agreed else WithdrawalStep.REFUSE
    _move(withdrawal, step, version=version, ended_by=actor.post, ended_at=at)
    keep_answer(consent, answer, at=at)
    facts = {"agreed": answer.agreed, "document_number": consent.document_number}
    record("suggestions.withdrawal_answered", actor=actor, target=target(matter), at=at, **facts)
    if answer.agreed:
        end_handling(withdrawal, actor=actor, at=at)
    return withdrawal


@operation
def finish_withdrawal(*, withdrawal: Withdrawal, actor: PostActor, version: int, at: datetime) -> Withdrawal:
    """All have withdrawn and the book asks nobody else: handling ends.

    Raises NotAllowed, CannotWithdraw, CannotEnd, WithdrawalMovedOn, StepNotAllowed, MatterMovedOn."""
    require(actor, "suggestions.end_withdrawal", withdrawal.matter)
    if withdrawal.needs_consent:
        raise CannotWithdraw("按制度须经交办机关同意才能终止办理，请先发函商请。")
    _require_complete(withdrawal)
    _move(withdrawal, WithdrawalStep.FINISH, version=version, ended_by=actor.post, ended_at=at)
    record("suggestions.withdrawal_finished", actor=actor, target=target(withdrawal.matter), at=at)
    end_handling(withdrawal, actor=actor, at=at)
    return withdrawal


@operation
def drop_withdrawal(*, withdrawal: Withdrawal, reason: str, actor: PostActor, version: int, at: datetime) -> Withdrawal:
    """They do not take it back after all; its papers stay on file. Raises NotAllowed, WithdrawalMovedOn."""
    require(actor, "suggestions.record_withdrawal", withdrawal.matter)
    _move(
        withdrawal, WithdrawalStep.DROP, version=version, ended_by=actor.post, ended_at=at, end_reason=clip(reason, 200)
    )
    facts = {"reason": reason}
    record("suggestions.withdrawal_dropped", actor=actor, target=target(withdrawal.matter), at=at, **facts)
    return withdrawal


def _require_complete(withdrawal: Withdrawal) -> None:
    left = still_to_withdraw(withdrawal)
    if left.count:
        raise CannotWithdraw(f"还有{left.words}没有书面撤回。联名提出的，须全部提出人撤回才能终止办理。")


def _move(withdrawal: Withdrawal, step: WithdrawalStep, *, version: int, **updates: Any) -> None:
    """The one place where its state is written, guarded by the version as read."""
    new = WITHDRAWAL_MOVES.get((WithdrawalState(withdrawal.state), step))
    as_read = Withdrawal.objects.filter(pk=withdrawal.pk, version=version, state=withdrawal.state)
    if new is None or not as_read.update(version=F("version") + 1, state=new, **updates):
        raise _moved_on(withdrawal)
    withdrawal.refresh_from_db()


def _moved_on(withdrawal: Withdrawal) -> WithdrawalMovedOn:
    now = WITHDRAWAL_LABELS[WithdrawalState(Withdrawal.objects.values_list("state", flat=True).get(pk=withdrawal.pk))]
    return WithdrawalMovedOn(f"{withdrawal.matter.known_as}的撤回现在是“{now}”，刚刚由同事办理过，请刷新后再看。")


def _tell_complete(withdrawal: Withdrawal, at: datetime) -> None:
    matter = withdrawal.matter
    next_act = "请发函商请交办机关同意" if withdrawal.needs_consent else "请终止办理"
    for post in posts_with(matter.procuratorate, Role.LIAISON_OFFICE, on=at.date()):
        queue(
            event_key=f"withdrawal:{withdrawal.pk}:complete:{withdrawal.version}",
            title=f"已全部撤回：{matter.known_as}", at=at, post=post, lane=Lane.STATUTORY,
            body=f"{matter.naming}的提出人已全部书面撤回，{next_act}。",
            link=f"/desk/matters/{matter.pk}/withdrawal/", procuratorate=matter.procuratorate,
        )  # fmt: skip

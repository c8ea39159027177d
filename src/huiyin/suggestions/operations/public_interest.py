"""公益诉讼转化: opened, decided on, its papers recorded and copied back within the book's days, ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from huiyin.approvals.queries import stands_in_for
from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Matter
from huiyin.matters.queries import department_heads, leaders, posts_with
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department, Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.suggestions.kind import ACCOUNTED, converted
from huiyin.suggestions.models import Direction, PaperKind, PublicTransfer, TransferPaper, TransferState
from huiyin.suggestions.operations.public_interest_dues import meet_copy, open_copy

ALLOWED: Final = {
    (Direction.TO_CASE, TransferState.RUNNING): (PaperKind.FILING, PaperKind.PROPOSAL),
    (Direction.TO_CASE, TransferState.REFUSED): (PaperKind.NO_FILING,),
    (Direction.TO_SUGGESTION, TransferState.RUNNING): (PaperKind.PROPOSAL,),
}
"""Which papers belong to a conversion by its direction and how far it is."""


class CannotTransfer(Refusal):
    """Something is missing or does not fit, or a colleague was faster."""

    code = "suggestions.cannot_transfer"


@dataclass(frozen=True, kw_only=True)
class TransferFacts:
    """What is converted, which way, who handles it, who gets copies. leader: who decides on filing, to a case only."""

    direction: Direction
    title: str
    field: str
    reason: str
    received_on: date
    department: Department
    copied_to: str
    leader: Post | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """One paper. addressee: the organ a 检察建议书 is for."""

    kind: PaperKind
    number: str
    dated_on: date
    addressee: str = ""


@operation
def open_transfer(
    *, facts: TransferFacts, matter: Matter | None = None, request_key: UUID, actor: PostActor, at: datetime
) -> PublicTransfer:
    """Enter a conversion; to a case it waits for the leader's decision on filing. One request_key opens once.

    Raises NotAllowed, CannotTransfer."""
    require(actor, "suggestions.open_transfer")
    transfer = PublicTransfer.objects.filter(opened_by=actor.post, request_key=request_key).first()
    again = transfer is not None
    if transfer is None:
        _check(facts, matter, actor, at)
        to_case = facts.direction is Direction.TO_CASE
        transfer = PublicTransfer.objects.create(
            procuratorate=actor.post.procuratorate, direction=facts.direction, matter=matter,
            source=clip(facts.source.strip(), 200), title=clip(facts.title.strip(), 200), field=facts.field,
            reason=clip(facts.reason.strip(), 500), received_on=facts.received_on, department=facts.department,
            copied_to=clip(facts.copied_to.strip(), 120), leader=facts.leader if to_case else None,
            state=TransferState.PROPOSED if to_case else TransferState.RUNNING, opened_by=actor.post, opened_at=at,
            request_key=request_key,
        )  # fmt: skip
        if transfer.leader is not None:
            _tell([transfer.leader], transfer, "proposed", "待您决定是否立案", f"{actor.post.label}提出", at)
        heads = department_heads(facts.department, on=at.date())
        _tell(heads, transfer, "opened", "公益诉讼转化", f"交{facts.department}办理", at)
    told = {"direction": facts.direction.value, "field": transfer.field, "again": again}
    record("suggestions.transfer_opened", actor=actor, target=target_of(transfer), at=at, **told)
    return transfer


def _check(facts: TransferFacts, matter: Matter | None, actor: PostActor, at: datetime) -> None:
    office = actor.post.procuratorate_id
    if not facts.title.strip() or not facts.field or not facts.reason.strip() or not facts.copied_to.strip():
        raise CannotTransfer("请写明线索、领域、理由和抄送机关。")
    if facts.department.procuratorate_id != office:
        raise CannotTransfer("请选择本院的部门办理。")
    if facts.received_on > at.date():
        raise CannotTransfer("收到日不能晚于今天。")
    if facts.direction is Direction.TO_CASE:
        if facts.leader is None or facts.leader.pk not in {
            post.pk for post in leaders(actor.post.procuratorate, on=at.date())
        }:
            raise CannotTransfer("请选择本院在任的院领导决定是否立案。")
        if matter is None and not facts.source.strip():
            raise CannotTransfer("不是本院登记的建议，请写明来源，例如哪个机关抄送、第几号建议。")
    if matter is None:
        return
    if not Matter.objects.open_to(actor.post).filter(pk=matter.pk, kind__in=ACCOUNTED).exists():
        raise CannotTransfer(f"{matter.number}不是您可以查看的建议、提案，请核对。")
    if converted(matter) is not None:
        raise CannotTransfer(f"{matter.number}已经转其他途径办理，不再转公益诉讼。")
    if matter.public_transfers.filter(state=TransferState.PROPOSED).exists():
        raise CannotTransfer(f"{matter.number}已经提出转公益诉讼，请等院领导决定。")


@operation
def decide_filing(
    *, transfer: PublicTransfer, agreed: bool, opinion: str, actor: PostActor, version: int, at: datetime
) -> PublicTransfer:
    """The leader asked, or who stands in for him, decides whether a case is filed; not to file needs a reason.

    Raises NotAllowed, CannotTransfer."""
    require(actor, "suggestions.decide_filing", transfer)
    if transfer.leader_id not in stands_in_for(actor.post, at.date()):
        raise CannotTransfer(f"这件请{transfer.leader.label if transfer.leader else '院领导'}决定。")
    if not agreed and not opinion.strip():
        raise CannotTransfer("不立案的，请写明理由，抄送机关和代表会问到。")
    _write(
        transfer, version, among=(TransferState.PROPOSED,),
        state=TransferState.RUNNING if agreed else TransferState.REFUSED, opinion=clip(opinion.strip(), 300),
        decided_by=actor.post, decided_at=at,
    )  # fmt: skip
    word = "同意立案，请登记立案决定书" if agreed else f"不立案：{transfer.opinion}"
    told = [transfer.opened_by, *department_heads(transfer.department, on=at.date())]
    _tell(told, transfer, "decided", "立案已决定", word, at)
    record("suggestions.filing_decided", actor=actor, target=target_of(transfer), at=at, agreed=agreed, opinion=opinion)
    return transfer


@operation
def record_paper(
    *, transfer: PublicTransfer, facts: PaperFacts, file: StoredFile | None, request_key: UUID, actor: PostActor,
    version: int, at: datetime,
) -> TransferPaper:  # fmt: skip
    """Record a decision or a 检察建议书; its copy is due within the book's days, counted from its date.

    One request_key records once. Raises NotAllowed, CannotTransfer."""
    require(actor, "suggestions.record_paper", transfer)
    paper = TransferPaper.objects.filter(recorded_by=actor.post, request_key=request_key).first()
    again = paper is not None
    if paper is None:
        _check_paper(transfer, facts, at)
        _write(transfer, version, among=tuple(TransferState))
        paper = TransferPaper.objects.create(
            transfer=transfer, kind=facts.kind, number=clip(facts.number.strip(), 60), dated_on=facts.dated_on,
            addressee=clip(facts.addressee.strip(), 120), file=file, recorded_by=actor.post, recorded_at=at,
            request_key=request_key,
        )  # fmt: skip
        forget_drafts(request_key, actor.key)
        open_copy(paper, at=at)
        office = posts_with(transfer.procuratorate, Role.LIAISON_OFFICE, on=at.date())
        _tell(
            office, transfer, f"paper:{paper.pk}", "待抄送公益诉讼文书", f"{paper.naming}应抄送{transfer.copied_to}", at
        )
    told = {"kind": paper.get_kind_display(), "number": paper.number, "again": again}
    record("suggestions.transfer_paper_recorded", actor=actor, target=target_of(transfer), at=at, **told)
    return paper


def _check_paper(transfer: PublicTransfer, facts: PaperFacts, at: datetime) -> None:
    if facts.kind not in papers_of(transfer):
        raise CannotTransfer(f"这件转化现在是“{transfer.get_state_display()}”，不能登记这种文书。")
    if not facts.number.strip():
        raise CannotTransfer("请填写文号。")
    if facts.kind is PaperKind.PROPOSAL and not facts.addressee.strip():
        raise CannotTransfer("检察建议书请写明发给哪个单位。")
    if not transfer.received_on <= facts.dated_on <= at.date():
        raise CannotTransfer(f"成文日期应在收到日（{transfer.received_on:%Y-%m-%d}）与今天之间，请核对。")


def papers_of(transfer: PublicTransfer) -> tuple[PaperKind, ...]:
    """Which papers may be recorded now."""
    return ALLOWED.get((Direction(transfer.direction), TransferState(transfer.state)), ())


@operation
def note_copied(*, paper: TransferPaper, copied_on: date, how: str, actor: PostActor, at: datetime) -> TransferPaper:
    """Note that the copy went out; meets its day. Raises NotAllowed, CannotTransfer."""
    transfer = paper.transfer
    require(actor, "suggestions.note_copied", transfer)
    if not paper.dated_on <= copied_on <= at.date():
        raise CannotTransfer("抄送日应在成文日期与今天之间，请核对。")
    if not how.strip():
        raise CannotTransfer("请写明怎样抄送的，例如机要交换、谁签收。")
    waiting = TransferPaper.objects.filter(pk=paper.pk, copied_on=None)
    if not waiting.update(copied_on=copied_on, copied_how=clip(how.strip(), 100), copied_by=actor.post):
        raise CannotTransfer("这份文书的抄送已经登记过了。")
    paper.refresh_from_db()
    meet_copy(paper, at=at)
    told = {"paper": paper.naming, "copied_on": copied_on, "to": transfer.copied_to}
    record("suggestions.transfer_copied", actor=actor, target=target_of(transfer), at=at, **told)
    return paper


@operation
def end_transfer(
    *, transfer: PublicTransfer, outcome: str, ended_on: date, matter: Matter | None = None, actor: PostActor,
    version: int, at: datetime,
) -> PublicTransfer:  # fmt: skip
    """Say what came of it, once every paper's copy went out. matter: the suggestion a case became, where it is ours.

    Raises NotAllowed, CannotTransfer."""
    require(actor, "suggestions.end_transfer", transfer)
    if not outcome.strip():
        raise CannotTransfer("请写明结果，例如整改到位，或者形成第几号代表建议。")
    if not transfer.received_on <= ended_on <= at.date():
        raise CannotTransfer("办结日应在收到日与今天之间，请核对。")
    waiting = transfer.papers.filter(copied_on=None).first()
    if waiting is not None:
        raise CannotTransfer(f"{waiting.naming}还没有登记抄送{transfer.copied_to}，登记以后再办结。")
    given: dict[str, Any] = {}
    if matter is not None and transfer.direction == Direction.TO_SUGGESTION:
        if not Matter.objects.open_to(actor.post).filter(pk=matter.pk, kind__in=ACCOUNTED).exists():
            raise CannotTransfer(f"{matter.number}不是您可以查看的建议、提案，请核对。")
        given = {"matter": matter}
    _write(
        transfer, version, among=(TransferState.RUNNING, TransferState.REFUSED), state=TransferState.ENDED,
        outcome=clip(outcome.strip(), 500), ended_on=ended_on, ended_by=actor.post, **given,
    )  # fmt: skip
    record("suggestions.transfer_ended", actor=actor, target=target_of(transfer), at=at, outcome=transfer.outcome)
    return transfer


def _write(transfer: PublicTransfer, version: int, *, among: Iterable[TransferState], **changes: Any) -> None:
    """The one place where it is written, guarded by the version as read and by how far it is."""
    as_read = PublicTransfer.objects.filter(pk=transfer.pk, version=version, state__in=list(among))
    if not as_read.update(version=F("version") + 1, **changes):
        transfer.refresh_from_db()
        raise CannotTransfer(f"这件转化现在是“{transfer.get_state_display()}”，刚刚由同事办理过，请刷新后再看。")
    transfer.refresh_from_db()


def target_of(transfer: PublicTransfer) -> Target:
    """A conversion as the audit names it."""
    return Target(kind="suggestions.public_transfer", key=str(transfer.pk), label=f"公益诉讼转化：{transfer.title}")


def _tell(posts: Iterable[Post], transfer: PublicTransfer, what: str, title: str, body: str, at: datetime) -> None:
    for post in {post.pk: post for post in posts}.values():
        queue(
            event_key=f"public_transfer:{transfer.pk}:{what}", title=f"{title}：{transfer.title}",
            body=f"“{transfer.title}”（{transfer.get_direction_display()}）：{body}。", at=at, post=post,
            lane=Lane.STATUTORY, link=f"/desk/public-interest/{transfer.pk}/", procuratorate=transfer.procuratorate,
        )  # fmt: skip

"""What ends with a suggestion that was taken back: drafts, parts, days; who hears of it. Always inside an operation."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.drafting import running_reply
from huiyin.matters.kinds import publish
from huiyin.matters.models import ClockEvent, Deadline, Matter, Supervision, Undertaking
from huiyin.matters.moves import advance, advance_undertaking
from huiyin.matters.operations.deadlines import drop_all
from huiyin.matters.operations.recompute import recompute_one
from huiyin.matters.operations.replies_undoing import void_letter
from huiyin.matters.operations.supervisions import withdraw_supervision
from huiyin.matters.parts import parts_of
from huiyin.matters.queries import department_heads
from huiyin.matters.rules import WITHDRAWN, ReplyStatus, Status, Step, UndertakingStatus, UndertakingStep
from huiyin.matters.rules.supervision import RUNNING_SUPERVISION
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.suggestions.models import Withdrawal
from huiyin.suggestions.operations.returns import running_return
from huiyin.suggestions.queries import sheet_of

ENDABLE: Final = frozenset({Status.REGISTERED, Status.ASSIGNED, Status.IN_HAND})
REASON: Final = "提出人书面撤回"


class CannotEnd(Refusal):
    """Answered already, or a paper of it is on its road and must be called back first."""

    code = "suggestions.cannot_end"


def require_endable(matter: Matter) -> None:
    """Raise CannotEnd where handling cannot end by a withdrawal now; the sentence says what to do first."""
    known = matter.known_as
    if matter.replies.exclude(issued_on=None).exists():
        raise CannotEnd(f"{known}已经印发答复，不能再按撤回终止办理；提出人的意见请登记在评价或者沟通记录里。")
    if matter.status not in ENDABLE:
        raise CannotEnd(f"{known}现在是“{matter.get_status_display()}”，请先撤回送批、送审的文稿，再办理撤回。")
    reply = running_reply(matter)
    if reply is not None and reply.status != ReplyStatus.DRAFT:
        raise CannotEnd(f"{known}的文稿已经送审，请先撤回送审，再办理撤回。")
    if running_return(matter) is not None:
        raise CannotEnd(f"{known}正在商请退回交办机关，请先撤回退回。")
    if matter.conversions.filter(verdict="").exists():
        raise CannotEnd(f"{known}已经提出转案件咨询，请等办公室负责人决定。")
    sheet = sheet_of(matter)
    if sheet is not None and matter.status == Status.REGISTERED:
        raise CannotEnd(f"{known}列在拟办单{sheet.number}上，请先把它移出那张拟办单。")


def end_handling(withdrawal: Withdrawal, *, actor: PostActor, at: datetime) -> None:
    """Close the matter as withdrawn: parts, orders and open days ended, a draft void; the file stays.

    Raises CannotEnd, StepNotAllowed, MatterMovedOn."""
    matter = Matter.objects.select_for_update(no_key=True, of=("self",)).get(pk=withdrawal.matter_id)
    require_endable(matter)
    draft = running_reply(matter)
    if draft is not None:
        void_letter(reply=draft, reason=REASON, actor=actor, version=draft.version, at=at)
        matter.refresh_from_db()
    parts = parts_of(matter)
    for part in parts:
        if part.status != UndertakingStatus.WITHDRAWN:
            advance_undertaking(part, UndertakingStep.WITHDRAW, version=part.version, at=at)
    _end_orders(matter, actor, at)
    _end_days(matter, actor, at)
    advance(matter, Step.WITHDRAW, version=matter.version, at=at, outcome=WITHDRAWN, closed_at=at)
    for post in _hearers(matter, parts, at):
        queue(
            event_key=f"withdrawal:{withdrawal.pk}:done", title=f"已撤回：{matter.known_as}",
            body=f"{matter.naming}的提出人已全部书面撤回，终止办理，材料仍归档。", at=at, post=post,
            lane=Lane.STATUTORY, link=f"/desk/matters/{matter.pk}/", procuratorate=matter.procuratorate,
        )  # fmt: skip
    indexing.reindex(matter)
    publish(matter, at=at)
    withdrawal.matter.refresh_from_db()


def _end_orders(matter: Matter, actor: PostActor, at: datetime) -> None:
    """Nobody is pressed any more, unless the order is about another matter still in hand."""
    running = Supervision.objects.filter(matters=matter, state__in=RUNNING_SUPERVISION)
    for order in running.select_related("procuratorate", "department", "number").order_by("id"):
        if not order.matters.in_hand().exclude(pk=matter.pk).exists():
            withdraw_supervision(supervision=order, reason=REASON, actor=actor, version=order.version, at=at)


def _end_days(matter: Matter, actor: PostActor, at: datetime) -> None:
    """Each day of the book's says why it ended; then none is open any more."""
    own = Deadline.objects.filter(matter=matter, undertaking=None, met_at=None, dropped_at=None)
    for deadline in own:
        ClockEvent.objects.create(
            deadline=deadline, kind="withdrawn", facts={"on": at.date().isoformat()}, reason=REASON,
            recorded_by=actor.key, recorded_at=at,
        )  # fmt: skip
        recompute_one(deadline, cause=REASON, at=at)
    drop_all(matter=matter, at=at)


def _hearers(matter: Matter, parts: list[Undertaking], at: datetime) -> list[Post]:
    posts = [matter.leader, matter.liaison_officer]
    for part in parts:
        heads = department_heads(part.department, on=at.date()) if part.department is not None else []
        posts += [part.handler, *heads]
    return list({post.pk: post for post in posts if post is not None}.values())

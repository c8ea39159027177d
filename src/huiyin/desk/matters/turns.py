"""现在该做: the next thing to be done with a matter, and whose turn it is; some queries however many matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, F, OuterRef

from huiyin.approvals.models import ApprovalStep
from huiyin.approvals.queries import waiting_for
from huiyin.approvals.rules import ApprovalStatus, StepStatus
from huiyin.matters.drafting import SECOND
from huiyin.matters.joint import unsigned
from huiyin.matters.letter_places import wants_proofreading
from huiyin.matters.models import Matter, Reply, Undertaking
from huiyin.matters.rules import HandlerRole, OpinionState, ReplyStatus, Status, UndertakingStatus
from huiyin.organisations.models import Post
from huiyin.organisations.rules import ROLE_LABELS, Role

OFFICE: Final = "联络办公室"
REGISTRY: Final = ROLE_LABELS[Role.REGISTRY]
AFTER_SIGNING: Final = {
    ReplyStatus.NUMBERED: ("用印", REGISTRY),
    ReplyStatus.SEALED: ("印发", OFFICE),
    ReplyStatus.ISSUED: ("登记送达", OFFICE),
    ReplyStatus.DELIVERED: ("登记评价", OFFICE),
}
ON_ITS_ROAD: Final = frozenset({Status.PROPOSING, Status.SIGNING})
LETTER_OUT: Final = frozenset({Status.SIGNED, Status.REPLIED})


@dataclass(frozen=True)
class Turn:
    """What is to be done next. who: whose turn it is, "" where the reader's department sees it from the row."""

    act: str
    who: str = ""


def turns(matters: Sequence[Matter], post: Post, on: date) -> dict[int, Turn]:
    """Matter → what is to be done next, for those that are open; a department reads its own part.

    matters: with their running undertakings in `parts`, as with_row_facts reads them."""
    signing = _open_steps([matter for matter in matters if matter.status in ON_ITS_ROAD], post, on)
    letters = _letters([matter for matter in matters if matter.status in LETTER_OUT])
    found = {}
    for matter in matters:
        status = matter.status_enum
        if status in ON_ITS_ROAD:
            found[matter.pk] = _signature(signing[matter.pk])
        elif status in LETTER_OUT:
            found[matter.pk] = _after_signing(matter, letters.get(matter.pk))
        elif status in {Status.REGISTERED, Status.ASSIGNED, Status.IN_HAND}:
            found[matter.pk] = _handling(matter, status, post)
    return found


def _open_steps(matters: Iterable[Matter], post: Post, on: date) -> dict[int, list[ApprovalStep]]:
    """The steps that wait, of the sheet or the letter each matter stands on."""
    keys = [matter.pk for matter in matters]
    found: dict[int, list[ApprovalStep]] = defaultdict(list)
    if keys:
        running = ApprovalStep.objects.filter(status=StepStatus.OPEN, approval__status=ApprovalStatus.RUNNING)
        of_these = running.filter(approval__matter_links__matter__in=keys).select_related("post__staff")
        mine = Exists(waiting_for(post, on).order_by().filter(pk=OuterRef("pk")))
        told = of_these.annotate(about=F("approval__matter_links__matter"), is_mine=mine)
        for step in told.order_by("position", "id"):
            found[step.about].append(step)
    return found


def _letters(matters: Iterable[Matter]) -> dict[int, Reply]:
    keys = [matter.pk for matter in matters]
    if not keys:
        return {}
    standing = Reply.objects.filter(matter__in=keys, round=F("matter__round")).exclude(status=ReplyStatus.VOIDED)
    return {reply.matter_id: reply for reply in standing.exclude(kind=SECOND).select_related("approval")}


def _signature(steps: Sequence[ApprovalStep]) -> Turn:
    if not steps:
        return Turn("审签")
    label = "、".join(dict.fromkeys(step.label for step in steps))
    if any(getattr(step, "is_mine", False) for step in steps):
        return Turn(label, "请您办理")
    return Turn(label, "、".join(dict.fromkeys(step.post.staff.name for step in steps if step.post)))


def _after_signing(matter: Matter, reply: Reply | None) -> Turn:
    if reply is None:
        return Turn("印发", OFFICE)
    if reply.status == ReplyStatus.SIGNED:
        joint = any(part.is_joint for part in getattr(matter, "parts", []))
        missing = unsigned(reply) if joint else []
        if missing:
            return Turn("登记会签", "、".join(part.who for part in missing))
        proof = reply.proofread_at is None and wants_proofreading(reply)
        return Turn("复核", OFFICE) if proof else Turn("登记取号", REGISTRY)
    return Turn(*AFTER_SIGNING[ReplyStatus(reply.status)])


def _handling(matter: Matter, status: Status, post: Post) -> Turn:
    if status is Status.REGISTERED:
        return Turn("分类、拟办", OFFICE)
    parts: Sequence[Undertaking] = getattr(matter, "parts", [])
    own = [part for part in parts if part.department_id and part.department_id == post.department_id]
    shown = own if post.role_enum in {Role.HANDLER, Role.DEPARTMENT_HEAD} else parts
    waiting = [part for part in shown if part.department and part.status == UndertakingStatus.ASSIGNED]
    if waiting:
        return Turn("签收", "、".join(part.department.short_name for part in waiting if part.department))
    adjusting = [part for part in shown if part.department and part.status == UndertakingStatus.ADJUSTING]
    if adjusting and (status is Status.ASSIGNED or shown is own):
        return Turn("协调调整申请", f"{OFFICE}提意见、院领导决定")
    if own and shown is own and matter.handler_role != HandlerRole.ASSIST and _only_assists(own):
        is_given = all(part.opinion_state != OpinionState.NONE for part in own)
        return Turn("协办意见已反馈，等主办部门答复" if is_given else "反馈协办意见")
    return Turn("办理、起草会办意见" if matter.handler_role == HandlerRole.ASSIST else "沟通、办理、拟稿")


def _only_assists(parts: Iterable[Undertaking]) -> bool:
    return all(part.role == HandlerRole.ASSIST for part in parts)

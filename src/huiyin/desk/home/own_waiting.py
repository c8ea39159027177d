"""What waits on the first half of the road: lists to confirm, matters to route, to sign for, to adjust, inquiries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.undertakings.views import REASSIGNING
from huiyin.imports.models import Batch
from huiyin.imports.rules import BatchStatus
from huiyin.matters.models import Adjustment, Reassignment, Undertaking
from huiyin.matters.rules import Status, UndertakingStatus
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.queries import inquiries_open_to, matters_to_propose
from huiyin.suggestions.rules import ProposalStatus
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("undertakings", undertakings, 20)
    add_waiting("adjustments", adjustments, 30)
    add_waiting("imports", lists, 40)
    add_waiting("proposals", proposals, 50)
    add_waiting("inquiries", inquiries, 90)


def undertakings(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """What my department has not signed for."""
    post = request.post
    if not may(request.actor, "matters.sign_for") or post.department_id is None:
        return
    mine = Undertaking.objects.filter(department=post.department_id, status=UndertakingStatus.ASSIGNED)
    yield Waiting("待签收的交办", mine.count(), _list("assigned"), "项", urgent=True)


def adjustments(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Requests to adjust: the office speaks first, then the leader who assigned."""
    asked = Adjustment.objects.filter(verdict="", undertaking__status=UndertakingStatus.ADJUSTING)
    waiting = asked.filter(undertaking__matter__procuratorate=request.post.procuratorate_id)
    if may(request.actor, "matters.note_adjustment"):
        yield Waiting("待提意见的调整申请", waiting.filter(office_opinion="").count(), _list("adjusting"), urgent=True)
    if may(request.actor, "matters.decide_adjustment"):
        mine = waiting.exclude(office_opinion="").filter(undertaking__matter__leader=request.post)
        yield Waiting("待决定的调整申请", mine.count(), _list("adjusting"), urgent=True)
    if may(request.actor, "matters.decide_reassignment"):
        moves = Reassignment.objects.filter(verdict="", undertaking__matter__leader=request.post)
        yield Waiting("待决定的改派", moves.count(), _list(REASSIGNING), "项", urgent=True)


def _list(status: str) -> str:
    return f"{reverse('desk:undertakings:list')}?status={status}"


def lists(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Lists read and not yet confirmed."""
    if may(request.actor, "suggestions.import"):
        unfinished = [BatchStatus.STAGING, BatchStatus.PREVIEW, BatchStatus.FLIPPING]
        mine = Batch.objects.filter(procuratorate=request.post.procuratorate_id, status__in=unfinished)
        yield Waiting("待确认的导入清单", mine.count(), reverse("desk:imports:list"), "份")


def proposals(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Matters without a routing, and sheets begun and not sent."""
    if not may(request.actor, "suggestions.propose"):
        return
    yield Waiting("待拟办的事项", matters_to_propose(request.post).count(), reverse("desk:proposals:draft"))
    drafts = Proposal.objects.filter(procuratorate=request.post.procuratorate_id, status=ProposalStatus.DRAFT)
    url = f"{reverse('desk:proposals:list')}?status={ProposalStatus.DRAFT}"
    yield Waiting("没有送批的拟办单", drafts.count(), url, "张")


def inquiries(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Case inquiries, each by who does the next thing."""
    if not may(request.actor, "inquiries.list"):
        return
    mine = inquiries_open_to(request.post)
    wanted = {"draft": Q(matter__status=Status.IN_HAND), "answer": Q(matter__status=Status.SIGNED)}
    counted = mine.aggregate(
        **{name: Count("pk", filter=which) for name, which in wanted.items()},
        judge=Count("pk", filter=Q(interference="", answered_on__isnull=False)),
    )
    for verb, label, name in _INQUIRY_LINES:
        if may(request.actor, verb):
            yield Waiting(label, counted[name], reverse("desk:inquiries:list"))


_INQUIRY_LINES = (
    ("inquiries.draft", "待起草的咨询答复", "draft"),
    ("inquiries.answer", "待答复的案件咨询", "answer"),
    ("inquiries.decide_interference", "待决定的干预记录", "judge"),
)

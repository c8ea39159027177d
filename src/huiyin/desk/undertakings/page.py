"""The page of one undertaking, and the forms this post may use on it now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime

from huiyin.approvals.models import Decision
from huiyin.approvals.queries import stands_in_for
from huiyin.approvals.rules import Verdict
from huiyin.desk.due import face
from huiyin.desk.undertakings.forms import (
    AskForm,
    DecideForm,
    DecideReassignmentForm,
    HandlerForm,
    NoteForm,
    ReassignForm,
)
from huiyin.matters.models import Adjustment, Deadline, Matter, Reassignment, Undertaking
from huiyin.matters.operations.deadlines import statutory
from huiyin.matters.queries import handlers_in, proposer_text, running_parts, undertakings_open_to
from huiyin.matters.rules import HANDLER_ROLE_LABELS, HandlerRole, Status, UndertakingStatus
from huiyin.organisations.models import Department
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import calendar
from huiyin.suggestions.models import ProposalRow
from huiyin.suggestions.rules import ProposalStatus
from huiyin.web.clock import today
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest


@dataclass
class Offered:
    """The forms of the acts this post may do now, by the name of the act."""

    forms: dict[str, Form] = field(default_factory=dict)

    def offer(self, name: str, form: Form, typed: dict[str, Form]) -> None:
        """Show a form, as it was typed where it was just refused."""
        self.forms[name] = typed.get(name, form)


def undertaking_or_404(request: StaffRequest, pk: int) -> Undertaking:
    """An undertaking this post may read."""
    readable = undertakings_open_to(request.post, on=today()).select_related(
        "matter__procuratorate",
        "matter__leader__staff",
        "department",
        "organ",
        "handler__staff",
        "signed_for_by__staff",
    )
    return get_object_or_404(readable, pk=pk)


def open_adjustment(undertaking: Undertaking) -> Adjustment | None:
    """The request that waits for a decision."""
    waiting = undertaking.adjustments.filter(verdict="").select_related("proposed_department", "undertaking__matter")
    return waiting.order_by("-id").first()


def open_reassignment(undertaking: Undertaking) -> Reassignment | None:
    """The proposal to reassign that waits for the leader."""
    waiting = undertaking.reassignments.filter(verdict="").select_related("department", "proposed_by__staff")
    return waiting.order_by("-id").first()


def departments_beside(undertaking: Undertaking, on: date) -> list[Department]:
    """Where a part could go: the office's other departments that still stand."""
    standing = Department.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=on), procuratorate=undertaking.matter.procuratorate_id
    )
    return [each for each in standing if each.pk != undertaking.department_id]


def undertaking_page(
    request: StaffRequest, undertaking: Undertaking, *, typed: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """The page; `typed`: a refused form by the name of its act."""
    on, matter = today(), undertaking.matter
    sees_matter = Matter.objects.open_to(request.post).filter(pk=matter.pk).exists()
    forms = offered(request, undertaking, typed or {}).forms
    context: dict[str, Any] = {
        "title": f"{matter.external_number or matter.number} 交{undertaking.who}",
        "sentences": sentences_of(*(form for name, form in (typed or {}).items() if name not in forms)),
        "undertaking": undertaking,
        "matter": matter,
        "sees_matter": sees_matter,
        "deadlines": _deadlines(undertaking, on) if sees_matter else [],
        "facts": _facts(undertaking) if sees_matter else [],
        "others": _others(undertaking) if sees_matter else [],
        "history": _history(undertaking),
        "moves": _moves(undertaking),
        "forms": forms,
    }
    return render(request, "desk/undertakings/detail.html", context, status=status)


def offered(request: StaffRequest, undertaking: Undertaking, typed: dict[str, Form]) -> Offered:
    """What this post may do now."""
    found, on = Offered(), today()
    initial = {"version": undertaking.version}
    state = UndertakingStatus(undertaking.status)
    signs_or_hands_over = {UndertakingStatus.ASSIGNED, UndertakingStatus.IN_HAND, UndertakingStatus.GIVEN}
    if undertaking.department is not None and state in signs_or_hands_over:
        act = "sign_for" if state is UndertakingStatus.ASSIGNED else "change_handler"
        if may(request.actor, f"matters.{act}", undertaking):
            handlers = handlers_in(undertaking.department, on=on)
            found.offer(act, HandlerForm(handlers=handlers, initial=initial), typed)
    if state is UndertakingStatus.ASSIGNED and may(request.actor, "matters.ask_adjustment", undertaking):
        found.offer("ask_adjustment", AskForm(departments=departments_beside(undertaking, on), initial=initial), typed)
    if state is UndertakingStatus.IN_HAND:
        _offer_reassigning(request, undertaking, found, typed)
    adjustment = open_adjustment(undertaking) if state is UndertakingStatus.ADJUSTING else None
    if adjustment is None:
        return found
    if not adjustment.office_opinion and may(request.actor, "matters.note_adjustment", adjustment):
        found.offer("note_adjustment", NoteForm(), typed)
    is_leader = undertaking.matter.leader_id in stands_in_for(request.post, on)
    if is_leader and adjustment.office_opinion and may(request.actor, "matters.decide_adjustment", adjustment):
        form = DecideForm(departments=departments_beside(undertaking, on), initial=initial)
        found.offer("decide_adjustment", form, typed)
    return found


def _offer_reassigning(request: StaffRequest, undertaking: Undertaking, found: Offered, typed: dict[str, Form]) -> None:
    """To propose it while the answer is not up for signature; to decide it where it was proposed."""
    waiting = open_reassignment(undertaking)
    if waiting is not None:
        waiting.undertaking = undertaking
        is_leader = undertaking.matter.leader_id in stands_in_for(request.post, today())
        if is_leader and may(request.actor, "matters.decide_reassignment", waiting):
            initial = {"version": undertaking.version}
            found.offer("decide_reassignment", DecideReassignmentForm(initial=initial), typed)
        return
    is_early = undertaking.matter.status in {Status.ASSIGNED, Status.IN_HAND} and undertaking.department_id
    if is_early and may(request.actor, "matters.propose_reassignment", undertaking):
        departments = departments_beside(undertaking, today())
        found.offer("propose_reassignment", ReassignForm(departments=departments), typed)


def _deadlines(undertaking: Undertaking, on: date) -> list[dict[str, Any]]:
    own = undertaking.deadlines.filter(dropped_at=None).order_by("due_on", "id")
    working_days, whole = calendar(), statutory(undertaking.matter)
    shown: list[Deadline] = [*own, *([whole] if whole else [])]
    return [face(each, on, working_days) for each in shown]


def _facts(undertaking: Undertaking) -> list[dict[str, Any]]:
    matter = undertaking.matter
    role = HANDLER_ROLE_LABELS[HandlerRole(undertaking.role)]
    facts: list[dict[str, Any]] = [
        {"label": "提出人", "text": proposer_text(matter.participants.order_by("position"))},
        {"label": "编号", "text": f"{matter.external_number}（{matter.number}）"},
        {"label": "承办任务", "text": role},
        {"label": "领衔院领导", "text": matter.leader.label if matter.leader else ""},
        {"label": "交办时间", "text": f"{localtime(undertaking.assigned_at):%Y-%m-%d %H:%M}"},
        {"label": "承办人", "text": undertaking.handler.label if undertaking.handler else "待签收时确定"},
    ]
    if undertaking.signed_for_at and undertaking.signed_for_by:
        signed = f"{undertaking.signed_for_by.staff.name}，{localtime(undertaking.signed_for_at):%Y-%m-%d %H:%M}"
        facts.append({"label": "签收", "text": signed})
    return [*facts, *_words_of(_agreed_row(undertaking))]


def _words_of(row: ProposalRow | None) -> list[dict[str, Any]]:
    """What office and leader wrote about it."""
    if row is None:
        return []
    whose = f"（{row.leader.label}，{row.proposal.number}）" if row.leader else ""
    said = [
        ("拟办意见", row.opinion or row.proposal.opinion),
        ("批示", f"{row.instruction}{whose}" if row.instruction else ""),
        *_leaders_words(row),
    ]
    return [{"label": label, "text": text, "wide": True} for label, text in said if text]


def _leaders_words(row: ProposalRow) -> list[tuple[str, str]]:
    """What the row's leader and the chief wrote on the sheet as a whole: it goes to all who carry it out."""
    signed = Decision.objects.filter(approval=row.proposal.approval_id, verdict=Verdict.AGREE, objected_at=None)
    leading = signed.filter(Q(step__post=row.leader_id) | Q(step__post__role=Role.CHIEF)).exclude(opinion="")
    found = leading.select_related("post__staff").order_by("pk")
    return [("院领导批示", f"{each.opinion}（{each.post.label}，{each.signed_on:%Y-%m-%d}）") for each in found]


def _agreed_row(undertaking: Undertaking) -> ProposalRow | None:
    """The agreed row of the 拟办 sheet it came from."""
    rows = ProposalRow.objects.filter(matter=undertaking.matter, proposal__status=ProposalStatus.AGREED)
    return rows.select_related("leader__staff", "proposal").order_by("-pk").first()


def _others(undertaking: Undertaking) -> list[Undertaking]:
    beside = running_parts(undertaking.matter).exclude(pk=undertaking.pk)
    return list(beside.select_related("department", "organ", "handler__staff").order_by("id"))


def _history(undertaking: Undertaking) -> list[Adjustment]:
    asked = undertaking.adjustments.select_related("asked_by__staff", "decided_by__staff", "proposed_department")
    return list(asked.order_by("-id"))


def _moves(undertaking: Undertaking) -> list[Reassignment]:
    """Proposals that it go elsewhere after it was signed for, and the one by which it came here."""
    about = Reassignment.objects.filter(Q(undertaking=undertaking) | Q(successor=undertaking))
    beside = about.select_related(
        "undertaking__department", "department", "proposed_by__staff", "decided_by__staff", "successor"
    )
    return list(beside.order_by("-id"))

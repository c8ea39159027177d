"""What stands on a 拟办 sheet: rows read and written as plain plans, and what a signature on it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from huiyin.kernel.ids import payload_digest
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.operations.deadlines import department_default
from huiyin.matters.operations.undertakings import Part, check_parts
from huiyin.matters.queries import leaders
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.models import Charge, Department, Post
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import Proposal, ProposalRow, ProposedPart


class RowIncomplete(Refusal):
    """A row without leader, department or date cannot go up."""

    code = "suggestions.row_incomplete"


@dataclass(frozen=True, kw_only=True)
class RowPlan:
    """What is proposed for one matter."""

    matter: Matter
    leader: Post | None = None
    parts: tuple[Part, ...] = ()
    opinion: str = ""
    instruction: str = ""


def plans_of(proposal: Proposal) -> list[RowPlan]:
    """The rows of a sheet as plans, in order."""
    return [plan_of(row) for row in rows_of(proposal)]


def rows_of(proposal: Proposal) -> list[ProposalRow]:
    """The rows with everything a page shows of them."""
    found = proposal.rows.select_related(
        "matter__procuratorate", "matter__suggestion__body", "matter__suggestion__proposed_department", "leader__staff"
    )
    parts = ProposedPart.objects.select_related("department", "organ").order_by("pk")
    return list(found.prefetch_related(Prefetch("parts", queryset=parts), "matter__participants"))


def plan_of(row: ProposalRow) -> RowPlan:
    """A stored row as plan."""
    parts = tuple(
        Part(role=HandlerRole(part.role), department=part.department, organ=part.organ, due_on=part.due_on)
        for part in row.parts.all()
    )
    return RowPlan(matter=row.matter, leader=row.leader, parts=parts, opinion=row.opinion, instruction=row.instruction)


def write_row(row: ProposalRow, plan: RowPlan, *, by_leader: bool = False) -> None:
    """Store a plan into its row; parts are written anew. Always inside an operation."""
    row.leader, row.opinion, row.instruction = plan.leader, plan.opinion, plan.instruction
    row.changed_by_leader = row.changed_by_leader or by_leader
    row.save(update_fields=["leader", "opinion", "instruction", "changed_by_leader"])
    row.parts.all().delete()
    ProposedPart.objects.bulk_create(
        ProposedPart(row=row, role=part.role, department=part.department, organ=part.organ, due_on=part.due_on)
        for part in plan.parts
    )


def completed(plan: RowPlan, on: date) -> RowPlan:
    """The plan with what follows from it: who is in charge of the lead department, the book's department date."""
    answering = next((part.department for part in plan.parts if part.department and part.role != "assist"), None)
    leader = plan.leader or plan.matter.leader or (in_charge_of(answering, on) if answering else None)
    proposed = department_default(plan.matter, on=on)
    due_on = proposed.due_on if proposed else None
    alone = len([part for part in plan.parts if part.department]) == 1 and not any(p.organ for p in plan.parts)
    parts = tuple(
        Part(
            role=_role(part.role, alone=alone),
            department=part.department,
            organ=part.organ,
            due_on=part.due_on or due_on,
        )
        for part in plan.parts
    )
    return RowPlan(matter=plan.matter, leader=leader, parts=parts, opinion=plan.opinion, instruction=plan.instruction)


def _role(role: HandlerRole, *, alone: bool) -> HandlerRole:
    """A single department handles it alone; with others beside it, it leads."""
    if role is HandlerRole.LEAD and alone:
        return HandlerRole.SOLE
    if role is HandlerRole.SOLE and not alone:
        return HandlerRole.LEAD
    return role


def in_charge_of(department: Department, on: date) -> Post | None:
    """The member of the leadership who has charge of a department, else the chief."""
    charges = Charge.objects.filter(department=department, from_on__lte=on)
    charge = charges.filter(Q(until_on__isnull=True) | Q(until_on__gt=on)).select_related("post__staff").first()
    if charge is not None:
        return charge.post
    chiefs = [post for post in leaders(department.procuratorate, on=on) if post.role_enum is Role.CHIEF]
    return chiefs[0] if chiefs else None


def check_plan(plan: RowPlan, on: date) -> None:
    """Complete enough to go up. Raises RowIncomplete, RoutingIncomplete."""
    number = plan.matter.external_number or plan.matter.number
    check_parts(plan.parts, number)
    if plan.leader is None:
        raise RowIncomplete(f"{number}还没有领衔院领导，请选择一位（每件建议都由院领导领衔）。")
    if plan.leader.pk not in {post.pk for post in leaders(plan.matter.procuratorate, on=on)}:
        raise RowIncomplete(f"{number}的领衔院领导应为本院在任的检察长或者副检察长。")
    for part in plan.parts:
        if part.due_on is None:
            raise RowIncomplete(f"{number}还没有给{part.who}定办理期限。")
        if part.department and part.department.procuratorate_id != plan.matter.procuratorate_id:
            raise RowIncomplete(f"{number}的承办部门{part.who}不属于本院。")


def digest_of(proposal: Proposal, plans: Sequence[RowPlan] | None = None) -> str:
    """What a signature on the sheet covers: the routing of every row and every word of opinion."""
    rows = [_covered(plan) for plan in (plans_of(proposal) if plans is None else plans)]
    return payload_digest({"opinion": proposal.opinion, "rows": rows})


def _covered(plan: RowPlan) -> dict[str, object]:
    return {
        "matter": plan.matter.pk,
        "leader": plan.leader.pk if plan.leader else None,
        "opinion": plan.opinion,
        "instruction": plan.instruction,
        "parts": [
            [
                part.role.value,
                part.department.pk if part.department else 0,
                part.organ.pk if part.organ else 0,
                part.due_on,
            ]
            for part in plan.parts
        ],
    }

"""What waits for whom, what was decided, and whom a chain of the rule book means in this office."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.approvals.models import Approval, ApprovalStep, Circulation, Decision
from huiyin.approvals.registry import whereabouts_of
from huiyin.approvals.rules import ApprovalStatus, StepStatus
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Charge, Department, Post, Procuratorate, Substitution
from huiyin.organisations.rules import ROLE_LABELS, Role
from huiyin.regulations.books import Chain, ChainStep
from huiyin.regulations.books.vocabulary import Condition, StepKind, Who

LEADERS: Final = (Role.CHIEF, Role.DEPUTY_CHIEF)


class PostMissing(Refusal):
    """A step of the chain has nobody responsible in this office."""

    code = "approvals.post_missing"


def stands_in_for(post: Post, on: date) -> list[int]:
    """Posts for which this one signs on that day: itself, and those it substitutes for."""
    replaced = Substitution.objects.filter(substitute=post, from_on__lte=on, until_on__gt=on)
    return [post.pk, *replaced.values_list("post_id", flat=True)]


def waiting_for(post: Post, on: date) -> QuerySet[ApprovalStep]:
    """Open steps this post may decide on that day, the longest waiting first."""
    replaced = Substitution.objects.filter(substitute=post, from_on__lte=on, until_on__gt=on)
    mine = Q(post=post) | Q(post__in=replaced.values("post"))
    return (
        ApprovalStep.objects.filter(mine, status=StepStatus.OPEN, approval__status=ApprovalStatus.RUNNING)
        .select_related("approval", "post", "post__staff", "approval__asked_by__staff")
        .order_by("opened_at", "id")
    )


def decided_by(post: Post) -> QuerySet[Decision]:
    """What this post signed, or a clerk recorded for it, the latest first."""
    return (
        Decision.objects.filter(Q(post=post) | Q(in_place_of=post))
        .select_related("approval", "step", "recorded_by__staff")
        .order_by("-decided_at", "-id")
    )


def open_steps(approval: Approval) -> list[ApprovalStep]:
    """The steps that wait for a decision now."""
    return list(approval.steps.filter(status=StepStatus.OPEN).select_related("post__staff"))


def superseded(decision: Decision) -> bool:
    """Whether the signature was given again since, by the same post or another that could give it."""
    step = decision.step
    again = Decision.objects.filter(approval=decision.approval_id, pk__gt=decision.pk)
    return again.filter(step__position=step.position, step__group=step.group).exists()


def disputed(approval: Approval) -> list[Decision]:
    """Recorded paper signatures whose leader objected, and that nobody gave again since; the earliest step first."""
    again = Decision.objects.filter(
        approval=OuterRef("approval"), step__position=OuterRef("step__position"), step__group=OuterRef("step__group"),
        pk__gt=OuterRef("pk"),
    )  # fmt: skip
    found = approval.decisions.exclude(objected_at=None).exclude(Exists(again))
    return list(found.select_related("step", "post__staff").order_by("step__position", "id"))


def objected(approval: Approval) -> Decision | None:
    """The earliest signature in dispute."""
    return next(iter(disputed(approval)), None)


class Effect(StrEnum):
    """What an objection does to the paper."""

    SIGN_AGAIN = "sign_again"  # the road goes back to that step
    HELD = "held"  # signed to the end, not out yet: stays until it is put back
    NOTED = "noted"  # out already, or off its road: the words stay on its record


def effect_of(approval: Approval, on: date) -> Effect:
    """What an objection to a signature on this paper does now."""
    if approval.status == ApprovalStatus.RUNNING:
        return Effect.SIGN_AGAIN
    agreed = approval.status == ApprovalStatus.AGREED
    return Effect.HELD if agreed and whereabouts_of(approval, on).can_return else Effect.NOTED


def to_read(post: Post) -> QuerySet[Circulation]:
    """Papers given to this post to read and not read yet, the longest waiting first; those off their road are not."""
    alive = [ApprovalStatus.RUNNING, ApprovalStatus.AGREED]
    unread = Circulation.objects.filter(post=post, read_at=None, approval__status__in=alive)
    return unread.select_related("approval", "added_by__staff").order_by("added_at", "id")


def readers_of(approval: Approval) -> list[Circulation]:
    """Who was given the paper to read, in order."""
    return list(approval.circulations.select_related("post__staff", "added_by__staff").order_by("id"))


def readers_to_choose(approval: Approval, on: date) -> QuerySet[Post]:
    """Leaders of the office who neither sign the paper nor were given it to read."""
    signing = approval.steps.exclude(status=StepStatus.SKIPPED).exclude(post=None).values("post")
    held = Post.objects.held_on(on).filter(procuratorate=approval.procuratorate_id, role__in=LEADERS)
    others = held.exclude(pk__in=signing).exclude(pk__in=approval.circulations.values("post"))
    return others.select_related("staff").order_by("id")


def resolve(
    chain: Chain,
    *,
    procuratorate: Procuratorate,
    on: date,
    lead: Sequence[Department] = (),
    assisting: Sequence[Department] = (),
    leader: Post | None = None,
    officer: Post | None = None,
    holding: Collection[Condition] = (),
) -> dict[str, list[Post]]:
    """Whom each deciding step of the chain means: step code → posts. Raises PostMissing.

    holding: the conditions that hold for the paper; a step under any other is not needed."""
    wanted = [step for step in chain.steps if step.kind is StepKind.DECIDE and is_needed(step, holding)]
    found: dict[str, list[Post]] = {}
    for step in wanted:
        match step.who:
            case Who.LEAD_DEPARTMENT:
                posts = _in_departments(step, procuratorate, on, lead)
            case Who.ASSISTING_DEPARTMENTS:
                posts = _in_departments(step, procuratorate, on, assisting)
            case Who.IN_CHARGE:
                posts = _in_charge(step, procuratorate, on, lead, leader)
            case Who.OWN_OFFICER:
                posts = [officer] if officer else []
            case Who.ANYONE:
                posts = _holders(step, procuratorate, on)
        if posts:
            found[step.code] = posts
        elif not step.optional:
            raise PostMissing(f"“{step.label}”没有人办理：本院没有在任的{_role_label(step)}。请先设定岗位。")
    return found


def is_needed(step: ChainStep, holding: Collection[Condition]) -> bool:
    """Whether the step's condition holds."""
    return step.condition is Condition.ALWAYS or step.condition in holding


def _holders(step: ChainStep, office: Procuratorate, on: date) -> list[Post]:
    held = Post.objects.held_on(on).filter(procuratorate=office, role=step.role.value)
    return list(held.select_related("staff", "procuratorate", "department").order_by("id"))


def _in_departments(step: ChainStep, office: Procuratorate, on: date, departments: Sequence[Department]) -> list[Post]:
    holders = _holders(step, office, on)
    for department in departments:
        if not any(post.department_id == department.pk for post in holders):
            raise PostMissing(
                f"“{step.label}”没有人办理：{department.name}没有在任的{_role_label(step)}。请先设定岗位。"
            )
    wanted = {department.pk for department in departments}
    return [post for post in holders if post.department_id in wanted]


def _in_charge(
    step: ChainStep, office: Procuratorate, on: date, departments: Sequence[Department], leader: Post | None
) -> list[Post]:
    """The leader of the matter, else who is in charge of its departments, else the only holder of the role."""
    if leader is not None and leader.role == step.role.value:
        return [leader]
    charges = Charge.objects.filter(department__in=departments, from_on__lte=on, post__role=step.role.value)
    charges = charges.filter(Q(until_on__isnull=True) | Q(until_on__gt=on)).select_related("post__staff")
    found: Mapping[int, Post] = {charge.post_id: charge.post for charge in charges.order_by("-id")}
    if found:
        return list(found.values())
    if leader is not None:
        return [leader]
    holders = _holders(step, office, on)
    return holders if len(holders) == 1 else []


def _role_label(step: ChainStep) -> str:
    return ROLE_LABELS[Role(step.role.value)]

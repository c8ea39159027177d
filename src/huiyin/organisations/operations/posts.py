"""Posts: opened, closed with a hand-over, put in charge of departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from huiyin.audit.actors import Actor
from huiyin.audit.facts import changes
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import AdminSeat, Charge, Department, Post, Procuratorate, Staff
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require
from huiyin.organisations.registry import open_work
from huiyin.organisations.rules import NEEDS_DEPARTMENT, ROLE_LABELS, Role, overlap


class PostUnfit(Refusal):
    """The facts of the post do not fit together."""

    code = "organisations.post_unfit"


class SeatHolder(Refusal):
    """An administrator holds no post (practice 5)."""

    code = "organisations.seat_holder"


class PostChanged(Refusal):
    """A colleague was faster."""

    code = "organisations.post_changed"


class HandOverNeeded(Refusal):
    """A post with open work closes only with a successor (practice 8)."""

    code = "organisations.hand_over_needed"


@operation
def open_post(
    *,
    staff: Staff,
    procuratorate: Procuratorate,
    role: Role,
    department: Department | None,
    title: str,
    office_phone: str,
    from_on: date,
    actor: Actor,
    at: datetime,
    until_on: date | None = None,
) -> Post:
    """Give a person a post from a day on, until a day (exclusive) or open. Raises PostUnfit, SeatHolder."""
    require(actor, "organisations.open_post")
    Staff.objects.select_for_update().get(pk=staff.pk)  # two clicks open one post
    _check_post(staff, procuratorate, role, department, from_on, until_on)
    post = Post.objects.create(
        staff=staff, procuratorate=procuratorate, role=role, department=department, title=title,
        office_phone=office_phone, from_on=from_on, until_on=until_on,
    )  # fmt: skip
    record(
        "organisations.post_opened", actor=actor, target=target_of(post), at=at, role=role.value, from_on=str(from_on)
    )
    return post


def _check_post(
    staff: Staff,
    procuratorate: Procuratorate,
    role: Role,
    department: Department | None,
    from_on: date,
    until_on: date | None,
) -> None:
    if not staff.is_active:
        raise PostUnfit(f"{staff.name}已停用，请先恢复。")
    seat = AdminSeat.objects.filter(staff=staff).first()
    if seat and (until_on is None or until_on > seat.from_on):
        raise SeatHolder(f"{staff.name}是{seat.get_role_display()}，管理员不能再任业务岗位。")
    if until_on is not None and until_on <= from_on:
        raise PostUnfit("岗位的结束日期要晚于开始日期。")
    if department is None and role in NEEDS_DEPARTMENT:
        raise PostUnfit(f"“{ROLE_LABELS[role]}”要指明所在部门。")
    if department is not None and department.procuratorate_id != procuratorate.pk:
        raise PostUnfit(f"{department.name}不是{procuratorate.name}的部门。")
    same = Post.objects.filter(staff=staff, procuratorate=procuratorate, role=role, department=department)
    if any(overlap(from_on, until_on, other.from_on, other.until_on) for other in same):
        raise PostUnfit(f"{staff.name}在这段时间已经任同一岗位，没有重复任用。")


@operation
def change_post(
    *, post: Post, title: str, office_phone: str, title_before: str, phone_before: str, actor: Actor, at: datetime
) -> None:
    """Correct the title and the office phone of a post; papers already written keep theirs. Raises PostChanged.

    title_before, phone_before: as the page showed them."""
    require(actor, "organisations.change_post")
    said = {"title": title, "office_phone": office_phone}
    changed = changes(post, said)
    as_read = Post.objects.filter(pk=post.pk, title=title_before, office_phone=phone_before)
    if not as_read.update(**said):
        raise PostChanged("这个岗位刚刚被别人更正过，这次没有保存。请刷新后核对。")
    record("organisations.post_changed", actor=actor, target=target_of(post), at=at, changes=changed)


@operation
def close_post(*, post: Post, until_on: date, hand_over_to: Post | None, actor: Actor, at: datetime) -> dict[str, int]:
    """End a post; `until_on` is the first day it is no longer held. Gives how much open work moved, by kind.

    Raises HandOverNeeded, PostUnfit, PostChanged."""
    require(actor, "organisations.close_post")
    if until_on <= post.from_on:
        raise PostUnfit(f"岗位从{post.from_on:%Y年%-m月%-d日}开始，结束日期要晚于这一天。")
    if not Post.objects.filter(pk=post.pk, until_on=post.until_on).update(until_on=until_on):
        raise PostChanged("这个岗位刚刚被别人修改过，请刷新后再办。")
    moved = _hand_over(post, hand_over_to, until_on, actor, at)
    record(
        "organisations.post_closed", actor=actor, target=target_of(post), at=at, until_on=str(until_on),
        to=hand_over_to.label if hand_over_to else "", moved=moved,
    )  # fmt: skip
    return moved


def _hand_over(post: Post, successor: Post | None, on: date, actor: Actor, at: datetime) -> dict[str, int]:
    waiting = [(kind, count) for kind in open_work() if (count := kind.count(post))]
    if not waiting:
        return {}
    if successor is None:
        said = "、".join(f"{kind.label}{count}件" for kind, count in waiting)
        raise HandOverNeeded(f"{post.label}还有未办结的工作：{said}。请选择接手的岗位。")
    if successor.pk == post.pk or successor.procuratorate_id != post.procuratorate_id:
        raise PostUnfit("接手的岗位要是本院的另一个岗位。")
    if not Post.objects.held_on(on).filter(pk=successor.pk).exists():
        raise PostUnfit(f"{successor.label}在{on:%Y年%-m月%-d日}不在任，不能接手。")
    return {kind.code: kind.hand_over(post, successor, actor, at) for kind, _ in waiting}


@operation
def put_in_charge(*, post: Post, departments: Sequence[Department], from_on: date, actor: Actor, at: datetime) -> None:
    """Say which departments a member of the leadership is in charge of from a day on. Raises PostUnfit."""
    require(actor, "organisations.put_in_charge")
    if any(department.procuratorate_id != post.procuratorate_id for department in departments):
        raise PostUnfit("只能分管本院的部门。")
    now_on = Charge.objects.filter(post=post).exclude(until_on__lte=from_on)
    wanted = {department.pk: department for department in departments}
    for charge in now_on:
        if charge.department_id in wanted and charge.until_on is None:
            del wanted[charge.department_id]
        else:
            Charge.objects.filter(pk=charge.pk).update(until_on=max(from_on, charge.from_on))
    Charge.objects.bulk_create(
        Charge(post=post, department=department, from_on=from_on) for department in wanted.values()
    )
    names = [department.name for department in departments]
    record("organisations.put_in_charge", actor=actor, target=target_of(post), at=at, departments=names)

"""Administrators' seats: given and taken at the command line only."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.actors import Actor
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import AdminSeat, Post, Staff
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Seat


class SeatUnfit(Refusal):
    """The person holds a seat already, or posts (practice 5)."""

    code = "organisations.seat_unfit"


@operation
def appoint_seat(*, staff: Staff, role: Seat, from_on: date, actor: Actor, at: datetime) -> AdminSeat:
    """Make a person one of the three administrators. Raises SeatUnfit."""
    require(actor, "organisations.appoint_seat")
    if seat := AdminSeat.objects.filter(staff=staff).first():
        raise SeatUnfit(f"{staff.name}已经是{seat.get_role_display()}，三员不能兼任。")
    if Post.objects.filter(staff=staff).exclude(until_on__lte=from_on).exists():
        raise SeatUnfit(f"{staff.name}任有业务岗位，不能同时担任管理员。")
    made = AdminSeat.objects.create(staff=staff, role=role, from_on=from_on)
    record("organisations.seat_appointed", actor=actor, target=target_of(made), at=at, role=role.value)
    return made


@operation
def vacate_seat(*, seat: AdminSeat, actor: Actor, at: datetime) -> None:
    """Take a seat back; the record of it stays in the audit."""
    require(actor, "organisations.vacate_seat")
    target = target_of(seat)
    seat.delete()
    record("organisations.seat_vacated", actor=actor, target=target, at=at, from_on=str(seat.from_on))

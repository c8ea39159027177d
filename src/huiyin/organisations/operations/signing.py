"""Signing in and out, passwords, unlocking."""

from __future__ import annotations

from datetime import datetime

from axes.utils import reset

from huiyin.audit.actors import Actor
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import SeatActor, in_person
from huiyin.organisations.models import Staff
from huiyin.organisations.operations.passwords import PasswordUnfit, check_password_fit
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require


class WrongPassword(Refusal):
    """The present password was typed wrongly."""

    code = "organisations.wrong_password"


class NotLocked(Refusal):
    """There is nothing to unlock."""

    code = "organisations.not_locked"


class OwnPassword(Refusal):
    """Nobody resets the own password; it is changed."""

    code = "organisations.own_password"


@operation
def note_sign_in(*, staff: Staff, remote: str, at: datetime) -> None:
    """Record that a person signed in; the door itself is the face's."""
    record("organisations.signed_in", actor=in_person(staff, remote=remote), target=target_of(staff), at=at)


@operation
def note_sign_out(*, staff: Staff, remote: str, at: datetime) -> None:
    """Record that a person signed out."""
    record("organisations.signed_out", actor=in_person(staff, remote=remote), target=target_of(staff), at=at)


@operation
def change_password(*, staff: Staff, old: str, new: str, actor: Actor, at: datetime) -> None:
    """Change the own password; other sessions of the person end. Raises WrongPassword, PasswordUnfit."""
    if not staff.check_password(old):
        raise WrongPassword("现在的密码不对，没有修改。")
    if old == new:
        raise PasswordUnfit("新密码和现在的一样，请换一个。")
    _set(staff, new, initial=False, at=at)
    record("organisations.password_changed", actor=actor, target=target_of(staff), at=at)


@operation
def reset_password(*, staff: Staff, new: str, actor: Actor, at: datetime) -> None:
    """Give a person a new initial password, to be changed at the next sign-in. Raises OwnPassword, PasswordUnfit."""
    require(actor, "organisations.reset_password")
    if isinstance(actor, SeatActor) and actor.seat.staff_id == staff.pk:
        raise OwnPassword("自己的密码请用“修改密码”更换。")
    _set(staff, new, initial=True, at=at)
    record("organisations.password_reset", actor=actor, target=target_of(staff), at=at)


@operation
def unlock(*, staff: Staff, actor: Actor, at: datetime) -> None:
    """Let a person try again before the half hour is over. Raises NotLocked."""
    require(actor, "organisations.unlock")
    if not reset(username=staff.username):
        raise NotLocked(f"“{staff.username}”现在没有被锁定，不需要解锁。")
    record("organisations.unlocked", actor=actor, target=target_of(staff), at=at)


def _set(staff: Staff, new: str, *, initial: bool, at: datetime) -> None:
    check_password_fit(new, staff)
    staff.set_password(new)
    staff.password_changed_at, staff.password_is_initial = at, initial
    staff.save(update_fields=["password", "password_changed_at", "password_is_initial"])

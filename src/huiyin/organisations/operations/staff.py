"""Staff: entered, disabled, restored; never removed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from huiyin.audit.actors import Actor
from huiyin.audit.facts import changes
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.organisations.models import AdminSeat, Post, Staff
from huiyin.organisations.operations.passwords import check_password_fit
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import USERNAME


class UsernameUnfit(Refusal):
    """The name to sign in with has letters no keyboard agrees on."""

    code = "organisations.username_unfit"


class UsernameTaken(Refusal):
    """Somebody signs in with this name already."""

    code = "organisations.username_taken"


class NameMissing(Refusal):
    """A person without a name."""

    code = "organisations.name_missing"


class StillInPost(Refusal):
    """A person with posts or a seat cannot be disabled."""

    code = "organisations.still_in_post"


class StaffChanged(Refusal):
    """A colleague was faster."""

    code = "organisations.staff_changed"


@operation
def enter_staff(*, username: str, name: str, password: str, actor: Actor, at: datetime) -> Staff:
    """Enter a person; the initial password must be changed at the first sign-in.

    Raises UsernameUnfit, UsernameTaken, PasswordUnfit."""
    require(actor, "organisations.enter_staff")
    if not USERNAME.fullmatch(username):
        raise UsernameUnfit("登录名用小写字母开头，由2至40个小写字母、数字、点、横线或下划线组成。")
    staff = Staff(username=username, name=name, password_is_initial=True)
    check_password_fit(password, staff)
    staff.set_password(password)
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
    except IntegrityError:
        raise UsernameTaken(f"登录名“{username}”已经有人使用，请换一个。") from None
    record("organisations.staff_entered", actor=actor, target=target_of(staff), at=at, username=username)
    return staff


@operation
def change_staff(*, staff: Staff, name: str, name_before: str, actor: Actor, at: datetime) -> None:
    """Correct how a person is called; the name to sign in with stays. Raises NameMissing, StaffChanged.

    name_before: as the page showed it."""
    require(actor, "organisations.change_staff")
    name = " ".join(normalise(name).split())
    if not name:
        raise NameMissing("请填写姓名。")
    changed = changes(staff, {"name": name})
    if not Staff.objects.filter(pk=staff.pk, name=name_before).update(name=name):
        raise StaffChanged("姓名刚刚被别人更正过，这次没有保存。请刷新后核对。")
    record("organisations.staff_changed", actor=actor, target=target_of(staff), at=at, changes=changed)


@operation
def disable_staff(*, staff: Staff, actor: Actor, at: datetime) -> None:
    """Close the door to a person; open sessions end with the next request. Raises StillInPost."""
    require(actor, "organisations.disable_staff")
    held = Post.objects.filter(staff=staff).exclude(until_on__lte=at.date())
    if post := held.first():
        raise StillInPost(f"{staff.name}还任“{post.title or post.get_role_display()}”岗位，请先结束岗位、交接工作。")
    if AdminSeat.objects.filter(staff=staff).exists():
        raise StillInPost(f"{staff.name}是管理员，请先免去席位。")
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    record("organisations.staff_disabled", actor=actor, target=target_of(staff), at=at)


@operation
def enable_staff(*, staff: Staff, actor: Actor, at: datetime) -> None:
    """Open the door again; posts have to be given anew."""
    require(actor, "organisations.enable_staff")
    Staff.objects.filter(pk=staff.pk).update(is_active=True)
    record("organisations.staff_enabled", actor=actor, target=target_of(staff), at=at)

"""Procuratorates and their departments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db.models import F

from huiyin.audit.actors import Actor
from huiyin.audit.facts import changes
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Department, Post, Procuratorate
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import LEVEL_LABELS, Level


class OfficeUnfit(Refusal):
    """The code is taken, or the level does not fit under the parent."""

    code = "organisations.office_unfit"


class OfficeMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "organisations.office_moved_on"


class DepartmentInUse(Refusal):
    """A department with posts cannot be closed."""

    code = "organisations.department_in_use"


_ABOVE: Final = {Level.CITY: Level.PROVINCE, Level.COUNTY: Level.CITY}


@operation
def enter_office(
    *,
    code: str,
    name: str,
    short_name: str,
    document_prefix: str,
    level: Level,
    parent: Procuratorate | None,
    phone: str,
    actor: Actor,
    at: datetime,
) -> Procuratorate:
    """Enter a procuratorate in the tree; code is its division (GB/T 2260). Raises OfficeUnfit."""
    require(actor, "organisations.enter_office")
    office = Procuratorate.objects.create(
        name=name, short_name=short_name, document_prefix=document_prefix, phone=phone,
        **_place(code, level, parent),
    )  # fmt: skip
    record("organisations.office_entered", actor=actor, target=target_of(office), at=at, level=level.value)
    return office


@operation
def change_office(
    *,
    office: Procuratorate,
    name: str,
    short_name: str,
    document_prefix: str,
    phone: str,
    version: int,
    actor: Actor,
    at: datetime,
    code: str = "",
    level: Level | None = None,
    parent: Procuratorate | None = None,
) -> None:
    """Correct what is said of a procuratorate. Its place in the tree (code, level, parent; left alone when code is
    empty) only as long as nothing stands on it. Raises OfficeUnfit, OfficeMovedOn."""
    require(actor, "organisations.change_office")
    said: dict[str, Any] = {
        "name": name, "short_name": short_name, "document_prefix": document_prefix, "phone": phone,
    }  # fmt: skip
    if code and level is not None:
        place = _place(code, level, parent, besides=office)
        if any(getattr(office, key) != value for key, value in place.items()) and is_settled(office):
            raise OfficeUnfit(f"{office.name}已经有部门、岗位或者下级院，代码、层级和上级不能再改。")
        said |= place
    changed = changes(office, said)
    as_read = Procuratorate.objects.filter(pk=office.pk, version=version)
    if not as_read.update(version=F("version") + 1, **said):
        raise OfficeMovedOn(_moved_on(office.name))
    record("organisations.office_changed", actor=actor, target=target_of(office), at=at, changes=changed)


def is_settled(office: Procuratorate) -> bool:
    """Whether departments, posts or other offices stand on an office."""
    below = Procuratorate.objects.filter(parent=office)
    return any(rows.exists() for rows in (office.departments.all(), Post.objects.filter(procuratorate=office), below))


def _place(
    code: str, level: Level, parent: Procuratorate | None, *, besides: Procuratorate | None = None
) -> dict[str, Any]:
    taken = Procuratorate.objects.filter(code=code).first()
    if taken is not None and taken != besides:
        raise OfficeUnfit(f"代码{code}已经录入。")
    above = _ABOVE.get(level)
    if parent is not None and parent == besides:
        raise OfficeUnfit("上级检察院不能是它自己。")
    if above and parent is not None and parent.level != above:
        raise OfficeUnfit(f"{LEVEL_LABELS[level]}检察院的上级要是{LEVEL_LABELS[above]}检察院。")
    if above is None and parent is not None:
        raise OfficeUnfit("省级检察院在本系统中没有上级。")
    city = parent if parent is not None and parent.level == Level.CITY else None
    province = (parent.province or parent) if parent is not None else None
    return {
        "code": code, "division": code, "level": level.value, "parent": parent, "city": city, "province": province,
    }  # fmt: skip


@operation
def enter_department(
    *, procuratorate: Procuratorate, name: str, short_name: str, actor: Actor, at: datetime
) -> Department:
    """Enter a department of an office, last in its order. Raises OfficeUnfit."""
    require(actor, "organisations.enter_department")
    others = Department.objects.filter(procuratorate=procuratorate)
    _refuse_twin(procuratorate, name)
    department = Department.objects.create(
        procuratorate=procuratorate, name=name, short_name=short_name or name[:20], position=others.count()
    )
    record("organisations.department_entered", actor=actor, target=target_of(department), at=at)
    return department


@operation
def change_department(
    *, department: Department, name: str, short_name: str, position: int, version: int, actor: Actor, at: datetime
) -> None:
    """Correct a department's names and its place in lists. Raises OfficeUnfit, OfficeMovedOn."""
    require(actor, "organisations.change_department")
    _refuse_twin(department.procuratorate, name, besides=department)
    said = {"name": name, "short_name": short_name or name[:20], "position": position}
    changed = changes(department, said)
    as_read = Department.objects.filter(pk=department.pk, version=version)
    if not as_read.update(version=F("version") + 1, **said):
        raise OfficeMovedOn(_moved_on(department.name))
    record("organisations.department_changed", actor=actor, target=target_of(department), at=at, changes=changed)


@operation
def close_department(*, department: Department, on: date, actor: Actor, at: datetime) -> None:
    """Offer a department no longer, from a day on; what it handled keeps its name. Raises DepartmentInUse."""
    require(actor, "organisations.change_department")
    held = Post.objects.filter(department=department).exclude(until_on__lte=on).select_related("staff").first()
    if held is not None:
        raise DepartmentInUse(f"{department.name}还有在任的岗位（{held.label}），请先结束或者调整岗位。")
    if not Department.objects.filter(pk=department.pk, closed_on=None).update(closed_on=on):
        raise DepartmentInUse(f"{department.name}已经撤销，请刷新后再看。")
    record("organisations.department_closed", actor=actor, target=target_of(department), at=at, closed_on=str(on))


@operation
def reopen_department(*, department: Department, actor: Actor, at: datetime) -> None:
    """Offer a closed department again."""
    require(actor, "organisations.change_department")
    Department.objects.filter(pk=department.pk).update(closed_on=None)
    record("organisations.department_reopened", actor=actor, target=target_of(department), at=at)


def _moved_on(name: str) -> str:
    return f"{name}刚才已被同事修改，或者您点了两次。请刷新页面，看过最新内容再改。"


def _refuse_twin(office: Procuratorate, name: str, *, besides: Department | None = None) -> None:
    twin = Department.objects.filter(procuratorate=office, name=name).first()
    if twin is not None and twin != besides:
        raise OfficeUnfit(f"{office.name}已经有“{name}”。")

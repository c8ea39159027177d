"""Procuratorates and their departments."""

from __future__ import annotations

from datetime import datetime

from huiyin.audit.actors import Actor
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Department, Procuratorate
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import LEVEL_LABELS, Level


class OfficeUnfit(Refusal):
    """The code is taken, or the level does not fit under the parent."""

    code = "organisations.office_unfit"


_ABOVE = {Level.CITY: Level.PROVINCE, Level.COUNTY: Level.CITY}


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
    if Procuratorate.objects.filter(code=code).exists():
        raise OfficeUnfit(f"代码{code}已经录入。")
    above = _ABOVE.get(level)
    if above and parent is not None and parent.level != above:
        raise OfficeUnfit(f"{LEVEL_LABELS[level]}检察院的上级要是{LEVEL_LABELS[above]}检察院。")
    if above is None and parent is not None:
        raise OfficeUnfit("省级检察院在本系统中没有上级。")
    city = parent if parent is not None and parent.level == Level.CITY else None
    province = (parent.province or parent) if parent is not None else None
    office = Procuratorate.objects.create(
        code=code, division=code, name=name, short_name=short_name, document_prefix=document_prefix, level=level,
        parent=parent, city=city, province=province, phone=phone,
    )  # fmt: skip
    record("organisations.office_entered", actor=actor, target=target_of(office), at=at, level=level.value)
    return office


@operation
def enter_department(
    *, procuratorate: Procuratorate, name: str, short_name: str, actor: Actor, at: datetime
) -> Department:
    """Enter a department of an office, last in its order. Raises OfficeUnfit."""
    require(actor, "organisations.enter_department")
    others = Department.objects.filter(procuratorate=procuratorate)
    if others.filter(name=name).exists():
        raise OfficeUnfit(f"{procuratorate.name}已经有“{name}”。")
    department = Department.objects.create(
        procuratorate=procuratorate, name=name, short_name=short_name or name[:20], position=others.count()
    )
    record("organisations.department_entered", actor=actor, target=target_of(department), at=at)
    return department

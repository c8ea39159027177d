"""Systems outside: entered, changed, taken out of use; which matters stand in one from the beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, Q

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.matters.kinds import kinds
from huiyin.matters.models import ExternalReference, Matter, OutsideSystem
from huiyin.matters.rules.outside import STANDS_IN, SystemKind
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import require

_AT_ONCE: Final = 500


class SystemUnfit(Refusal):
    """The facts of a system cannot stand so, its name is taken, or a colleague was faster."""

    code = "matters.system_unfit"


@dataclass(frozen=True, kw_only=True)
class SystemFacts:
    """from_on: matters received from that day on, and all open ones, are held against it."""

    kind: SystemKind
    name: str
    from_on: date


def enter_system(*, facts: SystemFacts, request_key: UUID, actor: PostActor, at: datetime) -> OutsideSystem:
    """Enter a system; the second post of one key is given the first result. Raises NotAllowed, SystemUnfit."""
    asked = OutsideSystem.objects.filter(procuratorate=actor.post.procuratorate, request_key=request_key)
    first = asked.first()
    if first is not None:
        return first
    try:
        return _enter(facts=facts, request_key=request_key, actor=actor, at=at)
    except IntegrityError:  # the other half of a double click, or a colleague, was faster
        first = asked.first()
        if first is None:
            raise SystemUnfit(f"名单上已有“{facts.name}”，不用再录。") from None
        return first


@operation
def _enter(*, facts: SystemFacts, request_key: UUID, actor: PostActor, at: datetime) -> OutsideSystem:
    require(actor, "matters.enter_system")
    office = actor.post.procuratorate
    name = _checked(facts, office, at.date())
    system = OutsideSystem.objects.create(
        procuratorate=office, kind=facts.kind, name=name, from_on=facts.from_on, request_key=request_key
    )
    standing = _stand(system, at.date())
    record(
        "matters.system_entered", actor=actor, target=target_of(system), at=at, kind=facts.kind.value,
        from_on=facts.from_on, references=standing,
    )  # fmt: skip
    return system


@operation
def change_system(
    *, system: OutsideSystem, facts: SystemFacts, version: int, actor: PostActor, at: datetime
) -> OutsideSystem:
    """Correct name or first day; an earlier day brings further matters in, a later one lets those go of which nothing
    was recorded yet. Raises NotAllowed, SystemUnfit."""
    require(actor, "matters.change_system", system)
    name = _checked(facts, system.procuratorate, at.date(), besides=system)
    if facts.kind != system.kind:
        raise SystemUnfit("种类不能再改。录错的，请停用它，再用另一个名称录入。")
    _move(system, version, name=name, from_on=facts.from_on)
    standing, released = _stand(system, at.date()), _release(system)
    record(
        "matters.system_changed", actor=actor, target=target_of(system), at=at, name=name, from_on=facts.from_on,
        references=standing, released=released,
    )  # fmt: skip
    return system


@operation
def stop_system(*, system: OutsideSystem, version: int, actor: PostActor, at: datetime) -> OutsideSystem:
    """Hold nothing against it from today; what was entered stays. Raises NotAllowed, SystemUnfit."""
    require(actor, "matters.change_system", system)
    _move(system, version, ended_on=at.date())
    record("matters.system_stopped", actor=actor, target=target_of(system), at=at)
    return system


@operation
def resume_system(*, system: OutsideSystem, version: int, actor: PostActor, at: datetime) -> OutsideSystem:
    """Use it again; what came meanwhile stands in it too. Raises NotAllowed, SystemUnfit."""
    require(actor, "matters.change_system", system)
    _move(system, version, ended_on=None)
    record("matters.system_resumed", actor=actor, target=target_of(system), at=at, references=_stand(system, at.date()))
    return system


def stand_in_systems(matter: Matter, assigned_by: str) -> None:
    """A new matter stands in the systems of whoever assigned it (a code of BodyKind); inside an operation."""
    kind = STANDS_IN.get(assigned_by)
    if kind is None:
        return
    systems = OutsideSystem.objects.filter(procuratorate=matter.procuratorate_id, kind=kind, ended_on=None)
    ExternalReference.objects.bulk_create(
        ExternalReference(matter=matter, system=system, number=matter.external_number)
        for system in systems
        if matter.received_on >= system.from_on
    )


def _stand(system: OutsideSystem, on: date) -> int:
    """References for what already stands in it, and how many are new; inside an operation."""
    before = system.references.count()
    for body, kind in STANDS_IN.items():
        if kind != system.kind:
            continue
        for each in kinds():
            if each.assigned_by is not None:
                _stand_all(system, each.assigned_by(system.procuratorate, body, on).filter(_held_against(system)))
    return system.references.count() - before


def _release(system: OutsideSystem) -> int:
    """Let go what came and was over before the first day, where nobody and no file said anything of it; how many."""
    before = Q(matter__received_on__lt=system.from_on, matter__closed_at__date__lt=system.from_on)
    untold = system.references.filter(reported_on=None, not_needed="", imported_on=None, recorded_by=None)
    return untold.filter(before, matter__is_open=False).delete()[0]


def _held_against(system: OutsideSystem) -> Q:
    return Q(received_on__gte=system.from_on) | Q(is_open=True)


def _stand_all(system: OutsideSystem, matters: Any) -> None:
    known = ExternalReference.objects.filter(system=system).values("matter")
    rows = matters.exclude(pk__in=known).order_by("pk").values_list("pk", "external_number")
    ExternalReference.objects.bulk_create(
        [ExternalReference(matter_id=pk, system=system, number=number) for pk, number in rows], batch_size=_AT_ONCE
    )


def _checked(facts: SystemFacts, office: Procuratorate, today: date, *, besides: OutsideSystem | None = None) -> str:
    name = " ".join(normalise(facts.name, half_width=True).split())
    if not name:
        raise SystemUnfit("请填写系统名称。")
    if facts.from_on > today:
        raise SystemUnfit("核对起始日不能晚于今天。")
    same = OutsideSystem.objects.filter(procuratorate=office, name=name).first()
    if same is not None and same != besides:
        raise SystemUnfit(f"名单上已有“{name}”，停用着的可以恢复使用。")
    return name


def _move(system: OutsideSystem, version: int, **facts: Any) -> None:
    as_read = OutsideSystem.objects.filter(pk=system.pk, version=version)
    if not as_read.update(version=F("version") + 1, **facts):
        raise SystemUnfit(f"{system.name}刚才已被同事修改，或者您点了两次。请刷新页面，看过最新内容再办。")
    system.refresh_from_db()


def target_of(system: OutsideSystem) -> Target:
    """The system as audit names it."""
    return Target(kind="matters.system", key=str(system.pk), label=system.name)

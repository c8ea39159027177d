"""The clock of a matter's own deadline stands still and goes on, where a rule book knows a suspension of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.extending import Extendable, extendable
from huiyin.matters.models import ClockEvent, Matter
from huiyin.matters.moves import write
from huiyin.matters.operations.recompute import RESUMED, recompute_one
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.rules.wording import day_text

STOPPED: Final = "stopped"


class CannotSuspend(Refusal):
    """No book in force knows it, or the clock stands or runs already."""

    code = "matters.cannot_suspend"


@operation
def suspend_clock(
    *, matter: Matter, from_on: date, reason: str, actor: PostActor, version: int, at: datetime
) -> Matter:
    """Stop the clock of the matter's own deadline from a day on; days from it are not counted until it goes on.

    Raises NotAllowed, CannotSuspend, MatterMovedOn."""
    require(actor, "matters.suspend_clock", matter)
    found = _suspendable(matter)
    deadline = found.deadline
    if deadline.state == STOPPED:
        raise CannotSuspend(f"{matter.known_as}的期限已经中止，不用再中止。")
    if not reason.strip():
        raise CannotSuspend("请写明中止的理由。")
    if not deadline.starts_on < from_on <= min(at.date(), deadline.due_on):
        raise CannotSuspend("中止之日应在起算之后、期限届满之前，而且不晚于今天。")
    write(matter, version=version, at=at)
    _append(found, "suspension", {"from_on": from_on.isoformat(), "until_on": None}, reason, actor, at)
    recompute_one(deadline, cause=f"{day_text(from_on)}起中止", at=at)
    facts = {"deadline": deadline.label, "from": from_on, "reason": reason.strip()}
    record("matters.clock_suspended", actor=actor, target=target(matter), at=at, **facts)
    return matter


@operation
def resume_clock(*, matter: Matter, on: date, actor: PostActor, version: int, at: datetime) -> Matter:
    """Let the clock go on: that day is counted again. Raises NotAllowed, CannotSuspend, MatterMovedOn."""
    require(actor, "matters.resume_clock", matter)
    found = _suspendable(matter)
    if found.deadline.state != STOPPED:
        raise CannotSuspend(f"{matter.known_as}的期限没有中止。")
    since = found.deadline.clock_events.filter(kind="suspension").order_by("-pk")[0].facts["from_on"]
    if not date.fromisoformat(since) < on <= at.date():
        raise CannotSuspend("恢复计算之日应在中止之日以后，而且不晚于今天。")
    write(matter, version=version, at=at)
    _append(found, RESUMED, {"on": on.isoformat()}, "", actor, at)
    recompute_one(found.deadline, cause=f"{day_text(on)}起恢复计算", at=at)
    record("matters.clock_resumed", actor=actor, target=target(matter), at=at, deadline=found.deadline.label, on=on)
    return matter


def _suspendable(matter: Matter) -> Extendable:
    found = extendable(matter)
    if found is None:
        raise CannotSuspend(f"{matter.known_as}没有正在计算的答复期限。")
    if not found.rule.suspension_allowed:
        raise CannotSuspend(
            f"现行制度没有规定“{found.rule.title}”的期限可以中止，期限照常计算；确需时间的，请申请延期。"
        )
    return found


def _append(
    found: Extendable, kind: str, facts: dict[str, str | None], reason: str, actor: PostActor, at: datetime
) -> None:
    ClockEvent.objects.create(
        deadline=found.deadline, kind=kind, facts=facts, reason=clip(reason.strip(), 300), recorded_by=actor.key,
        recorded_at=at,
    )  # fmt: skip

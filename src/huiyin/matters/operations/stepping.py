"""The seven steps by hand: what the house cannot see for itself, and what does not apply (practice 22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter, StepMark
from huiyin.matters.moves import write
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import Status
from huiyin.matters.steps import mark_step
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.queries import stack_for

NOT_APPLICABLE: Final = "not_applicable"


class StepReasonMissing(Refusal):
    """A step that does not apply says why."""

    code = "matters.step_reason_missing"


class StepUnknown(Refusal):
    """The rule books in force know no such step."""

    code = "matters.step_unknown"


class StepsSettled(Refusal):
    """The file is in the archive."""

    code = "matters.steps_settled"


@dataclass(frozen=True)
class StepSaid:
    """What somebody says of a step; state: done, not_applicable, or "" for not yet."""

    state: str
    reason: str = ""


@operation
def set_steps(*, matter: Matter, steps: Mapping[str, StepSaid], actor: PostActor, version: int, at: datetime) -> Matter:
    """Say of some steps, by code, whether they are done, not applicable, or still to come.

    Raises NotAllowed, StepsSettled, StepUnknown, StepReasonMissing, MatterMovedOn."""
    require(actor, "matters.set_steps", matter)
    if matter.status == Status.ARCHIVED:
        raise StepsSettled("这件事项已经归档，办理步骤不再改动。")
    known = {str(step.code): step.title for step in stack_for(matter.procuratorate, on=at.date()).steps(at.date())}
    for code, said in steps.items():
        if code not in known:
            raise StepUnknown("现行制度里没有这个办理步骤，请刷新页面后再标记。")
        if said.state == NOT_APPLICABLE and not said.reason.strip():
            raise StepReasonMissing(f"“{known[code]}”标为不适用的，请写明理由。")
    write(matter, version=version, at=at)
    for code, said in steps.items():
        if said.state:
            mark_step(matter=matter, code=code, by=actor.key, at=at, state=said.state, reason=said.reason.strip()[:200])
        else:
            StepMark.objects.filter(matter=matter, step_code=code).delete()
    told = {known[code]: said.state for code, said in steps.items()}
    record("matters.steps_set", actor=actor, target=target(matter), at=at, steps=told)
    return matter

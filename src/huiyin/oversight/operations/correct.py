"""Putting right what was registered wrongly; a changed day is opened anew, old and new stand on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Deadline, Matter
from huiyin.matters.moves import refuse_archived, write
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import Status
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.oversight.facts import OversightFacts, check_facts
from huiyin.oversight.models import Oversight
from huiyin.oversight.operations.register import (
    AlreadyRegistered,
    coming_facts,
    led_by,
    matter_facts,
    names_of,
    open_day,
    own_facts,
    put_names,
)
from huiyin.oversight.signers import check_signers
from huiyin.oversight.telling import DUTIES, tell_corrected
from huiyin.suggestions.models import Suggestion


class NothingChanged(Refusal):
    """The facts say what stands there."""

    code = "oversight.nothing_changed"


class LetterIsOut(Refusal):
    """Whom a letter went to cannot be changed behind it."""

    code = "oversight.letter_is_out"


@operation
def correct_oversight(
    *, oversight: Oversight, facts: OversightFacts, reason: str, actor: PostActor, version: int, at: datetime
) -> Matter:
    """Write the facts as they should have been; opinions are noted one by one and stay. version: the matter's.

    Raises NotAllowed, FactsMissing, TooFewSigners, TooJunior, DaysOutOfOrder, NoDay, AlreadyRegistered,
    NothingChanged, LetterIsOut, MatterArchived, MatterMovedOn."""
    matter = oversight.matter
    require(actor, "oversight.correct", matter)
    refuse_archived(matter)
    check_facts(facts, at.date())
    check_signers(facts, matter.procuratorate)
    other = Matter.objects.filter(procuratorate=matter.procuratorate_id, row_key=facts.row_key).exclude(pk=matter.pk)
    if other.exists():
        raise AlreadyRegistered(f"{facts.number}已经另有登记，请核对来文号。")
    changed = _changed(oversight, facts)
    if not changed:
        raise NothingChanged("没有改动任何内容，不需要更正。")
    former = {name: getattr(oversight, name) for name in DUTIES}
    _put_names(matter, facts)
    write(matter, version=version, at=at, **matter_facts(facts), **_leader(oversight, facts))
    Suggestion.objects.filter(pk=matter.pk).update(**coming_facts(facts))
    Oversight.objects.filter(pk=matter.pk).update(**own_facts(facts))
    if {"answer_by_on", "assigned_on"} & changed.keys() and _first_day(matter).exists():
        _first_day(matter).update(set_by="")
        open_day(matter, facts, actor, at)
    oversight.refresh_from_db()
    indexing.reindex(matter)
    tell_corrected(matter, former, facts, changed, at)
    record("oversight.corrected", actor=actor, target=target(matter), at=at, reason=reason, changed=changed)
    return matter


def _changed(oversight: Oversight, facts: OversightFacts) -> dict[str, list[str]]:
    """What differs, by name: how it stood and how it will stand."""
    matter = oversight.matter
    coming = Suggestion.objects.get(pk=matter.pk)
    pairs: list[tuple[Any, dict[str, Any]]] = [
        (matter, matter_facts(facts)), (coming, coming_facts(facts)), (oversight, own_facts(facts))
    ]  # fmt: skip
    found = {
        name: [str(getattr(row, name) or ""), str(value or "")]
        for row, wanted in pairs
        for name, value in wanted.items()
        if getattr(row, name) != value
    }
    names = _names(matter)
    if names != names_of(facts):
        found["names"] = ["、".join(names), "、".join(names_of(facts))]
    return found


def _put_names(matter: Matter, facts: OversightFacts) -> None:
    if _names(matter) == names_of(facts):
        return
    if matter.replies.exclude(status="voided").exists():
        raise LetterIsOut("文稿已经起草，收件单位、反馈对象和征求意见的委员会不能再改；确实写错的，请先作废文稿。")
    matter.participants.all().delete()
    put_names(matter, facts)


def _names(matter: Matter) -> list[str]:
    return [each.name for each in matter.participants.order_by("position")]


def _first_day(matter: Matter) -> QuerySet[Deadline]:
    """The day of the first answer while it runs; the one of a second demand was named by another paper and stays."""
    code = kind_of(matter).limits.reply
    return Deadline.objects.filter(matter=matter, limit_code=code, round=1, met_at=None, dropped_at=None)


def _leader(oversight: Oversight, facts: OversightFacts) -> dict[str, Post | None]:
    """Who leads it instead, where it was led by whoever answered for it; what a 拟办 sheet decided stays."""
    matter, new = oversight.matter, led_by(facts.owner)
    if matter.leader != led_by(oversight.owner) or (new is None and matter.status != Status.REGISTERED):
        return {}
    return {"leader": new}

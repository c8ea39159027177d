"""每年专题研究代表建议: when the leadership met, who came, which suggestions, what was decided (S3-23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.rules.wording import day_text
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import LeadershipStudy


class StudyNotHeldYet(Refusal):
    """A meeting is noted after it was held."""

    code = "suggestions.study_not_held_yet"


class StudyMovedOn(Refusal):
    """A colleague corrected the record meanwhile."""

    code = "suggestions.study_moved_on"


class NotStudied(Refusal):
    """A matter of another office, or no suggestion."""

    code = "suggestions.not_studied"


@dataclass(frozen=True, kw_only=True)
class StudyFacts:
    """What the minutes say. matters: none where the suggestions of the year were discussed as a whole."""

    held_on: date
    title: str
    chaired_by: str
    attendees: str
    decisions: str
    minutes_number: str = ""
    matters: Sequence[Matter] = ()


def record_study(
    *, facts: StudyFacts, minutes: StoredFile | None, request_key: UUID, actor: PostActor, at: datetime
) -> LeadershipStudy:
    """Note a meeting; the second post of one key is given the first record.

    minutes: kept as a draft of the form's key. Raises NotAllowed, StudyNotHeldYet, NotStudied."""
    known = LeadershipStudy.objects.filter(recorded_by=actor.post, request_key=request_key)
    first = known.first()
    if first is not None:
        return first
    try:
        return _record(facts=facts, minutes=minutes, request_key=request_key, actor=actor, at=at)
    except IntegrityError:  # the other half of a double click was faster
        first = known.first()
        if first is None:
            raise
        return first


@operation
def _record(
    *, facts: StudyFacts, minutes: StoredFile | None, request_key: UUID, actor: PostActor, at: datetime
) -> LeadershipStudy:
    require(actor, "suggestions.record_study")
    _check(facts, actor, at)
    study = LeadershipStudy.objects.create(
        procuratorate=actor.post.procuratorate, minutes=minutes, recorded_by=actor.post, recorded_at=at,
        request_key=request_key, **_columns(facts),
    )  # fmt: skip
    study.matters.set(facts.matters)
    forget_drafts(request_key, actor.key)
    record("suggestions.study_recorded", actor=actor, target=target_of(study), at=at, matters=_numbers(facts))
    return study


@operation
def correct_study(
    *, study: LeadershipStudy, facts: StudyFacts, minutes: StoredFile | None, request_key: UUID, actor: PostActor,
    version: int, at: datetime,
) -> LeadershipStudy:  # fmt: skip
    """Put right what was noted; without new minutes those on file stay.

    Raises NotAllowed, StudyNotHeldYet, NotStudied, StudyMovedOn."""
    require(actor, "suggestions.correct_study", study)
    _check(facts, actor, at)
    changed = _columns(facts) | ({"minutes": minutes} if minutes is not None else {})
    as_read = LeadershipStudy.objects.filter(pk=study.pk, version=version)
    if not as_read.update(version=F("version") + 1, **changed):
        raise StudyMovedOn("同事刚刚更正过这次专题研究，请刷新页面看过以后再改。")
    study.refresh_from_db()
    study.matters.set(facts.matters)
    forget_drafts(request_key, actor.key)
    record("suggestions.study_corrected", actor=actor, target=target_of(study), at=at, matters=_numbers(facts))
    return study


def _check(facts: StudyFacts, actor: PostActor, at: datetime) -> None:
    if facts.held_on > at.date():
        raise StudyNotHeldYet(f"会议日期{day_text(facts.held_on)}还没有到，请开会以后再登记。")
    own = Matter.objects.open_to(actor.post).filter(kind__in=ACCOUNTED)
    found = set(own.filter(pk__in=[matter.pk for matter in facts.matters]).values_list("pk", flat=True))
    for matter in facts.matters:
        if matter.pk not in found:
            raise NotStudied(f"{matter.number}不是本院登记的建议，请核对编号。")


def _columns(facts: StudyFacts) -> dict[str, object]:
    return {name: value for name, value in vars(facts).items() if name != "matters"}


def _numbers(facts: StudyFacts) -> list[str]:
    return [matter.number for matter in facts.matters]


def target_of(study: LeadershipStudy) -> Target:
    """The meeting as audit names it."""
    return Target(kind="suggestions.leadershipstudy", key=str(study.pk), label=str(study))

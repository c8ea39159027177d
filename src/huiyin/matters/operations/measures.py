"""改进措施: resolved, noted upon, ended as done or not done with why; its day is the year's end as the book has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import F

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.measuring import year_end
from huiyin.matters.models import Matter, Measure, MeasureNote, Revisit
from huiyin.matters.operations.deadlines import ladder_of
from huiyin.matters.queries import department_heads, posts_with
from huiyin.matters.rules.following import MeasureState
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department, Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import RUNG_LABELS, Rung, RungDay, current_rung, late_from
from huiyin.regulations.rules.wording import basis_line, day_text

LIMIT: Final = "MEASURE"  # its day is named by the book's cadence or by hand; no book holds a length for it
CHUNK: Final = 40


_kept_open: list[Callable[[Measure], str]] = []


def keep_open(why: Callable[[Measure], str]) -> None:
    """Let an app above say why a measure ends with something of its own and not by itself; once, at the start."""
    _kept_open.append(why)


def why_kept_open(measure: Measure) -> str:
    """A sentence where a measure ends with something else; empty where it ends by itself."""
    return next((said for why in _kept_open if (said := why(measure))), "")


class CannotMeasure(Refusal):
    """Something is missing, a day is past, or a colleague was faster."""

    code = "matters.cannot_measure"


@dataclass(frozen=True, kw_only=True)
class MeasureFacts:
    """A measure as it is resolved. due_on: None: the year's end the book names; source: what it goes back to;
    plan_item: the item of the year's work plan it was taken up in."""

    text: str
    department: Department
    owner: Post
    source: str = ""
    plan_item: str = ""
    due_on: date | None = None


@operation
def open_measure(
    *,
    facts: MeasureFacts,
    matter: Matter | None = None,
    revisit: Revisit | None = None,
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Measure:
    """Resolve a measure, of a matter, of a revisit or alone; one request_key resolves once.

    Raises NotAllowed, CannotMeasure."""
    matter = matter or (revisit.matter if revisit else None)
    require(actor, "matters.open_measure", matter)
    measure = Measure.objects.filter(opened_by=actor.post, request_key=request_key).first()
    made = measure is None
    if measure is None:
        _check(facts, matter, actor, at)
        measure = Measure(
            procuratorate=actor.post.procuratorate, matter=matter, revisit=revisit,
            source=clip(facts.source.strip() or _source(matter, revisit), 200), text=clip(facts.text.strip(), 500),
            plan_item=clip(facts.plan_item.strip(), 200),
            department=facts.department, owner=facts.owner, opened_by=actor.post, opened_at=at, request_key=request_key,
        )  # fmt: skip
        _date(measure, facts.due_on, at)
        measure.save()
        _tell(measure, "opened", "新的改进措施", f"请落实：{measure.text}，{day_text(measure.due_on)}前完成。", at)
    record("matters.measure_opened", actor=actor, target=target_of(measure), at=at, again=not made, due=measure.due_on)
    return measure


def _check(facts: MeasureFacts, matter: Matter | None, actor: PostActor, at: datetime) -> None:
    if not facts.text.strip():
        raise CannotMeasure("请写明改进措施。")
    if matter is None and not facts.source.strip():
        raise CannotMeasure("请写明来源，例如哪次会议的审议意见。")
    if facts.owner.department_id != facts.department.pk:
        raise CannotMeasure("责任人应当是责任部门的人员。")
    if facts.department.procuratorate_id != actor.post.procuratorate_id:
        raise CannotMeasure("请选择本院的部门。")
    if facts.due_on is not None and facts.due_on < at.date():
        raise CannotMeasure("完成期限不能早于今天。")


def _source(matter: Matter | None, revisit: Revisit | None) -> str:
    assert matter is not None
    return f"{matter.known_as}{'回访' if revisit else ''}"


def _date(measure: Measure, named: date | None, at: datetime) -> None:
    on = at.date()
    stack = stack_for(measure.procuratorate, on=on)
    day, basis = year_end(stack, on)
    due_on = named or day
    if due_on is None:
        raise CannotMeasure("施行的制度没有规定改进措施的期限，请填写完成期限。")
    lines = []
    if named is not None and named != day:
        lines.append(f"责任部门定为{day_text(named)}前完成。")
    if basis is not None:
        lines.append(basis_line(basis).text)
    measure.limit_code, measure.starts_on, measure.raw_on, measure.due_on = LIMIT, on, due_on, due_on
    measure.late_from, measure.explanation = late_from(due_on), lines
    measure.book_code = basis.book_code if basis else ""
    measure.book_version = basis.book_version if basis else ""
    measure.article = basis.article if basis and named in {None, day} else "改进措施"
    rungs = ladder_of(stack, on, start=on, due_on=due_on, working_days=calendar())
    measure.rungs = [[each.rung.value, each.on.isoformat()] for each in rungs]
    measure.rung, measure.rung_on = "", min((each.on for each in rungs), default=None)


@operation
def note_measure(
    *, measure: Measure, text: str, plan_item: str = "", request_key: UUID, actor: PostActor, at: datetime
) -> MeasureNote:
    """Note how far it has come. plan_item: the item of the work plan that takes it up; empty: as it stood.

    Raises NotAllowed, CannotMeasure."""
    require(actor, "matters.note_measure", measure)
    if not text.strip():
        raise CannotMeasure("请写明进展。")
    if measure.status != MeasureState.OPEN:
        raise CannotMeasure("这项措施已经办结，不再记录进展。")
    note, made = MeasureNote.objects.get_or_create(
        noted_by=actor.post, request_key=request_key,
        defaults={"measure": measure, "text": clip(text.strip(), 500), "noted_at": at},
    )  # fmt: skip
    planned = clip(plan_item.strip(), 200)
    if made and planned and planned != measure.plan_item:
        Measure.objects.filter(pk=measure.pk).update(plan_item=planned)
    told = {"note": note.pk, "plan_item": planned, "again": not made}
    record("matters.measure_noted", actor=actor, target=target_of(measure), at=at, **told)
    return note


@operation
def end_measure(
    *, measure: Measure, done: bool, outcome: str, ended_on: date, actor: PostActor, version: int, at: datetime
) -> Measure:
    """End it as done, or as not done with why. Raises NotAllowed, CannotMeasure."""
    require(actor, "matters.end_measure", measure)
    if kept := why_kept_open(measure):
        raise CannotMeasure(kept)
    if not outcome.strip():
        raise CannotMeasure("请写明落实情况；没有落实的，写明原因。")
    if ended_on > at.date() or ended_on < measure.starts_on:
        raise CannotMeasure("完成日期应在提出之日与今天之间，请核对。")
    as_read = Measure.objects.filter(pk=measure.pk, version=version, status=MeasureState.OPEN)
    status = MeasureState.DONE if done else MeasureState.NOT_DONE
    ended = {"met_at": at} if done else {"dropped_at": at}
    if not as_read.update(
        version=F("version") + 1, status=status, outcome=clip(outcome.strip(), 500), ended_on=ended_on,
        ended_by=actor.post, rung_on=None, **ended,
    ):  # fmt: skip
        raise CannotMeasure("这项措施刚刚由同事办理过，请刷新后再看。")
    measure.refresh_from_db()
    record("matters.measure_ended", actor=actor, target=target_of(measure), at=at, done=done, outcome=outcome)
    return measure


def remind_of_measures(at: datetime) -> int:
    """Sweep: every open measure climbs its ladder; returns how many were told of. Safe to run twice."""
    waiting = Measure.objects.filter(rung_on__lte=at.date(), met_at=None, dropped_at=None)
    keys = list(waiting.order_by("id").values_list("pk", flat=True))
    chunks = (keys[first : first + CHUNK] for first in range(0, len(keys), CHUNK))
    return sum(remind_measure_chunk(measure_ids=chunk, at=at) for chunk in chunks)


@operation
def remind_measure_chunk(*, measure_ids: Sequence[int], at: datetime) -> int:
    """One rung for some measures in one short transaction; returns how many were told of."""
    rows = Measure.objects.filter(pk__in=measure_ids, met_at=None, dropped_at=None)
    for measure in rows.select_related("procuratorate", "department", "owner__staff"):
        _climb(measure, at)
    target = Target(kind="matters.measure", key="")
    record("matters.measures_reminded", actor=SYSTEM, target=target, at=at, measures=list(measure_ids))
    return len(measure_ids)


def _climb(measure: Measure, at: datetime) -> None:
    on = at.date()
    rungs = [RungDay(Rung(rung), date.fromisoformat(day)) for rung, day in measure.rungs]
    reached = current_rung(rungs, on)
    if reached is not None:
        late = "，现已逾期，请登记落实情况，没有落实的写明原因" if reached is Rung.OVERDUE else ""
        body = f"改进措施“{clip(measure.text, 80)}”应于{day_text(measure.due_on)}前完成{late}。"
        posts = {post.pk: post for post in _told(measure, reached, on)}
        event = f"{reached.value}:{measure.due_on}"
        _tell(measure, event, f"{RUNG_LABELS[reached]}：改进措施", body, at, list(posts.values()))
    ahead = min((each.on for each in rungs if each.on > on), default=None)
    Measure.objects.filter(pk=measure.pk).update(rung=reached.value if reached else "", rung_on=ahead)


def _told(measure: Measure, rung: Rung, on: date) -> list[Post]:
    """The owner and the head; once late, the office too."""
    posts = [measure.owner, *department_heads(measure.department, on=on)]
    if rung is Rung.OVERDUE:
        posts += posts_with(measure.procuratorate, Role.LIAISON_OFFICE, on=on)
    return posts


def _tell(
    measure: Measure, event: str, title: str, body: str, at: datetime, posts: Sequence[Post] | None = None
) -> None:
    for post in posts if posts is not None else [measure.owner]:
        queue(
            event_key=f"measure:{measure.pk}:{event}", title=title, body=body, at=at, post=post, lane=Lane.STATUTORY,
            link=f"/desk/measures/{measure.pk}/", procuratorate=measure.procuratorate,
        )  # fmt: skip


def target_of(measure: Measure) -> Target:
    """A measure as the audit names it."""
    return Target(kind="matters.measure", key=str(measure.pk), label=f"改进措施（{measure.department}）")

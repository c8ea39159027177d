"""Matters as plain facts, in a handful of queries however many; and which matters a period has."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.timezone import localtime

from huiyin.matters.kinds import KindLimits, kinds
from huiyin.matters.models import Act, Commitment, Deadline, Matter, Participant, Rating, Reply, Undertaking
from huiyin.matters.rating_state import PREFERRED
from huiyin.matters.rules import (
    GRADE_LABELS,
    NOT_ANSWERED,
    ActKind,
    Grade,
    HandlerRole,
    RatingSource,
    ReplyStatus,
    UndertakingStatus,
    Visibility,
)
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.rules import BodyKind
from huiyin.regulations.books import RatingOption, Reason, RuleNotFound
from huiyin.regulations.books.vocabulary import Dimension
from huiyin.regulations.queries import remembered_stacks
from huiyin.statistics.rules.facts import Answer, Case, Contact, Given, Part, Promise, Rule, TimeLimit
from huiyin.statistics.rules.periods import Basis, Period
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import Conversion, Gathered, RuleDocument

_OUT = [ReplyStatus.ISSUED, ReplyStatus.DELIVERED]


def listed(post: Post) -> QuerySet[Matter]:
    """The matters of its own office that a post's figures are about: those its register lists."""
    rows = Matter.objects.listed_for(post).filter(procuratorate=post.procuratorate_id)
    return _ours(rows.filter(kind__in=ACCOUNTED))


def of_office(office: Procuratorate) -> QuerySet[Matter]:
    """All matters of an office that a report counts, whoever reads it."""
    rows = Matter.objects.filter(procuratorate=office, kind__in=ACCOUNTED)
    return _ours(rows.exclude(visibility=Visibility.SEALED))


def _ours(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Without those given back, those taken back by all who brought them, and those that left as a whole for a case
    inquiry."""
    left = Conversion.objects.filter(matter=OuterRef("pk"), verdict="agreed", whole=True)
    return rows.exclude(outcome__in=NOT_ANSWERED).exclude(Exists(left))


def within(rows: QuerySet[Matter], period: Period, kind: str = "") -> QuerySet[Matter]:
    """Those of the period (and of one kind)."""
    if kind:
        rows = rows.filter(kind=kind)
    if period.year is not None:
        days = (date(period.year, 1, 1), date(period.year, 12, 31))
        field = "received_on" if period.basis is Basis.RECEIVED else "suggestion__assigned_on"
        return rows.filter(**{f"{field}__range": days})
    assert period.term is not None
    rows = rows.filter(suggestion__term=period.term)
    if period.session is None:
        return rows
    return rows.filter(suggestion__session=period.session) if period.session else rows.filter(suggestion__session=None)


def cases_of(rows: QuerySet[Matter]) -> list[Case]:
    """The matters as the indicators see them, in the order of their numbers."""
    limits = {kind.code: kind.limits for kind in kinds()}
    found = rows.select_related("suggestion", "leader__staff", "procuratorate").prefetch_related(
        Prefetch("undertakings", queryset=_parts(), to_attr="standing_parts"),
        Prefetch(
            "deadlines",
            queryset=Deadline.objects.filter(dropped_at=None, undertaking=None, commitment=None, letter=None),
            to_attr="own_limits",
        ),
        Prefetch(
            "replies",
            queryset=Reply.objects.filter(status__in=_OUT, kind__in=["reply", "opinion"]).exclude(issued_on=None),
            to_attr="letters_out",
        ),
        Prefetch("ratings", queryset=Rating.objects.filter(reply__kind="reply"), to_attr="all_ratings"),
        Prefetch("acts", queryset=Act.objects.filter(held=True).exclude(kind=ActKind.URGE), to_attr="held_acts"),
        Prefetch("participants", queryset=Participant.objects.order_by("position"), to_attr="brought_by"),
        Prefetch("gathered", queryset=_gathered(), to_attr="in_problems"),
        Prefetch("commitments", queryset=Commitment.objects.select_related("reply"), to_attr="promised"),
    )
    rulings: dict[int, _Rulings] = {}
    cases = []
    for matter in found.order_by("external_number", "id"):
        if matter.procuratorate_id not in rulings:
            rulings[matter.procuratorate_id] = _Rulings(matter.procuratorate)
        cases.append(_case(matter, limits[matter.kind], rulings[matter.procuratorate_id]))
    return cases


def _gathered() -> QuerySet[Gathered]:
    with_rules = Prefetch("problem__documents", queryset=RuleDocument.objects.order_by("dated_on", "id"))
    return Gathered.objects.select_related("problem").prefetch_related(with_rules).order_by("id")


def _parts() -> QuerySet[Undertaking]:
    standing = Undertaking.objects.exclude(status=UndertakingStatus.MOVED)
    return standing.select_related("department", "organ").order_by("id")


class _Rulings:
    """What an office's books said on a day of ratings and of reasons, remembered day by day."""

    def __init__(self, office: Procuratorate) -> None:
        self.office, self.stacks = office, remembered_stacks()
        self.scales: dict[date, tuple[RatingOption, ...]] = {}

    def scale(self, day: date) -> tuple[RatingOption, ...]:
        """The scale of ratings; empty where no book had one."""
        if day not in self.scales:
            try:
                self.scales[day] = self.stacks(self.office, day).rating_scale(Dimension.RESULT, day).options
            except RuleNotFound:
                self.scales[day] = ()
        return self.scales[day]

    def reason(self, code: str, day: date) -> str:
        """What a code of a reason was called; "" where no book named it."""
        found = self.stacks(self.office, day).find(Reason, code, day) if code else None
        return found.title if found else ""


def _case(matter: Matter, limits: KindLimits, rulings: _Rulings) -> Case:
    facts = matter.suggestion
    is_assisted = matter.handler_role == HandlerRole.ASSIST
    return Case(
        id=matter.pk,
        number=matter.external_number or matter.number,
        title=matter.title,
        proposers=tuple(each.name for each in _kept(matter, "brought_by")),
        kind=facts.kind,
        role=matter.handler_role,
        category=matter.category,
        problem_class=matter.problem_class,
        is_key=matter.is_key,
        is_urgent=matter.is_urgent,
        leader=matter.leader_id,
        leader_name=matter.leader.staff.name if matter.leader else "",
        between_sessions=facts.session is None,
        received_on=matter.received_on,
        assigned_on=facts.assigned_on,
        closed_on=localtime(matter.closed_at).date() if matter.closed_at else None,
        round=matter.round,
        answer_limit=limits.assist if is_assisted else _answer_limit(matter, limits),
        first_contact_limit=limits.first_contact,
        redo_limit=limits.redo,
        other_units=f"{facts.lead_unit}、{facts.other_units}",
        parts=tuple(map(_part, _kept(matter, "standing_parts"))),
        limits=tuple(map(_limit, _kept(matter, "own_limits"))),
        answers=tuple(_answer(each, rulings) for each in _kept(matter, "letters_out")),
        ratings=tuple(_given(each, rulings.scale(each.rated_on)) for each in _kept(matter, "all_ratings")),
        contacts=tuple(map(_contact, _kept(matter, "held_acts"))),
        promises=tuple(_promise(each) for each in _kept(matter, "promised") if each.reply.issued_on),
        gathered_on=min((localtime(each.gathered_at).date() for each in _kept(matter, "in_problems")), default=None),
        rules=tuple(
            Rule(naming=each.naming, dated_on=each.dated_on)
            for gathered in _kept(matter, "in_problems")
            for each in gathered.problem.documents.all()
        ),
    )


def _answer_limit(matter: Matter, limits: KindLimits) -> str:
    """The code the answer really runs on, which between sessions may be another one."""
    codes = {row.limit_code for row in _kept(matter, "own_limits")}
    return limits.reply_between if limits.reply_between in codes else limits.reply


def _kept(matter: Matter, name: str) -> list:  # type: ignore[type-arg]  # what a prefetch left under this name
    found: list = getattr(matter, name)  # type: ignore[type-arg]
    return found


def _part(part: Undertaking) -> Part:
    is_court = part.organ is not None and part.organ.kind == BodyKind.COURT
    name = part.department.short_name if part.department else part.who
    return Part(role=part.role, department=part.department_id, name=name, is_court=is_court)


def _limit(row: Deadline) -> TimeLimit:
    return TimeLimit(
        code=row.limit_code,
        round=row.round,
        starts_on=row.starts_on,
        due_on=row.due_on,
        late_from=_local(row.late_from),
        met_at=_local(row.met_at),
        provisional=row.provisional,
    )


def _answer(reply: Reply, rulings: _Rulings) -> Answer:
    assert reply.issued_on is not None
    return Answer(
        id=reply.pk,
        is_opinion=reply.kind == "opinion",
        round=reply.round,
        outcome=reply.outcome,
        mark=reply.mark,
        reason=reply.reason_code,
        reason_title=rulings.reason(reply.reason_code, reply.issued_on),
        issued_on=reply.issued_on,
        issued_at=_local(reply.issued_at),
    )


def _given(rating: Rating, options: tuple[RatingOption, ...]) -> Given:
    well = {option.code for option in options if option.satisfied} or {Grade.SATISFIED, Grade.MOSTLY}
    codes = [option.code for option in options]
    at_least = codes.index(Grade.SATISFIED) + 1 if Grade.SATISFIED in codes else 1
    fully = set(codes[:at_least]) or {Grade.SATISFIED}
    return Given(
        id=rating.pk,
        signer=rating.participant_id,
        round=rating.round,
        rank=PREFERRED.index(RatingSource(rating.source)),
        on_record=rating.is_of_record,
        rated_on=rating.rated_on,
        attitude_well=rating.attitude in well,
        attitude_fully=rating.attitude in fully,
        result_well=rating.result in well,
        result_fully=rating.result in fully,
        attitude=_grade(rating.attitude, options),
        result=_grade(rating.result, options),
    )


def _grade(code: str, options: tuple[RatingOption, ...]) -> str:
    labels = {str(grade): label for grade, label in GRADE_LABELS.items()}
    return (labels | {option.code: option.label for option in options}).get(code, code)


def _contact(act: Act) -> Contact:
    return Contact(id=act.pk, stage=act.stage, mode=act.mode, happened_on=act.happened_on)


def _promise(row: Commitment) -> Promise:
    assert row.reply.issued_on is not None
    return Promise(
        id=row.pk, text=row.text, given_on=row.reply.issued_on, promised_on=row.promised_on, done_on=row.done_on
    )


def _local(moment: datetime | None) -> datetime | None:
    return localtime(moment) if moment is not None else None

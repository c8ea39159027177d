"""Which letters still wait for their rating, and which matters may end: one query each, for lists and counts.

`closing.why_not_close` says the same of one matter, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huiyin.matters.drafting import ANSWERS, REPLY, SECOND
from huiyin.matters.kinds import kinds, unrated_kinds
from huiyin.matters.models import Deadline, Matter, Participant, Rating, Reply
from huiyin.matters.rules import GRADE_LABELS, Grade, HandlerRole, RatingSource, ReplyStatus, Status
from huiyin.matters.second_letters import ANSWERED
from huiyin.organisations.models import Procuratorate
from huiyin.regulations.books import RuleNotFound, Stack
from huiyin.regulations.books.vocabulary import Dimension, RedoTrigger, ReplyMode
from huiyin.regulations.queries import stack_for

OUT = (ReplyStatus.ISSUED, ReplyStatus.DELIVERED)


@dataclass(frozen=True)
class _Rules:
    """What the office's books say of ratings on a day."""

    each: bool  # every signer receives and rates; otherwise the lead alone
    well: frozenset[str]
    counted: tuple[str, ...]  # the dimensions that bring a redo, none where an order does


def letters_to_rate(office: Procuratorate, on: date, *, stack: Stack | None = None) -> QuerySet[Reply]:
    """Letters that are out and lack somebody's rating of record; a second letter until its time is over."""
    rules = _rules(stack or stack_for(office, on=on), on)
    answers = Reply.objects.filter(status__in=OUT, round=F("matter__round"), matter__procuratorate=office)
    over = Deadline.objects.filter(letter=OuterRef("pk")).filter(Q(due_on__lt=on) | ~Q(dropped_at=None))
    first = answers.filter(kind=REPLY, matter__status=Status.REPLIED).values("pk")
    out_again = Reply.objects.filter(status__in=OUT, kind=SECOND).values("pk")  # few, in all offices together
    second = answers.filter(pk__in=out_again, matter__status__in=ANSWERED).exclude(Exists(over)).values("pk")
    wanted = Reply.objects.filter(pk__in=first.union(second))  # each by an index, as one OR would not be
    return wanted.filter(Exists(_unrated(rules)))


def ready_to_close(office: Procuratorate, on: date, *, stack: Stack | None = None) -> QuerySet[Matter]:
    """Answered matters, delivered, rated well by everyone or past the time for rating."""
    rules = _rules(stack or stack_for(office, on=on), on)
    answer = Reply.objects.filter(matter=OuterRef("pk"), kind=REPLY, round=OuterRef("round"))
    delivered = answer.filter(status=ReplyStatus.DELIVERED)
    waits = delivered.filter(Exists(_unrated(rules)))
    codes = {kind.limits.rating for kind in kinds()} - {""}
    days = Deadline.objects.filter(matter=OuterRef("pk"), round=OuterRef("round"), limit_code__in=codes)
    over = days.filter(letter=None, dropped_at=None, due_on__lt=on)
    answered = Matter.objects.filter(procuratorate=office, status=Status.REPLIED)
    own = answered.exclude(handler_role=HandlerRole.ASSIST).filter(Exists(delivered))
    return own.filter(~Exists(waits) | Exists(over)).exclude(Exists(_unhappy(rules)))


def _unrated(rules: _Rules) -> QuerySet[Participant]:
    """Signers of a letter (the outer query) without a rating of record."""
    signers = Participant.objects.filter(matter=OuterRef("matter"), role__in=["lead", "cosigner", "organ"])
    signers = signers.exclude(matter__kind__in=unrated_kinds())
    own = signers if rules.each else signers.filter(position=0)
    rated = Rating.objects.filter(reply=OuterRef(OuterRef("pk")), participant=OuterRef("pk"), is_of_record=True)
    return own.exclude(Exists(rated))


def _unhappy(rules: _Rules) -> QuerySet[Rating]:
    """Ratings of record, of the matter of the outer query, that bring a redo; the signed form outranks the system."""
    given = Rating.objects.filter(
        matter=OuterRef("pk"), round=OuterRef("round"), reply__kind__in=ANSWERS, is_of_record=True
    )
    if not rules.counted:
        return given.none()
    badly = Q()
    for dimension in rules.counted:
        badly |= _badly(dimension, rules.well)
    form = Rating.objects.filter(
        reply=OuterRef("reply"), participant=OuterRef("participant"), source=RatingSource.SIGNED_FORM
    )
    return given.filter(badly).exclude(Q(source=RatingSource.CONGRESS_SYSTEM) & Exists(form))


def _badly(dimension: str, well: frozenset[str]) -> Q:
    """Not well in a dimension; overall, where the form leaves it empty, in attitude or result."""
    if dimension != Dimension.OVERALL:
        return ~Q(**{f"{dimension}__in": well})
    parts = ~Q(attitude__in=well) | ~Q(result__in=well)
    return (Q(overall="") & parts) | (~Q(overall="") & ~Q(overall__in=well))


def _rules(stack: Stack, on: date) -> _Rules:
    try:
        mode = stack.reply_to(on).mode
    except RuleNotFound:
        mode = ReplyMode.EACH
    try:
        well = frozenset(each.code for each in stack.rating_scale(Dimension.RESULT, on).options if each.satisfied)
    except RuleNotFound:
        well = frozenset(GRADE_LABELS) - {Grade.DISSATISFIED}
    return _Rules(each=mode is not ReplyMode.LEAD, well=well, counted=_counted(stack, on))


def _counted(stack: Stack, on: date) -> tuple[str, ...]:
    try:
        rule = stack.redo(on)
    except RuleNotFound:
        return ()
    if rule.trigger is not RedoTrigger.RATING:
        return ()
    match rule.dimension:
        case Dimension.ATTITUDE:
            return ("attitude",)
        case Dimension.RESULT:
            return ("result",)
        case Dimension.OVERALL:
            return ("overall",)

"""What the ratings of a letter come to: the scale, the rating of record, who has not rated, whether to redo."""

from __future__ import annotations

from datetime import date
from typing import Final

from huiyin.matters.drafting import ANSWERS
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Matter, Participant, Rating, Reply
from huiyin.matters.recipients import raters, served
from huiyin.matters.rules import GRADE_LABELS, Grade, RatingSource
from huiyin.regulations.books import RatingOption, Redo, RuleNotFound
from huiyin.regulations.books.vocabulary import Dimension, RedoTrigger
from huiyin.regulations.queries import stack_for

PREFERRED: Final = (
    RatingSource.SIGNED_FORM, RatingSource.CONGRESS_SYSTEM, RatingSource.OUR_SITE, RatingSource.ORAL
)  # fmt: skip
_WITHOUT_BOOK: Final = tuple(
    RatingOption(code=grade.value, label=label, satisfied=grade is not Grade.DISSATISFIED)
    for grade, label in GRADE_LABELS.items()
)


def grades(matter: Matter, on: date) -> tuple[RatingOption, ...]:
    """The grades of the book's scale, best first; the customary three where no book has a scale."""
    try:
        return stack_for(matter.procuratorate, on=on).rating_scale(Dimension.RESULT, on).options
    except RuleNotFound:
        return _WITHOUT_BOOK


def grade_label(matter: Matter, code: str, on: date) -> str:
    """What a grade is called."""
    return next((grade.label for grade in grades(matter, on) if grade.code == code), code)


def redo_rule(matter: Matter, on: date) -> Redo | None:
    """What starts a redo, by the book."""
    try:
        return stack_for(matter.procuratorate, on=on).redo(on)
    except RuleNotFound:
        return None


def is_satisfied(rating: Rating, on: date) -> bool:
    """Whether a rating is well in the dimension that the book counts."""
    rule = redo_rule(rating.matter, on)
    well = {grade.code for grade in grades(rating.matter, on) if grade.satisfied}
    match rule.dimension if rule else Dimension.RESULT:
        case Dimension.ATTITUDE:
            return rating.attitude in well
        case Dimension.RESULT:
            return rating.result in well
        case Dimension.OVERALL if rating.overall:
            return rating.overall in well
        case Dimension.OVERALL:
            return rating.attitude in well and rating.result in well


def best_source(ratings: list[Rating]) -> Rating | None:
    """Of one signer's ratings of one letter the one that counts: signed form, congress system, site, word of mouth."""
    return min(ratings, key=lambda each: PREFERRED.index(RatingSource(each.source)), default=None)


def of_record(reply: Reply, participant: Participant) -> Rating | None:
    """The signed or official rating of one signer."""
    found = Rating.objects.filter(reply=reply, participant=participant, is_of_record=True)
    return best_source(list(found))


def standing(reply: Reply) -> dict[int, Rating]:
    """Of every signer who rated the letter the rating that counts, by participant."""
    by_signer: dict[int, list[Rating]] = {}
    for rating in reply.ratings.select_related("participant", "matter__procuratorate").order_by("id"):
        by_signer.setdefault(rating.participant_id, []).append(rating)
    return {key: best for key, each in by_signer.items() if (best := best_source(each)) is not None}


def unrated(reply: Reply, on: date) -> list[Participant]:
    """Those who received the letter and have no rating of record yet; nobody where its kind is not rated."""
    if not kind_of(reply.matter).is_rated:
        return []
    have = {key for key, rating in standing(reply).items() if rating.is_of_record}
    return [each for each in served(reply, on) if each.pk not in have]


def dissatisfied(reply: Reply, on: date) -> list[Rating]:
    """Ratings of record that the book counts as not satisfied."""
    return [each for each in standing(reply).values() if each.is_of_record and not is_satisfied(each, on)]


def redo_is_due(reply: Reply, on: date) -> bool:
    """Whether the book asks for a redo because of what was rated; an order of the congress is another matter."""
    rule = redo_rule(reply.matter, on)
    return rule is not None and rule.trigger is RedoTrigger.RATING and bool(dissatisfied(reply, on))


def letters_of_round(matter: Matter) -> list[Reply]:
    """The answer of the present round and the second letters that followed it, those that are out."""
    out = matter.replies.filter(kind__in=ANSWERS, round=matter.round).exclude(issued_on=None)
    return list(out.select_related("matter__procuratorate", "number").order_by("id"))


def first_and_last(matter: Matter, participant: Participant) -> tuple[Rating | None, Rating | None]:
    """A signer's first rating and the one of the last letter (首次评价, 最终评价)."""
    replies = matter.replies.filter(kind__in=ANSWERS).exclude(status="voided").order_by("round", "id")
    rated = [standing(reply).get(participant.pk) for reply in replies]
    given = [rating for rating in rated if rating is not None]
    return (given[0], given[-1]) if given else (None, None)


def all_raters(reply: Reply) -> list[Participant]:
    """Everybody who may rate a letter."""
    return raters(reply)

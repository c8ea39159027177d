"""What of one matter counts for what, on a given day: later facts are not there yet. No Django."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from huiyin.statistics.rules.facts import Answer, Case, Given, Promise, TimeLimit

IN_PERSON: Final = frozenset({"face_to_face", "visit"})
_COURT: Final = "法院"


def known(cases: Iterable[Case], day: date) -> list[Case]:
    """The matters that had come in by the day."""
    return [case for case in cases if case.received_on <= day]


def is_closed(case: Case, day: date) -> bool:
    """Whether it was closed by the day."""
    return case.closed_on is not None and case.closed_on <= day


def answers(case: Case, day: date) -> list[Answer]:
    """The letters that were out by the day, the first round first: answers to the deputy, or, where we assist, our
    opinion to the lead unit."""
    out = [each for each in case.answers if each.is_opinion is not case.we_answer and each.issued_on <= day]
    return sorted(out, key=lambda each: (each.round, each.id))


def is_answered(case: Case, day: date) -> bool:
    """Whether a first letter was out by the day."""
    return bool(answers(case, day))


def outcome(case: Case, day: date) -> str:
    """What the last answer out by the day came to; "" where we only assist."""
    out = answers(case, day)
    return out[-1].outcome if out and case.we_answer else ""


def limit_of(case: Case, code: str) -> TimeLimit | None:
    """The limit of the first round, the nearest first."""
    own = [each for each in case.limits if each.code == code and each.round == 1]
    return min(own, key=lambda each: each.due_on, default=None)


def answered_in_time(case: Case, day: date) -> bool | None:
    """Whether the first letter was issued before its limit had passed; None while neither has happened, or without a
    limit."""
    limit = limit_of(case, case.answer_limit)
    if limit is None:
        return None
    first = next((each for each in answers(case, day) if each.round == 1), None)
    if first is not None:
        return not limit.missed_by(first.issued_at, first.issued_on)
    return False if limit.missed_by(None, day) else None


def met_in_time(case: Case, day: date) -> bool | None:
    """Whether the deputy was first contacted in time; None while neither has happened, or without a limit."""
    limit = limit_of(case, case.first_contact_limit)
    if limit is None or not case.we_answer:
        return None
    days = [each.happened_on for each in case.contacts if each.happened_on <= day]
    if days:
        return not limit.missed_by(None, min(days))
    return False if limit.missed_by(None, day) else None


def was_contacted(case: Case, day: date, *, stage: str = "", modes: frozenset[str] = frozenset()) -> bool:
    """Whether a contact of the stage (of one of the modes) took place by the day."""
    return any(
        each.happened_on <= day and (not stage or each.stage == stage) and (not modes or each.mode in modes)
        for each in case.contacts
    )


def was_redone(case: Case, day: date) -> bool:
    """Whether it was handled anew by the day, because of a rating or an order."""
    begun = [each.starts_on for each in case.limits if each.code == case.redo_limit and each.round > 1]
    return case.round > 1 and (min(begun) <= day if begun else True)


def ratings(case: Case, day: date, *, last: bool) -> list[Given]:
    """Of every signer the first (or the last) rating of record given by the day; first and last are kept apart."""
    if not case.we_answer:
        return []
    by_signer: dict[int, list[Given]] = {}
    for each in case.ratings:
        if each.on_record and each.rated_on <= day:
            by_signer.setdefault(each.signer, []).append(each)
    found = []
    for given in by_signer.values():
        wanted = (max if last else min)(each.round for each in given)
        found.append(min((each for each in given if each.round == wanted), key=lambda each: (each.rank, each.id)))
    return found


def unconfirmed(case: Case, day: date) -> list[Given]:
    """Ratings from a phone or by word of mouth whose signer has given none of record for that letter yet."""
    signed = {(each.signer, each.round) for each in case.ratings if each.on_record and each.rated_on <= day}
    loose = [each for each in case.ratings if not each.on_record and each.rated_on <= day]
    return [each for each in loose if (each.signer, each.round) not in signed] if case.we_answer else []


def promises(case: Case, day: date, *, due_only: bool = False) -> list[Promise]:
    """What was promised by the day; due_only: what had to be done by then."""
    given = [each for each in case.promises if each.given_on <= day]
    return [each for each in given if each.promised_on <= day] if due_only else given


def is_kept(promise: Promise, day: date) -> bool:
    """Whether it was done by the day it was promised for, and by the day asked about."""
    return promise.done_on is not None and promise.done_on <= min(promise.promised_on, day)


def with_court(case: Case) -> bool:
    """Whether the court has a part in it: as an organ of the 拟办, as lead unit or beside us on the list (S3-07)."""
    return any(part.is_court for part in case.parts) or _COURT in case.other_units

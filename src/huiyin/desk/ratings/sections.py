"""Ratings, redo, close and file on the page of a matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from huiyin.desk.home.waiting import add_waiting
from huiyin.desk.matters.sections import Act as Button
from huiyin.desk.matters.sections import MatterFacts, add_acts, add_section
from huiyin.desk.ratings.promises import build_promises, waiting
from huiyin.desk.ratings.promises import buttons as promise_buttons
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Rating, RatingCall, Reply
from huiyin.matters.rules import GRADE_LABELS, Status
from huiyin.organisations.permissions import may
from huiyin.regulations.books import RatingScale
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/ratings/ending.html", build_ending, 5, column="top")
    add_section("desk/ratings/promises.html", build_promises, 75)
    add_section("desk/ratings/section.html", build_ratings, 80)
    add_section("desk/ratings/consents.html", build_consents, 35, column="side")
    add_acts("ratings", buttons)
    add_acts("promises", promise_buttons)
    add_waiting("ratings", waiting, 60)


def build_ending(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """可以办结, once everyone has rated well or the time for it is over."""
    return {"may_close": may(request.actor, "matters.close")} if facts.may_end else None


def build_consents(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Papers of organs outside about this matter: orders to handle it anew, consents."""
    papers = list(facts.matter.consents.select_related("scan"))
    return {"papers": papers} if papers else None


def build_ratings(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """What the signers thought of each letter: first and last apart, provisional ones marked."""
    if not kind_of(facts.matter).is_rated:
        return None
    if facts.matter.status not in {Status.REPLIED, Status.CLOSED, Status.ARCHIVED} and facts.matter.round == 1:
        return None
    ratings = facts.matter.ratings.select_related("participant", "reply__number", "call__post__staff")
    labels = _labels(facts)
    rows = [
        {
            "rating": rating,
            "attitude": labels.get(rating.attitude, rating.attitude),
            "result": labels.get(rating.result, rating.result),
            "is_bad": rating.result == "not_satisfied",
            "letter": _letter_words(rating),
            "call": _call(rating),
        }
        for rating in ratings.order_by("-round", "participant__position", "id")
    ]
    return {"rows": rows, "rounds": facts.matter.round}


def _letter_words(rating: Rating) -> str:
    if rating.reply.kind == "second":
        return "再行答复"
    return "首次答复" if rating.round == 1 else f"第{rating.round}次答复"


def _labels(facts: MatterFacts) -> dict[str, str]:
    scales: tuple[RatingScale, ...] = facts.stack.rating_scales(facts.on)
    named = {option.code: option.label for scale in scales for option in scale.options}
    return {grade.value: label for grade, label in GRADE_LABELS.items()} | named


def _call(rating: Rating) -> RatingCall | None:
    return getattr(rating, "call", None)


def _is_rated_now(letter: Reply, facts: MatterFacts) -> bool:
    """Whether the time for rating a second letter runs."""
    days = [each for each in facts.deadlines if each.letter_id == letter.pk]
    return any(each.met_at is None and each.dropped_at is None and facts.on <= each.due_on for each in days)


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Button]:
    """What ends a matter, as its state has it."""
    matter, actor = facts.matter, request.actor
    answered = matter.handler_role != "assist" and kind_of(matter).is_rated
    if matter.status == Status.REPLIED and answered and may(actor, "matters.record_rating"):
        reply = next((each for each in facts.letters if each.kind == "reply" and each.round == matter.round), None)
        if reply is not None:
            there = reverse("desk:ratings:record", args=[reply.pk])
            yield Button("登记评价", there, "star", primary=not facts.may_end)
    second = next((each for each in facts.letters if each.kind == "second" and _is_rated_now(each, facts)), None)
    if second is not None and may(actor, "matters.record_rating"):
        yield Button("登记再行答复的评价", reverse("desk:ratings:record", args=[second.pk]), "star")
    if matter.status in {Status.REPLIED, Status.CLOSED} and answered and may(actor, "matters.redo"):
        yield Button("重新办理", reverse("desk:ratings:redo", args=[matter.pk]), "refresh")
    if matter.status == Status.REPLIED and may(actor, "matters.close"):
        there = reverse("desk:ratings:close", args=[matter.pk])
        yield Button("办结", there, "circle-check", primary=facts.may_end)
    if matter.status in {Status.CLOSED, Status.ARCHIVED} and may(actor, "matters.file"):
        waits = matter.status == Status.CLOSED
        there = reverse("desk:filing:file", args=[matter.pk])
        yield Button("归档" if waits else "案卷", there, "archive", primary=waits)

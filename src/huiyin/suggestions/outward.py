"""The layout in which matters leave for the congress system (S0-82): version 1, told in docs/how-to/report-outward.md.

One record a matter: what was asked, by whom, what we answered, how it arrived, what was thought of it. No telephone,
no address, no words of a talk stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from huiyin.matters.models import Act, ExternalReference, Matter, Participant, Rating, Reply, Undertaking
from huiyin.matters.rating_state import best_source, grades
from huiyin.matters.rules import HANDLER_ROLE_LABELS, MATTER_OUTCOME_LABELS
from huiyin.suggestions.models import Suggestion

NAME: Final = "huiyin.outward"
VERSION: Final = 1
CHUNK: Final = 200
COLUMNS: Final = (
    ("系统编号", 14), ("编号", 12), ("收文号", 20), ("届次", 18), ("种类", 8), ("题目", 48), ("提出人", 14),
    ("联名人", 30), ("代表团或界别", 16), ("交办日期", 12), ("收到日期", 12), ("我院角色", 10), ("承办部门", 28),
    ("沟通情况", 40), ("办理结果", 16), ("结果标注", 8), ("答复文号", 24), ("成文日期", 12), ("印发日期", 12),
    ("送达", 30), ("送达日期", 12), ("办理态度", 10), ("办理结果评价", 12), ("总体评价", 10), ("评价日期", 12),
    ("评价来源", 18), ("再行答复", 30), ("办结日期", 12), ("答复录入日期", 14),
)  # fmt: skip


def records(references: QuerySet[ExternalReference], on: date) -> Iterator[dict[str, Any]]:
    """The records of these references, chunk by chunk, in the order of the ids."""
    whole = references.select_related("system").prefetch_related(Prefetch("matter", queryset=_matters()))
    scales: dict[int, dict[str, str]] = {}
    for reference in whole.order_by("pk").iterator(chunk_size=CHUNK):
        office = reference.matter.procuratorate_id
        if office not in scales:
            scales[office] = {each.code: each.label for each in grades(reference.matter, on)}
        yield _record(reference, scales[office])


def _matters() -> QuerySet[Matter]:
    letters = Reply.objects.exclude(status="voided").exclude(issued_on=None).select_related("number")
    people = Participant.objects.exclude(role="inquirer").order_by("position")
    parts = Undertaking.objects.exclude(status="moved").select_related("department", "organ").order_by("id")
    ratings = Rating.objects.filter(is_of_record=True).select_related("participant").order_by("-round", "id")
    return Matter.objects.select_related("procuratorate", "suggestion").prefetch_related(
        Prefetch("participants", people, to_attr="brought_by"),
        Prefetch("undertakings", parts, to_attr="parts"),
        Prefetch("replies", letters.prefetch_related("deliveries").order_by("-round", "id"), to_attr="letters"),
        Prefetch("acts", Act.objects.filter(held=True).exclude(participant=None), to_attr="talks"),
        Prefetch("ratings", ratings.exclude(reply__kind="second").exclude(reply__status="voided"), to_attr="on_record"),
    )


def _record(reference: ExternalReference, scale: dict[str, str]) -> dict[str, Any]:
    matter: Any = reference.matter
    facts: Suggestion | None = getattr(matter, "suggestion", None)
    letter = next((each for each in matter.letters if each.kind != "second" and each.round == matter.round), None)
    people = list(matter.brought_by)
    return {
        "system": reference.system.name, "system_number": reference.number, "number": matter.external_number,
        "register_number": matter.number, "session": facts.session_label if facts else "",
        "kind": facts.get_kind_display() if facts else "", "title": matter.title,
        "proposers": [{"name": each.name, "delegation": each.delegation} for each in people],
        "assigned_on": facts.assigned_on if facts else None, "received_on": matter.received_on,
        "role": {"code": matter.handler_role, "label": HANDLER_ROLE_LABELS.get(matter.handler_role, "")},
        "departments": [f"{part.who}（{part.get_role_display()}）" for part in matter.parts],
        "contacts": [{"on": act.happened_on, "what": act.title} for act in matter.talks],
        "outcome": {"code": matter.outcome, "label": MATTER_OUTCOME_LABELS.get(matter.outcome, "")},
        "letter": _letter(letter),
        "ratings": [_rating(each, scale) for each in _counting(matter)],
        "second_letters": [_letter(each) for each in matter.letters if each.kind == "second"],
        "closed_on": matter.closed_at.astimezone().date() if matter.closed_at else None,
        "entered_on": reference.reported_on,
    }  # fmt: skip


def _counting(matter: Any) -> list[Rating]:
    """Of each signer's ratings of this round the one that counts."""
    by_signer: dict[int, list[Rating]] = {}
    for rating in matter.on_record:
        if rating.round == matter.round:
            by_signer.setdefault(rating.participant_id, []).append(rating)
    return [best for each in by_signer.values() if (best := best_source(each)) is not None]


def _letter(letter: Reply | None) -> dict[str, Any] | None:
    if letter is None:
        return None
    return {
        "kind": letter.get_kind_display(), "number": str(letter.number or ""), "mark": letter.mark,
        "outcome": letter.get_outcome_display() if letter.outcome else "", "signed_on": letter.signed_on,
        "issued_on": letter.issued_on, "delivered_on": letter.delivered_on,
        "deliveries": [
            {"to": each.recipient, "how": each.get_mode_display(), "on": each.delivered_on}
            for each in letter.deliveries.all()
        ],
    }  # fmt: skip


def _rating(rating: Rating, scale: dict[str, str]) -> dict[str, Any]:
    return {
        "by": rating.participant.name, "attitude": scale.get(rating.attitude, rating.attitude),
        "result": scale.get(rating.result, rating.result), "overall": scale.get(rating.overall, rating.overall),
        "on": rating.rated_on, "source": rating.get_source_display(),
    }  # fmt: skip


def row_of(said: dict[str, Any]) -> list[str]:
    """A record as a line of the table, in the order of COLUMNS; what is several stands in one cell."""
    first, *others = said["proposers"] or [{"name": "", "delegation": ""}]
    letter = said["letter"] or {"number": "", "mark": "", "outcome": "", "deliveries": []}
    ratings = said["ratings"]
    talks = [f"{_day(each['on'])}{each['what']}" for each in said["contacts"]]
    seconds = [f"{each['number']}（{_day(each['issued_on'])}印发）" for each in said["second_letters"]]
    ways = [f"{each['to']}：{each['how']}" for each in letter["deliveries"]]
    return [
        said["system_number"], said["number"], said["register_number"], said["session"], said["kind"], said["title"],
        first["name"], "、".join(each["name"] for each in others), first["delegation"], _day(said["assigned_on"]),
        _day(said["received_on"]), said["role"]["label"], "、".join(said["departments"]), "；".join(talks),
        said["outcome"]["label"] or letter["outcome"], letter["mark"], letter["number"], _day(letter.get("signed_on")),
        _day(letter.get("issued_on")), "；".join(ways), _day(letter.get("delivered_on")),
        *("；".join(filter(None, (each[name] for each in ratings))) for name in ("attitude", "result", "overall")),
        "；".join(_day(each["on"]) for each in ratings), "；".join(each["source"] for each in ratings),
        "；".join(seconds), _day(said["closed_on"]), _day(said["entered_on"]),
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

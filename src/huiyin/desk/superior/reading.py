"""A lower office's matter as an order opens it: everything to read, nothing to do; each opening is on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.acts import sections as acts
from huiyin.desk.matters import own_sections as own
from huiyin.desk.matters.page import facts_of
from huiyin.desk.matters.sections import Built, MatterFacts
from huiyin.desk.oversight import sections as oversight
from huiyin.desk.ratings import sections as ratings
from huiyin.desk.superior.views import OPEN, order_or_404
from huiyin.matters.operations.superior import open_superior
from huiyin.matters.rules import UndertakingStatus
from huiyin.matters.superior import opened_by_order
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, desk_page


@desk_page(OPEN, methods=["POST"])
def open_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """The matter with its people, text, parts and opinions, days, acts, ratings, originals and letters that are out."""
    order = order_or_404(request, pk)
    seen = opened_by_order(request.post).select_related(
        "procuratorate", "leader__staff", "liaison_officer__staff", "suggestion__body"
    )
    matter = get_object_or_404(seen, pk=order.matter_id)
    open_superior(order=order, actor=request.actor, at=now())
    facts = facts_of(matter)
    context = {
        "title": matter.title,
        "order": order,
        "matter": matter,
        "main": list(_main(request, facts)),
        "side": list(_side(request, facts)),
    }
    return render(request, "desk/superior/matter.html", context)


def _main(request: StaffRequest, facts: MatterFacts) -> Iterator[Built]:
    coming = own.build_facts(request, facts) or oversight.build_facts(request, facts)
    yield from _built("facts", coming, correct_url="")
    yield from _built("body", own.build_body(request, facts))
    items = own.build_items(request, facts)
    yield from _built("items", items if items and items["items"] else None, edit_url="")
    yield from _built("undertakings", own.build_undertakings(request, facts))
    given = [part for part in facts.undertakings if part.opinion and part.status != UndertakingStatus.MOVED]
    if given:
        yield Built("desk/superior/opinions.html", {"parts": given})
    talks = acts.build_acts(request, facts)
    rows = [row | {"url": ""} for row in talks["rows"]] if talks else []
    yield Built("desk/acts/section.html", {"rows": rows})
    rated = ratings.build_ratings(request, facts)
    if rated is not None:
        yield Built("desk/ratings/section.html", {"rows": [row | {"call": None} for row in rated["rows"]]})
    yield from _built("timeline", own.build_timeline(request, facts))


def _side(request: StaffRequest, facts: MatterFacts) -> Iterator[Built]:
    files = own.build_files(request, facts)
    yield from _built("deadlines", own.build_deadlines(request, facts))
    yield from _built("stages", own.build_stages(request, facts))
    yield from _built("people", own.build_people(request, facts))
    yield from _built("files", files, files=[*_letters(facts), *files["files"]], attach_url="")


def _letters(facts: MatterFacts) -> list[dict[str, str]]:
    """Letters that are out, as they left."""
    out = [letter for letter in facts.letters if letter.issued_on and letter.pdf_id]
    return [
        {
            "name": f"{letter.number or letter.get_kind_display()}.pdf",
            "url": reverse("desk:files:download", args=[letter.pdf.public_id]) if letter.pdf else "",
            "kind": "pdf",
            "note": f"{letter.get_kind_display()} · {letter.issued_on:%Y-%m-%d}印发 · {letter.get_outcome_display()}",
        }
        for letter in out
    ]


def _built(name: str, context: dict[str, Any] | None, **instead: Any) -> Iterator[Built]:
    """A section of the matter's own page; instead: what a reader is not offered, or is shown otherwise."""
    if context is not None:
        yield Built(f"{own.FOLDER}{name}.html", context | instead)

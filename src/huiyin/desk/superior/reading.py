"""A lower office's matter as an order opens it: everything to read, nothing to do; each opening is on record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.matters import own_sections as own
from huiyin.desk.matters.page import facts_of
from huiyin.desk.matters.sections import Built, MatterFacts
from huiyin.desk.superior.views import OPEN, order_or_404
from huiyin.matters.operations.superior import open_superior
from huiyin.matters.superior import opened_by_order
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, desk_page


@desk_page(OPEN, methods=["POST"])
def open_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """The matter with its people, text, parts, days, acts, originals and letters that are out."""
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
        "main": [each for each in _main(request, facts) if each.context is not None],
        "side": [each for each in _side(request, facts) if each.context is not None],
    }
    return render(request, "desk/superior/matter.html", context)


def _main(request: StaffRequest, facts: MatterFacts) -> list[Built]:
    items = own.build_items(request, facts)
    main = [
        _built("facts", own.build_facts(request, facts) | {"correct_url": ""}),
        _built("body", own.build_body(request, facts)),
        _built("undertakings", own.build_undertakings(request, facts)),
        _built("timeline", own.build_timeline(request, facts)),
    ]
    if items is not None and items["items"]:
        main.insert(2, _built("items", items | {"edit_url": ""}))
    return main


def _side(request: StaffRequest, facts: MatterFacts) -> list[Built]:
    stages = own.build_stages(request, facts)
    files = own.build_files(request, facts)
    side = [
        _built("deadlines", own.build_deadlines(request, facts)),
        _built("people", own.build_people(request, facts)),
    ]
    if stages is not None:
        side.insert(1, _built("stages", stages))
    return [*side, _built("files", {"files": [*_letters(facts), *files["files"]], "attach_url": ""})]


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


def _built(name: str, context: dict[str, Any]) -> Built:
    return Built(f"{own.FOLDER}{name}.html", context)

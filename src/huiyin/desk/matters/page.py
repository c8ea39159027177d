"""The page of one matter, composed of the sections that every subject of the desk adds."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.matters.sections import MatterFacts, acts_of, sections_of
from huiyin.desk.matters.turns import turns
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Emphasis, Extension, Matter
from huiyin.matters.rules import UndertakingStatus
from huiyin.regulations.queries import calendar, stack_for
from huiyin.suggestions.models import Gathered, Withdrawal
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest, desk_page


def matter_or_404(request: StaffRequest, pk: int) -> Matter:
    """A matter this post may open, with what every page of it shows."""
    seen = Matter.objects.open_to(request.post).select_related(
        "procuratorate", "leader__staff", "liaison_officer__staff", "registered_by__staff", "suggestion__body"
    )
    begun = Exists(Withdrawal.objects.filter(matter=OuterRef("pk")))
    gathered = Exists(Gathered.objects.filter(matter=OuterRef("pk")))
    weighed = Exists(Emphasis.objects.filter(matter=OuterRef("pk")))
    return get_object_or_404(seen.annotate(was_taken_back=begun, was_weighed=weighed, was_gathered=gathered), pk=pk)


def rated_or_404(request: StaffRequest, pk: int) -> Matter:
    """The same, of a kind whose answer is rated: what only suggestions and proposals have is not there for others."""
    matter = matter_or_404(request, pk)
    if not kind_of(matter).is_rated:
        raise Http404
    return matter


def facts_of(matter: Matter) -> MatterFacts:
    """What the page reads once for all its sections."""
    on = today()
    parts = matter.undertakings.select_related("department", "organ", "handler__staff", "handler__department")
    asked = Exists(Extension.objects.filter(deadline=OuterRef("pk")))
    return MatterFacts(
        matter=matter,
        on=on,
        participants=tuple(matter.participants.select_related("person", "mandate")),
        undertakings=tuple(parts.order_by("round", "id")),
        deadlines=tuple(matter.deadlines.annotate(was_asked=asked).order_by("due_on", "id")),
        stack=stack_for(matter.procuratorate, on=on),
        working_days=calendar(),
    )


@desk_page("matters.view")
def matter_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything of one matter."""
    matter = matter_or_404(request, pk)
    facts = facts_of(matter)
    matter.parts = [part for part in facts.undertakings if part.status != UndertakingStatus.MOVED]  # type: ignore[attr-defined]
    context = {
        "title": matter.title,
        "turn": turns([matter], request.post, facts.on).get(matter.pk),
        "matter": matter,
        "facts": facts,
        "number": matter.external_number or matter.number,
        "acts": acts_of(request, facts),
        "top": sections_of(request, facts, "top"),
        "main": sections_of(request, facts, "main"),
        "side": sections_of(request, facts, "side"),
    }
    return render(request, "desk/matters/detail.html", context)

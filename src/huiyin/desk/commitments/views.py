"""承诺台账: the ledger on the screen, as Excel and on paper; the steps of one promise; one not kept."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.commitments import ledger
from huiyin.desk.commitments.forms import MilestonesForm, MissForm
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Commitment, Matter
from huiyin.matters.operations.exports import note_export, register_of
from huiyin.matters.operations.milestones import miss_commitment, set_milestones
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset
from huiyin.web.sheets import xlsx

VIEW, SET, MISS = "matters.list_commitments", "matters.set_milestones", "matters.miss_commitment"
MOST: Final = 500  # rows of one printed ledger


@desk_page(VIEW)
def commitments(request: StaffRequest) -> HttpResponse:
    """Every promise the post sees, narrowed as asked."""
    on = today()
    rows, said = ledger.chosen(request.post, request.GET, on)
    paged = keyset(request, ledger.with_facts(rows), size=40, unit="项")
    context: dict[str, Any] = {
        "title": "承诺台账", "said": said, "states": ledger.STATES, "years": range(on.year - 2, on.year + 3),
        "departments": ledger.departments(request.post), "pager": paged.pager,
        "rows": [ledger.row(each, on) for each in paged.rows],
        "may_export": may(request.actor, "matters.export"), "may_print": may(request.actor, "matters.print"),
        "may_keep": may(request.actor, "matters.keep_commitment"),
    }  # fmt: skip
    return render(request, "desk/commitments/list.html", context)


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The ledger as it is filtered, as .xlsx."""
    on = today()
    rows, said = ledger.chosen(request.post, request.POST, on)
    whole = list(ledger.with_facts(rows).order_by("promised_on", "id"))
    note_export(rows=len(whole), filters=said, label="承诺事项台账", actor=request.actor, at=now())
    content = xlsx("承诺事项台账", ledger.COLUMNS, (ledger.cells(each, on) for each in whole))
    return bytes_response(f"承诺事项台账{on:%Y%m%d}.xlsx", XLSX, content)


@desk_page("matters.print", methods=["POST"])
def paper(request: StaffRequest, kind: str) -> HttpResponse:
    """The ledger as it is filtered, to print."""
    form, on = kind_or_404(kind), today()
    rows, said = ledger.chosen(request.post, request.POST, on)
    whole = list(ledger.with_facts(rows).order_by("promised_on", "id")[:MOST])
    made = ledger.ledger_paper(whole, organ=request.post.procuratorate.name, on=on)
    title = "承诺事项台账"
    about = register_of(request.actor, title)
    return printed(request, made, form, title=title, target=about, rows=len(whole), fields=said)


def _commitment_or_404(request: StaffRequest, pk: int) -> Commitment:
    seen = Commitment.objects.filter(matter__in=Matter.objects.open_to(request.post))
    return get_object_or_404(seen.select_related("matter__procuratorate", "reply__number"), pk=pk)


@desk_page(SET, methods=["GET", "POST"])
def milestones(request: StaffRequest, pk: int) -> HttpResponse:
    """The steps of one promise."""
    found = _commitment_or_404(request, pk)
    form = MilestonesForm(posted(request), commitment=found)
    if form.is_bound and form.is_valid():
        try:
            set_milestones(
                commitment=found, rows=form.rows(), horizon=form.chosen_horizon(), actor=request.actor, at=now()
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, SET, refusal, target=target(found.matter)))
        else:
            messages.success(request, "已保存节点。")
            return go_to(request, "desk:ratings:commitment", pk)
    context = {"title": "承诺节点", "commitment": found, "matter": found.matter, "form": form}
    return render(request, "desk/commitments/milestones.html", context, status=422 if form.errors else 200)


@desk_page(MISS, methods=["GET", "POST"])
def miss(request: StaffRequest, pk: int) -> HttpResponse:
    """Not kept by its day, and why."""
    found = _commitment_or_404(request, pk)
    form = MissForm(posted(request), initial={"reason": found.missed_reason})
    if form.is_bound and form.is_valid():
        try:
            miss_commitment(commitment=found, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, MISS, refusal, target=target(found.matter)))
        else:
            messages.success(request, "已登记。")
            return go_to(request, "desk:ratings:commitment", pk)
    context = {"title": "没有按期兑现", "commitment": found, "matter": found.matter, "form": form}
    return render(request, "desk/commitments/miss.html", context, status=422 if form.errors else 200)

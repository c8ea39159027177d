"""外系统录入: what is done here and not entered there, ticked off one by one or together."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from huiyin.desk.entries.choosing import TABS, Chosen, chosen
from huiyin.desk.replies.forms import day_input
from huiyin.kernel.refusals import Refusal
from huiyin.matters.entering import references_open_to
from huiyin.matters.models import ExternalReference, Matter, Participant, Reply
from huiyin.matters.operations.exports import register_of
from huiyin.matters.operations.references import LIST, Entry, mark_entered
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.forms import TickedRows
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused
from huiyin.web.paging import keyset

VIEW, MARK = "matters.list_entries", "matters.mark_entered"
SIZE: Final = 40


class MarkForm(forms.Form):
    """Which were entered, on which day; the number of each stands beside it."""

    entered_on = forms.DateField(label="录入日期", widget=day_input())
    reference = TickedRows(
        ExternalReference.objects.none(), required=False,
        error_messages={"invalid_choice": "勾选的事项已经不在这里，请刷新后再选。"},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, request: StaffRequest, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        own = references_open_to(request.post).select_related("system", "matter__procuratorate")
        self.fields["reference"].queryset = own  # type: ignore[attr-defined]

    def entries(self) -> list[Entry]:
        """What was ticked, with version and number as the page gave them."""
        return [
            Entry(
                reference=each,
                version=_number(self.data.get(f"version-{each.pk}")),
                number=self.data.get(f"number-{each.pk}", ""),
            )
            for each in self.cleaned_data["reference"]
        ]


def _number(text: Any) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 8 else 0


@desk_page(VIEW)
def entries(request: StaffRequest) -> HttpResponse:
    """What is done here and not entered there; or what was entered, or need not be."""
    return _page(request, chosen(request, request.GET))


@desk_page(MARK, methods=["POST"])
def mark(request: StaffRequest) -> HttpResponse:
    """Those ticked were entered outside on this day, under these numbers."""
    found = chosen(request, request.POST)
    form = MarkForm(request.POST, request=request)
    if form.is_valid():
        try:
            count = mark_entered(
                entries=form.entries(), entered_on=form.cleaned_data["entered_on"], actor=request.actor, at=now()
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, MARK, refusal, target=register_of(request.actor, LIST)))
        else:
            messages.success(request, f"已登记{count}件录入外系统。")
            return go_to(request, f"{reverse('desk:entries:list')}?{urlencode(found.carried)}")
    return _page(request, found, form=form)


def _page(request: StaffRequest, found: Chosen, *, form: MarkForm | None = None) -> HttpResponse:
    rows = found.rows.select_related("system").prefetch_related(Prefetch("matter", _matters()))
    paged = keyset(request, rows, key="id", size=SIZE, unit="件")
    front, keep = reverse("desk:entries:list"), {k: v for k, v in found.carried.items() if k != "tab"}
    typed = form.data if form is not None else {}
    ticked = set(request.POST.getlist("reference")) if form is not None else set()
    context: dict[str, Any] = {
        "title": "外系统录入", "found": found, "pager": paged.pager, "form": form,
        "tabs": [
            {"label": label, "url": f"{front}?{urlencode({**keep, 'tab': code})}", "on": code == found.tab}
            for code, label in TABS.items()
        ],
        "rows": [_row(each, typed, ticked) for each in paged.rows],
        "may_mark": may(request.actor, MARK) and found.tab in {"owed", "all"},
        "may_export": may(request.actor, "matters.export"),
        "may_import": may(request.actor, "matters.import_receipts"),
        "day": (form or MarkForm(request=request, initial={"entered_on": today()}))["entered_on"],
    }  # fmt: skip
    return render(request, "desk/entries/list.html", context, status=422 if form is not None else 200)


def _matters() -> QuerySet[Matter]:
    people = Participant.objects.exclude(role="inquirer").order_by("position")
    letters = Reply.objects.exclude(status="voided").exclude(kind="second").exclude(issued_on=None)
    return Matter.objects.select_related("procuratorate").prefetch_related(
        Prefetch("participants", queryset=people, to_attr="brought_by"),
        Prefetch("replies", queryset=letters.select_related("number").order_by("-round"), to_attr="letters"),
    )


def _row(reference: ExternalReference, typed: Any, ticked: set[str]) -> dict[str, Any]:
    matter: Any = reference.matter
    return {
        "reference": reference,
        "matter": matter,
        "proposer": matter.brought_by[0].name if matter.brought_by else "",
        "letter": matter.letters[0] if matter.letters else None,
        "asks_number": reference.reported_on is None and not (reference.imported_on and reference.number),
        "number": typed.get(f"number-{reference.pk}", reference.number),
        "ticked": str(reference.pk) in ticked,
    }

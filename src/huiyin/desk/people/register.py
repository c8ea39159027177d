"""The register: list, export, and whose number this is."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.audit.actors import Target
from huiyin.desk.people.forms import FilterForm, PhoneForm
from huiyin.desk.people.rows import COLUMNS, cells, rows
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.permissions import may
from huiyin.people import operations
from huiyin.people.permissions import sees_contacts
from huiyin.people.queries import listed, visible_to, with_list_facts
from huiyin.people.rules import standing
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused
from huiyin.web.paging import keyset
from huiyin.web.sheets import xlsx

MOST: Final = 10_000  # rows of one export


@desk_page("people.list")
def list_people(request: StaffRequest) -> HttpResponse:
    """Deputies and members this post may see, with filters; phones masked, and only for those who may know them."""
    post, on = request.post, today()
    form = FilterForm(request.GET, post=post, on=on)
    contacts = sees_contacts(post)
    page = keyset(request, with_list_facts(listed(post, on=on, **form.given()), contacts=contacts), key="id", unit="人")
    facts = {
        "title": "代表委员",
        "form": form,
        "rows": list(rows(page.rows, on)),
        "pager": page.pager,
        "contacts": contacts,
        "carried": form.said().items(),
        **{name: may(request.actor, f"people.{name}") for name in ("enter", "export", "find_by_phone")},
    }
    return render(request, "desk/people/list.html", facts | {"imports": may(request.actor, "people.import")})


@desk_page("people.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The register as filtered on the screen, phones masked; by POST, since it leaves a record."""
    post, on = request.post, today()
    form = FilterForm(request.POST, post=post, on=on)
    found = listed(post, on=on, **form.given())
    count = found.count()
    if count > MOST:
        messages.error(request, f"符合条件的超过{MOST}人，没有导出。请用筛选条件分几次导出。")
        return go_to(request, "desk:people:list")
    operations.note_export(count=count, filters=form.said(), actor=request.actor, at=now())
    persons = with_list_facts(found, contacts=sees_contacts(post)).order_by("id")
    content = xlsx("代表委员名册", COLUMNS, map(cells, rows(persons, on)))
    return bytes_response(f"代表委员名册{on:%Y%m%d}.xlsx", XLSX, content)


@desk_page("people.find_by_phone", methods=["GET", "POST"])
def find_by_phone(request: StaffRequest) -> HttpResponse:
    """Whose mobile this is; by POST, since every look-up leaves a record."""
    form = PhoneForm(request.POST or None)
    facts = {"title": "按手机号查找", "form": form, "lists": may(request.actor, "people.list")}
    if request.method == "POST" and form.is_valid():
        try:
            found = operations.find_by_phone(phone=form.cleaned_data["phone"], actor=request.actor, at=now())
        except Refusal as refusal:
            target = Target(kind="people.contact", key="")
            form.add_error("phone", refused(request, "people.find_by_phone", refusal, target=target))
        else:
            seen = visible_to(request.post).filter(pk__in=[each.pk for each in found])
            opens = set(seen.values_list("pk", flat=True))
            facts["found"] = [
                {
                    "person": each,
                    "standings": [standing(held.kind, held.level, held.term) for held in each.mandates.all()],
                    "opens": each.pk in opens,
                }
                for each in found
            ]
    return render(request, "desk/people/phone.html", facts, status=422 if form.errors else 200)

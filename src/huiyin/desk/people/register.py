"""The register: list, export, and whose number this is."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from huiyin.audit.actors import Target
from huiyin.desk.people.forms import FilterForm, PhoneForm, ReasonForm
from huiyin.desk.people.rows import COLUMNS, WHOLE_COLUMNS, cells, rows
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


class TooMany(Refusal):
    """More rows than one file holds."""

    code = "people.export_too_many"


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
        **{name: may(request.actor, f"people.{name}") for name in ("enter", "export", "export_full", "find_by_phone")},
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


@desk_page("people.export_full", methods=["GET", "POST"])
def export_full(request: StaffRequest) -> HttpResponse:
    """The register with whole numbers: asked for with a reason, every page marked with who, when and why."""
    post, on = request.post, today()
    asked = request.POST if request.method == "POST" else request.GET
    given, form = FilterForm(asked, post=post, on=on), ReasonForm(request.POST or None)
    found = listed(post, on=on, **given.given())
    count = found.count()
    if request.method == "POST" and form.is_valid():
        moment, reason = now(), form.cleaned_data["reason"]
        try:
            if count > MOST:
                raise TooMany(f"符合条件的超过{MOST}人，没有导出。请用筛选条件分几次导出。")
            said = {"count": count, "filters": given.said(), "reason": reason}
            operations.note_full_export(**said, actor=request.actor, at=moment)
        except Refusal as refusal:
            form.add_error(None, refused(request, "people.export_full", refusal))
        else:
            persons = with_list_facts(found, contacts=sees_contacts(post)).order_by("id")
            taken = f"{post.label} {localtime(moment):%Y年%m月%d日%H:%M}导出"
            mark = f"{taken}，事由：{reason}。含个人信息，用后即删，不得转发。"
            content = xlsx("代表委员名册", WHOLE_COLUMNS, map(cells, rows(persons, on, whole=True)), mark=mark)
            return bytes_response(f"代表委员名册（完整号码）{on:%Y%m%d}.xlsx", XLSX, content)
    facts = {"title": "导出完整号码的名册", "form": form, "count": count, "carried": given.said().items()}
    return render(request, "desk/people/export_full.html", facts, status=422 if form.errors else 200)


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

"""Classifying, correcting, splitting into requests, adding files."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.matters.forms import AttachForm, ClassifyForm, CorrectForm, ItemForm, say_kept
from huiyin.desk.matters.page import matter_or_404, rated_or_404
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.operations.attachments import add_attachments
from huiyin.matters.operations.items import set_items
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.models import Department
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.operations.classify import classify
from huiyin.suggestions.operations.correct import correct_suggestion, facts_now
from huiyin.suggestions.queries import by_category
from huiyin.suggestions.rules import SuggestionKind
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

ITEMS_AT_MOST: Final = 40
EMPTY_LINES: Final = 3


@desk_page("suggestions.classify", methods=["GET", "POST"])
def classify_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """What kind of problem it is, how much it weighs."""
    matter, on = matter_or_404(request, pk), today()
    stack = stack_for(matter.procuratorate, on=on)
    classes = {str(each.code): f"{each.title}（{each.approach}）" for each in stack.problem_classes(on)}
    criteria = stack.key_criteria(on)
    titles = [each.title for each in criteria]
    departments = list(Department.objects.filter(procuratorate=matter.procuratorate, closed_on=None))
    proposed = by_category(stack, departments, on)
    categories = {
        each.title: f"{each.title}（建议由{proposed[each.title].name}承办）" if each.title in proposed else each.title
        for each in stack.categories(on)
    }
    said = matter.key_reason.split("；") if matter.key_reason else []
    initial = {
        "version": matter.version,
        "category": matter.category,
        "department": matter.suggestion.proposed_department_id,
        "problem_class": matter.problem_class,
        "urgency": matter.urgency,
        "is_key": matter.is_key,
        "key_criteria": [each for each in said if each in titles],
        "key_reason": "；".join(each for each in said if each not in titles),
    }
    data = request.POST if request.method == "POST" else None
    form = ClassifyForm(
        data, initial=initial, criteria=criteria, classes=classes, categories=categories, departments=departments,
        weighs=matter.leader_id is None,
    )  # fmt: skip
    if data is not None and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            classify(matter=matter, actor=request.actor, version=version, at=now(), **form.facts())
        except Refusal as refusal:
            form.add_error(None, refused(request, "suggestions.classify", refusal, target=target(matter)))
        else:
            messages.success(request, "分类已保存。")
            return go_to(request, "desk:matters:detail", pk)
    return _page(request, "classify", "分类", matter, form)


@desk_page("suggestions.correct", methods=["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """The facts as they came in, with a reason for changing them."""
    matter = rated_or_404(request, pk)
    data = request.POST if request.method == "POST" else None
    facts = facts_now(matter)
    unnamed = facts.cosigner_count > len(facts.cosigners)
    initial = vars(facts) | {
        "cosigners": "、".join(facts.cosigners),
        "cosigner_count": facts.cosigner_count if unnamed else "",
        "version": matter.version,
    }
    form = CorrectForm(data, initial=initial, is_proposal=facts.kind is SuggestionKind.PROPOSAL)
    if data is not None and form.is_valid():
        said = form.cleaned_data
        try:
            correct_suggestion(
                matter=matter,
                correction=form.correction(),
                reason=said["reason"],
                actor=request.actor,
                version=said["version"],
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, "suggestions.correct", refusal, target=target(matter)))
        else:
            messages.success(request, "已更正，期限已按更正后的日期重新计算。")
            return go_to(request, "desk:matters:detail", pk)
    return _page(request, "correct", "更正登记内容", matter, form)


@desk_page("matters.set_items", methods=["GET", "POST"])
def items(request: StaffRequest, pk: int) -> HttpResponse:
    """One line a request; “再加几行” only shows more lines."""
    matter = rated_or_404(request, pk)
    departments = list(Department.objects.filter(procuratorate=matter.procuratorate, closed_on=None))
    data = request.POST if request.method == "POST" else None
    extra = EMPTY_LINES
    lines = formset_factory(ItemForm, extra=extra, max_num=ITEMS_AT_MOST, absolute_max=ITEMS_AT_MOST)
    initial = [
        {"key": item.pk, "text": item.text, "department": item.department_id, "outcome": item.outcome}
        for item in matter.items.order_by("position")
    ]
    if data is not None and "more" in data:
        data = _with_more_lines(data)
        formset = lines(data, initial=initial, form_kwargs={"departments": departments})
        return _items_page(request, matter, formset, VersionForm(data))
    formset = lines(data, initial=initial, form_kwargs={"departments": departments})
    form = VersionForm(data, initial={"version": matter.version})
    if data is not None and form.is_valid() and formset.is_valid():
        rows = [row for row in (line.row() for line in formset) if row is not None]
        version = form.cleaned_data["version"]
        try:
            set_items(matter=matter, rows=rows, actor=request.actor, version=version, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.set_items", refusal, target=target(matter)))
        else:
            messages.success(request, f"已分列{len(rows)}项。")
            return go_to(request, "desk:matters:detail", pk)
    return _items_page(request, matter, formset, form)


def _with_more_lines(data: Any) -> Any:
    shown = data.copy()
    held = shown.get("form-TOTAL_FORMS", "0")
    total = int(held) if held.isdecimal() and len(held) < 4 else 0
    shown["form-TOTAL_FORMS"] = str(min(total + EMPTY_LINES, ITEMS_AT_MOST))
    return shown


def _items_page(
    request: StaffRequest, matter: Matter, formset: BaseFormSet[ItemForm], form: VersionForm
) -> HttpResponse:
    context = {"title": "分列办理事项", "matter": matter, "formset": formset, "form": form}
    status = 422 if form.errors or any(formset.errors) else 200
    return render(request, "desk/matters/items.html", context, status=status)


@desk_page("matters.attach", methods=["GET", "POST"])
def attach(request: StaffRequest, pk: int) -> HttpResponse:
    """Files that come later."""
    matter = matter_or_404(request, pk)
    if request.method != "POST":
        return _page(request, "attach", "补充材料", matter, AttachForm())
    kept = keep_uploads(request, "papers", verb="matters.attach")
    form = AttachForm(request.POST)
    say_kept(form, "papers", kept)
    if form.is_valid():
        said = form.cleaned_data
        try:
            add_attachments(
                matter=matter,
                kind=said["kind"],
                files=kept.files,
                note=said["note"],
                request_key=said["request_key"],
                actor=request.actor,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.attach", refusal, target=target(matter)))
        else:
            messages.success(request, f"已补充{len(kept.files)}个文件。")
            return go_to(request, "desk:matters:detail", pk)
    return _page(request, "attach", "补充材料", matter, form)


def _page(request: StaffRequest, name: str, title: str, matter: Matter, form: Any) -> HttpResponse:
    number = matter.external_number or matter.number
    context = {"title": title, "matter": matter, "number": number, "form": form}
    return render(request, f"desk/matters/{name}.html", context, status=422 if form.errors else 200)

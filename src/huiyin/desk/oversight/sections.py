"""These matters on the page of a matter, in today's work and in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.matters.rules import Status
from huiyin.organisations.permissions import may
from huiyin.oversight.models import Opinion, Oversight
from huiyin.oversight.queries import answered_for, opinions_left, results_awaited
from huiyin.oversight.rules import LISTED, OPINION_STATE_LABELS, Kind, OpinionState
from huiyin.regulations.books import OversightForm
from huiyin.regulations.rules.wording import basis_line
from huiyin.web.context import Entry, add_navigation, address
from huiyin.web.pages import StaffRequest

KINDS: Final = frozenset(each.value for each in Kind)
CHIPS: Final = {OpinionState.WAITING: "chip-note", OpinionState.TAKEN_UP: "chip-accent"}
PAPERS: Final = (("pdf", "打印办理单"), ("docx", "办理单 Word"))


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/oversight/facts.html", build_facts, 9)
    add_section("desk/oversight/opinions.html", build_opinions, 25)
    add_acts("oversight", buttons)
    add_waiting("oversight", waiting, 35)
    add_navigation(entries, 13)


def entries(request: HttpRequest) -> list[Entry]:
    """For the office, leaders and departments."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, "oversight.list"):
        return []
    url = address("desk:oversight:list")
    return [{"label": "审议意见和监督", "url": url, "icon": "gavel", "active": request.path.startswith(url)}]


def build_facts(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """How it reached us, and what came of the answer."""
    matter = facts.matter
    if matter.kind not in KINDS:
        return None
    found = Oversight.objects.select_related(
        "committee", "listener__staff", "owner__staff", "answerer__staff", "result_by__staff"
    ).get(pk=matter.pk)
    coming = matter.suggestion
    pairs = [
        ("收文号", matter.number),
        ("来文号", coming.list_number),
        ("来文机关", str(coming.body or "")),
        ("形式", found.get_form_display()),
        ("监督类别", found.get_scope_display()),
        ("会议活动", found.occasion),
        ("日期", f"{found.held_on:%Y-%m-%d}" if found.held_on else ""),
        ("代表团", found.delegation),
        ("提出人", found.asked_by),
        ("联名人数", found.signers),
        ("到会听取意见", found.listener.label if found.listener else ""),
        ("责任人", found.owner.label if found.owner else ""),
        ("答复人", found.answerer.label if found.answerer else ""),
        ("答复方式", found.get_answer_mode_display()),
        ("征求意见", str(found.committee or "")),
        ("来文日", f"{coming.assigned_on:%Y-%m-%d}"),
        ("收到日", f"{matter.received_on:%Y-%m-%d}"),
        ("领衔院领导", matter.leader.label if matter.leader else ""),
        ("业务类别", matter.category),
    ]
    shown = [{"label": label, "text": text} for label, text in pairs if text]
    rule = facts.stack.find(OversightForm, found.form, facts.on)
    if rule is not None:
        shown.append({"label": "依据", "text": basis_line(rule.basis).text.removeprefix("依据"), "wide": "yes"})
    if found.materials:
        shown.append({"label": "要求提供的材料", "text": found.materials, "wide": "yes"})
    if found.result:
        by = found.result_by.staff.name if found.result_by else ""
        text = f"{found.get_result_display()}（{found.result_on:%Y-%m-%d}，{by}登记）{found.result_note}"
        shown.append({"label": "监督结果", "text": text, "wide": "yes"})
    may_correct = matter.status != Status.ARCHIVED and may(request.actor, "oversight.correct")
    may_print = may(request.actor, "matters.print")
    papers = [
        {"url": reverse("desk:oversight:paper", args=[matter.pk, kind]), "words": words} for kind, words in PAPERS
    ]
    return {
        "pairs": shown, "papers": papers if may_print else [],
        "correct_url": reverse("desk:oversight:correct", args=[matter.pk]) if may_correct else "",
    }  # fmt: skip


def build_opinions(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Every opinion with what became of it."""
    matter = facts.matter
    if matter.kind not in KINDS:
        return None
    said = Opinion.objects.filter(oversight=matter.pk).select_related(
        "answered_by__staff", "measure__department", "measure__owner__staff"
    )
    is_open = matter.status != Status.ARCHIVED
    may_note = is_open and may(request.actor, "oversight.note_opinion")
    acts = {
        "answer": is_open and may(request.actor, "oversight.answer_opinion"),
        "take_up": is_open and may(request.actor, "oversight.take_up"),
    }
    rows = [_row(each, acts) for each in said]
    if not rows and (matter.kind not in LISTED and matter.kind != Kind.ACT):
        return None
    note = reverse("desk:oversight:note", args=[matter.pk])
    noun = "询问和答复" if matter.kind == Kind.ACT else "意见清单"
    left = sum(row["state"] is OpinionState.WAITING for row in rows)
    return {"rows": rows, "note_url": note if may_note else "", "noun": noun, "left": left}


def _row(opinion: Opinion, acts: dict[str, bool]) -> dict[str, Any]:
    state = opinion.state
    there = [opinion.pk]
    return {
        "opinion": opinion, "state": state, "label": OPINION_STATE_LABELS[state],
        "css": CHIPS.get(state, "chip-good"),
        "answer_url": reverse("desk:oversight:answer", args=there) if acts["answer"] else "",
        "take_up_url": reverse("desk:oversight:take_up", args=there)
        if acts["take_up"] and opinion.measure_id is None and not opinion.answer
        else "",
    }  # fmt: skip


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Settle a delegation's opinions; note what came of an answer."""
    matter = facts.matter
    if matter.kind not in KINDS:
        return
    if matter.kind == Kind.DELEGATION and matter.status == Status.REGISTERED and may(request.actor, "oversight.settle"):
        yield Act("当场答复办结", reverse("desk:oversight:settle", args=[matter.pk]), "circle-check")
    delivered = any(each.delivered_on and each.round == matter.round for each in facts.letters)
    if delivered and matter.status in {Status.REPLIED, Status.CLOSED} and may(request.actor, "oversight.record_result"):
        yield Act("监督结果", reverse("desk:oversight:result", args=[matter.pk]), "message")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Opinions nobody took up and results not noted, for the office; what a post answers for itself."""
    if not may(request.actor, "oversight.list"):
        return
    front = address("desk:oversight:list")
    if may(request.actor, "oversight.note_opinion"):
        yield Waiting("没有落实的审议、检查意见", opinions_left(request.post).count(), f"{front}?state=open", "条")
        acts = results_awaited(request.post).count()
        yield Waiting("待记录结果的询问、质询", acts, f"{front}?kind={Kind.ACT}")
    yield Waiting("由您负责的交办、监督事项", answered_for(request.post).count(), f"{front}?state=mine")

"""The rows of 承诺台账: which promises, narrowed by what was asked, each with how it stands."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import QueryDict

from huiyin.gongwen.structure import Column, ListPaper
from huiyin.kernel.numerals import document_date
from huiyin.matters.models import Commitment, Matter, Participant, Undertaking
from huiyin.matters.papers.registers import short_name
from huiyin.matters.queries import proposer_text
from huiyin.organisations.models import Department, Post
from huiyin.web.sheets import Cell

STATES: Final = {
    "open": "未到期",
    "overdue": "逾期未兑现",
    "kept": "已兑现",
    "missed": "登记未兑现",
    "replaced": "已由重新答复替代",
}
COLUMNS: Final = (
    ("编号", 12), ("题目", 40), ("代表", 14), ("答复文号", 22), ("承诺事项", 44), ("时间安排", 10), ("承办部门", 20),
    ("承诺完成日", 12), ("节点", 40), ("状态", 14), ("完成日", 12), ("完成情况或者原因", 44), ("再行答复", 22),
)  # fmt: skip


def chosen(post: Post, asked: QueryDict, on: date) -> tuple[QuerySet[Commitment], dict[str, str]]:
    """The promises a post sees that fit what was asked, and what was understood of it."""
    rows = Commitment.objects.filter(matter__in=Matter.objects.open_to(post)).exclude(reply__issued_on=None)
    said = {name: asked.get(name, "").strip()[:60] for name in ("state", "year", "department", "q")}
    if said["state"] in STATES:
        rows = rows.filter(_state(said["state"], on))
    if said["year"].isascii() and said["year"].isdecimal() and len(said["year"]) == 4:
        rows = rows.filter(promised_on__year=int(said["year"]))
    if said["department"].isascii() and said["department"].isdecimal() and len(said["department"]) < 19:
        held = Undertaking.objects.filter(department=int(said["department"])).exclude(status="moved")
        rows = rows.filter(matter__in=held.exclude(role="assist").values("matter"))
    if said["q"]:
        word = Q(text__contains=said["q"]) | Q(matter__title__contains=said["q"])
        named = Participant.objects.filter(name__contains=said["q"]).values("matter")
        rows = rows.filter(word | Q(matter__external_number=said["q"]) | Q(matter__in=named))
    return rows, said


def _state(state: str, on: date) -> Q:
    present = Q(reply__round=F("matter__round"))
    match state:
        case "kept":
            return Q(done_on__isnull=False)
        case "replaced":
            return ~present & Q(done_on=None)
        case "missed":
            return present & Q(done_on=None, missed_on__isnull=False)
        case "overdue":
            return present & Q(done_on=None, promised_on__lt=on)
        case _:
            return present & Q(done_on=None, promised_on__gte=on)


def with_facts(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Promises with whom they were made to, who keeps them, their steps and letters."""
    people = Participant.objects.order_by("position")
    parts = Undertaking.objects.exclude(status="moved").exclude(role="assist").select_related("department", "organ")
    return rows.select_related("matter", "reply__number", "second_reply__number").prefetch_related(
        "milestones",
        Prefetch("matter__participants", queryset=people, to_attr="brought_by"),
        Prefetch("matter__undertakings", queryset=parts.order_by("id"), to_attr="parts"),
    )


def state_of(each: Commitment, on: date) -> str:
    """How a promise stands, as STATES has it."""
    if each.done_on is not None:
        return "kept"
    if each.reply.round != each.matter.round:
        return "replaced"
    if each.missed_on is not None:
        return "missed"
    return "overdue" if each.promised_on < on else "open"


def row(each: Commitment, on: date) -> dict[str, Any]:
    """One promise for the page. Reads what with_facts has read."""
    steps = list(each.milestones.all())
    state = state_of(each, on)
    ahead = next((step for step in steps if step.done_on is None), None)
    return {
        "promise": each, "state": state, "label": STATES[state], "who": _who(each), "parts": _parts(each),
        "css": {"kept": "chip-good", "overdue": "chip-bad", "missed": "chip-bad"}.get(state, ""),
        "steps": f"{sum(step.done_on is not None for step in steps)}/{len(steps)}" if steps else "", "ahead": ahead,
    }  # fmt: skip


def _who(each: Commitment) -> str:
    return proposer_text(getattr(each.matter, "brought_by", []))


def _parts(each: Commitment) -> str:
    return "、".join(short_name(part) for part in getattr(each.matter, "parts", []) if part.department_id)


def cells(each: Commitment, on: date) -> list[Cell]:
    """One promise for the workbook."""
    steps = "；".join(
        f"{step.due_on:%Y-%m-%d} {step.text}{f'（{step.done_on:%Y-%m-%d}完成）' if step.done_on else ''}"
        for step in each.milestones.all()
    )
    letter = each.second_reply
    second = str(letter.number) if letter is not None and letter.number_id and letter.issued_on else ""
    second = second or ("待再行答复" if each.is_owed_a_letter and state_of(each, on) != "replaced" else "")
    return [
        each.matter.known_as, each.matter.title, _who(each), str(each.reply.number or ""), each.text,
        each.get_horizon_display() if each.horizon else "", _parts(each), each.promised_on.isoformat(), steps,
        STATES[state_of(each, on)], each.done_on.isoformat() if each.done_on else "",
        each.note if each.done_on else each.missed_reason, second,
    ]  # fmt: skip


def ledger_paper(rows: list[Commitment], *, organ: str, on: date) -> ListPaper:
    """承诺事项台账, to print (domain 8.2, CommitmentLedger)."""
    widths = (2.2, 5, 2.2, 3, 5.5, 1.8, 2.6, 2.6, 5, 2.2, 2.6, 5, 3)
    return ListPaper(
        title="承诺事项台账", organ=organ, meta=(f"打印日期：{document_date(on)}", f"共{len(rows)}项"),
        columns=tuple(Column(name, width) for (name, _), width in zip(COLUMNS, widths, strict=True)),
        rows=tuple(tuple(str(cell or "") for cell in cells(each, on)) for each in rows),
    )  # fmt: skip


def departments(post: Post) -> QuerySet[Department]:
    """Departments to choose from."""
    return Department.objects.filter(procuratorate=post.procuratorate_id).order_by("position", "id")

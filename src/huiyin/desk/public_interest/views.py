"""公益诉讼转化: the list, a new one, the decision on filing, papers, copies, the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.approvals.queries import stands_in_for
from huiyin.desk.due import RUNG_CODES, words
from huiyin.desk.matters.forms import say_kept
from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.public_interest.forms import CopiedForm, DecideForm, EndForm, OpenForm, PaperForm
from huiyin.desk.uploads import keep_uploads
from huiyin.matters.models import Matter
from huiyin.matters.operations.exports import note_export
from huiyin.matters.queries import leaders
from huiyin.organisations.models import Department
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import calendar
from huiyin.regulations.rules import Calendar, Rung, RungDay, current_rung
from huiyin.suggestions.models import (
    TRANSFER_LABELS,
    Direction,
    PublicTransfer,
    TransferPaper,
    TransferState,
)
from huiyin.suggestions.operations import public_interest as acts
from huiyin.suggestions.public_interest_queries import transfers_open_to
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted
from huiyin.web.paging import keyset
from huiyin.web.sheets import Cell, xlsx

VIEW, OPEN, DECIDE = "suggestions.list_transfers", "suggestions.open_transfer", "suggestions.decide_filing"
PAPER, COPIED, END = "suggestions.record_paper", "suggestions.note_copied", "suggestions.end_transfer"
UNCOPIED: Final = "uncopied"
_NOTHING: Final[Mapping[str, BaseForm]] = {}
TABS: Final = {**{state.value: label for state, label in TRANSFER_LABELS.items()}, UNCOPIED: "有待抄送的文书"}
COLUMNS: Final = (
    ("方向", 18), ("线索或者案件", 40), ("领域", 18), ("建议号", 14), ("来源", 30), ("收到日", 12), ("办理部门", 24),
    ("进展", 14), ("文书", 60), ("抄送机关", 24), ("结果", 40),
)  # fmt: skip


def _chosen(request: StaffRequest, asked: Any) -> tuple[QuerySet[PublicTransfer], str]:
    rows, state = transfers_open_to(request.post), str(asked.get("state", ""))
    if state == UNCOPIED:
        rows = rows.filter(pk__in=TransferPaper.objects.filter(copied_on=None).values("transfer"))
    elif state in TABS:
        rows = rows.filter(state=state)
    else:
        state = ""
    return rows.select_related("department", "matter").prefetch_related("papers__due"), state


@desk_page(VIEW)
def transfers(request: StaffRequest) -> HttpResponse:
    """Conversions in both directions: one register."""
    rows, state = _chosen(request, request.GET)
    paged = keyset(request, rows, size=40, unit="件")
    on, working_days = today(), calendar()
    context: dict[str, Any] = {
        "title": "公益诉讼转化", "state": state, "states": TABS, "pager": paged.pager,
        "rows": [{"transfer": each, "next": _next(each, on, working_days)} for each in paged.rows],
        "may_open": may(request.actor, OPEN), "may_export": may(request.actor, "matters.export"),
    }  # fmt: skip
    return render(request, "desk/public_interest/list.html", context)


def _next(transfer: PublicTransfer, on: date, working_days: Calendar) -> dict[str, Any] | None:
    waiting = [paper for paper in transfer.papers.all() if paper.copied_on is None and hasattr(paper, "due")]
    first = min(waiting, key=lambda paper: paper.due.due_on, default=None)
    return _face(first, on, working_days) if first is not None else None


def _face(paper: TransferPaper, on: date, working_days: Calendar) -> dict[str, Any]:
    """What web/ui/deadline.html shows of the day a copy is due."""
    due = paper.due
    shown = {
        "label": f"抄送{paper.get_kind_display()}", "due_on": due.due_on, "said": due.said_on, "cap_on": None,
        "provisional": due.provisional, "lines": due.explanation,
    }  # fmt: skip
    if due.met_at is not None:
        return shown | {"rung": "done", "words": "已抄送"}
    reached = current_rung([RungDay(Rung(rung), date.fromisoformat(day)) for rung, day in due.rungs], on)
    rung = Rung.OVERDUE if on > due.due_on else reached
    return shown | {"rung": RUNG_CODES[rung], "words": words(due.due_on, on, working_days)}


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The register as it is filtered, as .xlsx; by POST, since it leaves a record."""
    rows, state = _chosen(request, request.POST)
    whole = list(rows.order_by("id"))
    note_export(rows=len(whole), filters={"state": state}, label="公益诉讼转化", actor=request.actor, at=now())
    return bytes_response("公益诉讼转化.xlsx", XLSX, xlsx("公益诉讼转化", COLUMNS, map(_cells, whole)))


def _cells(transfer: PublicTransfer) -> list[Cell]:
    papers = [
        f"{each.naming}{each.dated_on:%Y-%m-%d}，{f'{each.copied_on:%Y-%m-%d}抄送' if each.copied_on else '未抄送'}"
        for each in transfer.papers.all()
    ]
    return [
        transfer.get_direction_display(), transfer.title, transfer.field,
        transfer.matter.known_as if transfer.matter else "", transfer.source, transfer.received_on.isoformat(),
        str(transfer.department), transfer.get_state_display(), "；".join(papers), transfer.copied_to, transfer.outcome,
    ]  # fmt: skip


@desk_page(OPEN, methods=["GET", "POST"])
def open_new(request: StaffRequest) -> HttpResponse:
    """Enter one; ?matter= the suggestion it comes of."""
    asked = (request.POST if request.method == "POST" else request.GET).get("matter", "")
    matter: Matter | None = None
    if asked:
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
            raise Http404
        matter = matter_or_404(request, int(asked))
    form = OpenForm(
        posted(request), departments=_departments(request), leaders=leaders(request.post.procuratorate, on=today()),
        initial=_initial(request, matter),
    )  # fmt: skip
    made: list[PublicTransfer] = []

    def act() -> None:
        key = form.cleaned_data["request_key"]
        made.append(
            acts.open_transfer(facts=form.facts(), matter=matter, request_key=key, actor=request.actor, at=now())
        )

    if form.is_bound:
        done = "已提出，领衔人和办理部门都已收到通知。"
        answer = carried_out(request, form, act, verb=OPEN, done=done, to=("desk:public_interest:list",))
        if answer is not None:
            return go_to(request, "desk:public_interest:detail", made[0].pk)
    context = {"title": "公益诉讼转化", "form": form, "matter": matter}
    return render(request, "desk/public_interest/open.html", context, status=422 if form.errors else 200)


def _departments(request: StaffRequest) -> list[Department]:
    standing = Department.objects.filter(procuratorate=request.post.procuratorate_id)
    return list(standing.filter(Q(closed_on=None) | Q(closed_on__gt=today())).order_by("position", "id"))


def _initial(request: StaffRequest, matter: Matter | None) -> dict[str, Any]:
    """Of a suggestion: who assigned it gets the copies, the department of public interest handles it."""
    usual = next((each.pk for each in _departments(request) if "公益" in each.name), None)
    initial: dict[str, Any] = {"department": usual, "received_on": today()}
    if matter is None:
        return initial
    facts = getattr(matter, "suggestion", None)
    body = facts.body.name if facts is not None and facts.body else ""
    return initial | {"received_on": matter.received_on, "copied_to": body, "leader": matter.leader_id}


def _transfer_or_404(request: StaffRequest, pk: int) -> PublicTransfer:
    rows = transfers_open_to(request.post).select_related(
        "procuratorate", "matter", "department", "leader__staff", "opened_by__staff", "decided_by__staff",
        "ended_by__staff",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@desk_page(VIEW)
def transfer(request: StaffRequest, pk: int) -> HttpResponse:
    """One conversion."""
    return _page(request, _transfer_or_404(request, pk))


@desk_page(DECIDE, methods=["POST"])
def decide_filing(request: StaffRequest, pk: int) -> HttpResponse:
    """The leader decides whether a case is filed."""
    found, form = _transfer_or_404(request, pk), DecideForm(request.POST)
    agreed = form.verdict(request.POST.get("verdict")) if form.is_valid() else None

    def act() -> None:
        acts.decide_filing(transfer=found, agreed=bool(agreed), actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, found, DECIDE, form, act, "已决定，提出人和办理部门都已收到通知。", decide_form=form)


@desk_page(PAPER, methods=["POST"])
def record_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """A decision or a 检察建议书."""
    found = _transfer_or_404(request, pk)
    kept = keep_uploads(request, "file", verb=PAPER)
    form = PaperForm(request.POST, kinds=acts.papers_of(found))
    say_kept(form, "file", kept)

    def act() -> None:
        said = form.cleaned_data
        acts.record_paper(
            transfer=found, facts=form.facts(), file=kept.last, request_key=said["request_key"], actor=request.actor,
            version=said["version"], at=now(),
        )  # fmt: skip

    return _act(request, found, PAPER, form, act, "已登记文书，联络办公室已收到抄送提醒。", paper_form=form)


@desk_page(COPIED, methods=["POST"])
def note_copied(request: StaffRequest, pk: int, paper: int) -> HttpResponse:
    """The copy went out."""
    found = _transfer_or_404(request, pk)
    one, form = get_object_or_404(found.papers, pk=paper), CopiedForm(request.POST, auto_id=f"copied{paper}_%s")

    def act() -> None:
        acts.note_copied(paper=one, actor=request.actor, at=now(), **form.cleaned_data)

    answer = _carry(request, found, COPIED, form, act, "已登记抄送。")
    return answer or _page(request, _transfer_or_404(request, pk), copied={paper: form})


@desk_page(END, methods=["POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """What came of it."""
    found = _transfer_or_404(request, pk)
    form = EndForm(request.POST, is_to_case=found.direction == Direction.TO_CASE)

    def act() -> None:
        said = form.cleaned_data
        acts.end_transfer(
            transfer=found, outcome=said["outcome"], ended_on=said["ended_on"], matter=_became(request, said),
            actor=request.actor, version=said["version"], at=now(),
        )  # fmt: skip

    return _act(request, found, END, form, act, "已办结。", end_form=form)


def _became(request: StaffRequest, said: dict[str, Any]) -> Matter | None:
    number = str(said.get("became", "")).strip()
    if not number:
        return None
    seen = Matter.objects.open_to(request.post).filter(procuratorate=request.post.procuratorate_id)
    found = seen.filter(Q(external_number=number) | Q(number=number)).order_by("-id").first()
    if found is None:
        raise acts.CannotTransfer(f"没有找到{number}这件建议，请核对建议号；不在本院登记的，写在结果里。")
    return found


def _carry(
    request: StaffRequest, found: PublicTransfer, verb: str, form: BaseForm, act: Callable[[], object], done: str
) -> HttpResponse | None:
    to, target = ("desk:public_interest:detail", found.pk), acts.target_of(found)
    return carried_out(request, form, act, verb=verb, done=done, to=to, target=target)


def _act(
    request: StaffRequest, found: PublicTransfer, verb: str, form: BaseForm, act: Callable[[], object], done: str,
    **given: BaseForm,
) -> HttpResponse:  # fmt: skip
    answer = _carry(request, found, verb, form, act, done)
    return answer or _page(request, _transfer_or_404(request, found.pk), given)


def _page(
    request: StaffRequest, found: PublicTransfer, given: Mapping[str, BaseForm] = _NOTHING, *,
    copied: Mapping[int, CopiedForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """given: refused forms by the name of their act; copied: the refused one of a paper's copy."""
    on, working_days = today(), calendar()
    offered = _offered(request, found, on)
    shown = offered | {name: form for name, form in given.items() if name in offered}
    papers = list(found.papers.select_related("file", "copied_by__staff", "due").order_by("dated_on", "id"))
    may_copy = may(request.actor, COPIED, found)
    typed = copied or {}
    late: list[BaseForm] = [form for name, form in given.items() if name not in offered]
    late += [form for key, form in typed.items() if not may_copy or any(p.pk == key and p.copied_on for p in papers)]
    matter = found.matter
    context: dict[str, Any] = {
        "title": found.title, "transfer": found,
        "is_seen": matter is not None and Matter.objects.open_to(request.post).filter(pk=matter.pk).exists(),
        "deadlines": [_face(each, on, working_days) for each in papers if hasattr(each, "due")],
        "papers": [
            {"paper": each, "form": typed.get(each.pk) or _copied_form(each, on)
             if may_copy and each.copied_on is None else None}
            for each in papers
        ],
        "sentences": sentences_of(*late), **shown,
    }  # fmt: skip
    return render(request, "desk/public_interest/detail.html", context, status=422 if given or typed else 200)


def _copied_form(paper: TransferPaper, on: date) -> CopiedForm:
    return CopiedForm(initial={"copied_on": on}, auto_id=f"copied{paper.pk}_%s")


def _offered(request: StaffRequest, found: PublicTransfer, on: date) -> dict[str, BaseForm]:
    """What this post may do now."""
    version, actor = {"version": found.version}, request.actor
    offered: dict[str, BaseForm] = {}
    is_asked = found.leader_id in stands_in_for(request.post, on)
    if found.state == TransferState.PROPOSED and is_asked and may(actor, DECIDE, found):
        offered["decide_form"] = DecideForm(initial=version)
    kinds = acts.papers_of(found)
    if kinds and may(actor, PAPER, found):
        offered["paper_form"] = PaperForm(kinds=kinds, initial=version | {"kind": kinds[-1]})
    if found.state in {TransferState.RUNNING, TransferState.REFUSED} and may(actor, END, found):
        is_to_case = found.direction == Direction.TO_CASE
        offered["end_form"] = EndForm(is_to_case=is_to_case, initial=version | {"ended_on": on})
    return offered

"""共性问题: the list, opening one, gathering, analysing, the rule, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.common_problems.forms import (
    AnalyseForm,
    DiscussForm,
    EndForm,
    GatherForm,
    LookForm,
    OpenForm,
    RuleForm,
)
from huiyin.desk.matters.forms import say_kept
from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.measures.views import owners
from huiyin.desk.uploads import keep_uploads
from huiyin.matters.models import Matter
from huiyin.matters.operations.exports import note_export
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.common_queries import gatherable, likely, problems_open_to
from huiyin.suggestions.models import PROBLEM_LABELS, CommonProblem, Gathered, ProblemState
from huiyin.suggestions.operations import common_problems as acts
from huiyin.suggestions.operations.common_talks import discuss_problem
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted
from huiyin.web.paging import keyset
from huiyin.web.sheets import Cell, xlsx

VIEW, OPEN, GATHER = "suggestions.list_problems", "suggestions.open_problem", "suggestions.gather"
DISCUSS, ANALYSE, RULE, END = (
    "suggestions.discuss_problem",
    "suggestions.analyse_problem",
    "suggestions.institutionalise",
    "suggestions.end_problem",
)
STATES: Final = {state.value: label for state, label in PROBLEM_LABELS.items()}
COLUMNS: Final = (
    ("共性问题", 40), ("责任部门", 24), ("责任人", 12), ("归集件数", 10), ("完成期限", 12), ("状态", 16),
    ("形成的制度", 60), ("没有形成制度的原因", 40),
)  # fmt: skip


def _chosen(request: StaffRequest, asked: Any) -> tuple[QuerySet[CommonProblem], str]:
    rows, state = problems_open_to(request.post), str(asked.get("state", ""))
    if state in STATES:
        rows = rows.filter(state=state)
    else:
        state = ""
    beside = rows.select_related("department", "owner__staff", "task").prefetch_related("documents")
    return beside.annotate(count=Count("gathered")), state


@desk_page(VIEW)
def problems(request: StaffRequest) -> HttpResponse:
    """The office's common problems, or the department's."""
    rows, state = _chosen(request, request.GET)
    paged = keyset(request, rows, size=40, unit="个")
    context: dict[str, Any] = {
        "title": "共性问题", "state": state, "states": STATES, "pager": paged.pager, "rows": list(paged.rows),
        "may_open": may(request.actor, OPEN), "may_export": may(request.actor, "matters.export"), "on": today(),
    }  # fmt: skip
    return render(request, "desk/common_problems/list.html", context)


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The list as it is filtered, as .xlsx; by POST, since it leaves a record."""
    rows, state = _chosen(request, request.POST)
    whole = list(rows.order_by("id"))
    note_export(rows=len(whole), filters={"state": state}, label="共性问题", actor=request.actor, at=now())
    return bytes_response("共性问题.xlsx", XLSX, xlsx("共性问题", COLUMNS, map(_cells, whole)))


def _cells(problem: CommonProblem) -> list[Cell]:
    return [
        problem.title, str(problem.department), problem.owner.staff.name, problem.count,  # type: ignore[attr-defined]
        problem.task.due_on.isoformat(), problem.get_state_display(),
        "；".join(each.naming for each in problem.documents.all()), problem.ended_reason,
    ]  # fmt: skip


@desk_page(OPEN, methods=["GET", "POST"])
def open_new(request: StaffRequest) -> HttpResponse:
    """Open one; ?matter= the first suggestion it gathers."""
    asked = (request.POST if request.method == "POST" else request.GET).get("matter", "")
    matter: Matter | None = None
    if asked:
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
            raise Http404
        matter = matter_or_404(request, int(asked))
    on = today()
    titles = [each.title for each in stack_for(request.post.procuratorate, on=on).categories(on)]
    initial = {"category": matter.category if matter else ""}
    form = OpenForm(posted(request), owners=owners(request), categories=titles, initial=initial)
    made: list[CommonProblem] = []

    def act() -> None:
        key, chosen = form.cleaned_data["request_key"], [matter] if matter else []
        made.append(
            acts.open_problem(facts=form.facts(), matters=chosen, request_key=key, actor=request.actor, at=now())
        )

    if form.is_bound:
        answer = carried_out(
            request, form, act, verb=OPEN, done="已提出，请勾选属于它的建议、提案。", to=("desk:common_problems:list",)
        )
        if answer is not None:
            return go_to(request, "desk:common_problems:detail", made[0].pk)
    context = {"title": "提出共性问题", "form": form, "matter": matter}
    return render(request, "desk/common_problems/open.html", context, status=422 if form.errors else 200)


def _asked(said: Any) -> str:
    form = LookForm(said)
    return " ".join(form.cleaned_data["word"].split()) if form.is_valid() else ""


def _problem_or_404(request: StaffRequest, pk: int) -> CommonProblem:
    rows = problems_open_to(request.post).select_related(
        "procuratorate", "department", "owner__staff", "task", "opened_by__staff", "analysed_by__staff",
        "ended_by__staff",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@desk_page(VIEW)
def problem(request: StaffRequest, pk: int) -> HttpResponse:
    """One common problem."""
    return _page(request, _problem_or_404(request, pk))


@desk_page(GATHER, methods=["POST"])
def gather(request: StaffRequest, pk: int) -> HttpResponse:
    """Add what was ticked."""
    found = _problem_or_404(request, pk)
    asked = _asked(request.POST)
    near = likely(found, request.post, asked)
    form = GatherForm(request.POST, found=near.matters, among=gatherable(found, request.post))

    def act() -> None:
        said = form.cleaned_data
        acts.gather(
            problem=found, matters=list(said["matters"].select_related("procuratorate")), actor=request.actor,
            version=said["version"], at=now(),
        )  # fmt: skip

    return _act(request, found, GATHER, form, act, "已归集。", gather_form=form)


@desk_page(GATHER, methods=["POST"])
def release(request: StaffRequest, pk: int, gathered: int) -> HttpResponse:
    """Let one go."""
    found = _problem_or_404(request, pk)
    line = get_object_or_404(Gathered.objects.select_related("matter", "problem"), problem=found, pk=gathered)
    form = VersionForm(request.POST)

    def act() -> None:
        acts.release(gathered=line, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, found, GATHER, form, act, "已移出。", release_form=form)


@desk_page(DISCUSS, methods=["POST"])
def discuss(request: StaffRequest, pk: int) -> HttpResponse:
    """What was heard about it."""
    found, form = _problem_or_404(request, pk), DiscussForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        discuss_problem(
            problem=found, facts=form.facts(), request_key=said["request_key"], actor=request.actor,
            version=said["version"], at=now(),
        )  # fmt: skip

    return _act(request, found, DISCUSS, form, act, "已登记座谈调研。", discuss_form=form)


@desk_page(ANALYSE, methods=["POST"])
def analyse(request: StaffRequest, pk: int) -> HttpResponse:
    """Why, and what is to change."""
    found, form = _problem_or_404(request, pk), AnalyseForm(request.POST)

    def act() -> None:
        acts.analyse_problem(problem=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, found, ANALYSE, form, act, "已保存分析。", analyse_form=form)


@desk_page(RULE, methods=["POST"])
def institutionalise(request: StaffRequest, pk: int) -> HttpResponse:
    """The rule it ended in."""
    found = _problem_or_404(request, pk)
    kept = keep_uploads(request, "file", verb=RULE)
    form = RuleForm(request.POST)
    say_kept(form, "file", kept)

    def act() -> None:
        said = form.cleaned_data
        acts.institutionalise(
            problem=found, facts=form.facts(), file=kept.last, request_key=said["request_key"], actor=request.actor,
            version=said["version"], at=now(),
        )  # fmt: skip

    return _act(request, found, RULE, form, act, "已登记形成的制度，各件页面上都能看到。", rule_form=form)


@desk_page(END, methods=["POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """No rule, and why."""
    found, form = _problem_or_404(request, pk), EndForm(request.POST)

    def act() -> None:
        acts.end_problem(problem=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, found, END, form, act, "已了结。", end_form=form)


def _act(
    request: StaffRequest, found: CommonProblem, verb: str, form: BaseForm, act: Callable[[], object], done: str,
    **given: BaseForm,
) -> HttpResponse:  # fmt: skip
    to, target = ("desk:common_problems:detail", found.pk), acts.target_of(found)
    answer = carried_out(request, form, act, verb=verb, done=done, to=to, target=target)
    return answer or _page(request, _problem_or_404(request, found.pk), **given)


def _page(request: StaffRequest, found: CommonProblem, **given: BaseForm) -> HttpResponse:
    version = {"version": found.version}
    is_open = found.state == ProblemState.OPEN
    offered: dict[str, BaseForm] = {}
    looked: dict[str, Any] = {}
    if is_open and may(request.actor, GATHER, found):
        asked = _asked(request.POST if request.method == "POST" else request.GET)
        near = likely(found, request.post, asked)
        looked = {"near": near, "asked": asked, "look_form": LookForm(initial={"word": asked})}
        if near:
            among = gatherable(found, request.post)
            offered["gather_form"] = GatherForm(found=near.matters, among=among, initial=version)
        offered["release_form"] = VersionForm(initial=version, auto_id="release_%s")
    if is_open and may(request.actor, DISCUSS, found):
        offered["discuss_form"] = DiscussForm(initial=version)
    if is_open and may(request.actor, ANALYSE, found):
        texts = {"analysis": found.analysis, "measures_text": found.measures_text}
        offered["analyse_form"] = AnalyseForm(initial=version | texts)
    if found.analysis and found.state != ProblemState.ENDED and may(request.actor, RULE, found):
        own = found.procuratorate.name
        offered["rule_form"] = RuleForm(initial=version | {"signers": own})
    if is_open and may(request.actor, END, found):
        offered["end_form"] = EndForm(initial=version)
    shown = offered | {name: form for name, form in given.items() if name in offered and name != "release_form"}
    gathered = list(found.gathered.select_related("matter").order_by("id"))
    keys = [each.matter_id for each in gathered]
    seen = set(Matter.objects.open_to(request.post).filter(pk__in=keys).values_list("pk", flat=True))
    context: dict[str, Any] = {
        "title": found.title, "problem": found, "on": today(),
        "gathered": [{"line": each, "is_seen": each.matter_id in seen} for each in gathered],
        "talks": list(found.talks.select_related("recorded_by__staff")),
        "documents": list(found.documents.select_related("file", "recorded_by__staff").prefetch_related("signers")),
        "sentences": sentences_of(
            *(form for name, form in given.items() if name not in offered or name == "release_form")
        ),
        **looked, **shown,
    }  # fmt: skip
    return render(request, "desk/common_problems/detail.html", context, status=422 if given else 200)

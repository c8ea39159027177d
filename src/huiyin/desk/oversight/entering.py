"""Registering and correcting: one page for five kinds, each with its own fields."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from huiyin.desk.bodies.missing import no_assigner
from huiyin.desk.matters.forms import say_kept
from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.matters.relating import found_by_number
from huiyin.desk.oversight.forms import CorrectForm, EnterForm, day_help_of
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.kinds import kind_named
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.queries import bodies_of
from huiyin.organisations.rules import ASSIGNERS
from huiyin.oversight.models import Oversight
from huiyin.oversight.operations.correct import correct_oversight
from huiyin.oversight.operations.register import register_oversight
from huiyin.oversight.queries import oversights_open_to, seniors
from huiyin.oversight.rules import GROUP_LABELS, KIND_LABELS, Form, Kind
from huiyin.oversight.signers import signers_rule
from huiyin.regulations.books import Limit
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.models import Suggestion
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

REGISTER, CORRECT = "oversight.register", "oversight.correct"
LEAD_INS: Final = {
    Kind.REVIEW: "人大常委会审议报告后交来的审议意见书。逐条由部门承办、定措施，报告先送有关委员会征求意见。",
    Kind.DELEGATION: "人民代表大会期间代表团分组审议提出的意见。能当场答复的当场答复，其余定改进措施或者书面反馈。",
    Kind.INSPECTION: "代表视察、专题调研、执法检查报告提出的意见。逐条由部门承办、定措施、答复。",
    Kind.ASSIGNED: "人大、政协交办、批办的事项。必须有办理期限和责任人，跟进督办，办结后向交办机关和代表委员反馈。",
    Kind.ACT: "询问、专题询问、质询和特定问题调查。写明谁提出、在哪次会议、谁答复、口头还是书面、哪天答复。",
}


def oversight_or_404(request: StaffRequest, pk: int) -> tuple[Matter, Oversight]:
    """A matter of these kinds this post may open, with its own facts."""
    matter = matter_or_404(request, pk)
    found = (
        Oversight.objects.filter(pk=pk)
        .select_related("committee", "listener__staff", "owner__staff", "answerer__staff")
        .first()
    )
    if found is None:
        raise Http404
    found.matter = matter
    return matter, found


def _context_of(post: Post, kind: Kind, stored: Oversight | None = None) -> dict[str, Any]:
    """What the form of a kind offers and says. stored: what stands there stays among the choices, ended or not."""
    office, on = post.procuratorate, today()
    posts = [stored.listener, stored.owner, stored.answerer] if stored else []
    kept = {each.pk: each for each in posts if each is not None}
    askers = bodies_of(office, on, kinds=ASSIGNERS, besides=stored.matter.suggestion.body if stored else None)
    if stored is not None and stored.committee is not None:
        askers |= bodies_of(office, on, kinds=ASSIGNERS, besides=stored.committee)
    offered = {each.pk: each for each in seniors(office, on)}
    rule = stack_for(office, on=on).find(Limit, kind_named(kind.value).limits.reply, on)
    return {
        "kind": kind, "askers": askers, "seniors": list((offered | kept).values()),
        "seen": lambda number: list(found_by_number(post, number)),
        "signers_help": _signers_help(office, on) if kind is Kind.ACT else "",
        "day_help": day_help_of(kind, f"{rule.basis.summary}（{rule.basis}）" if rule else ""),
    }  # fmt: skip


def _signers_help(office: Procuratorate, on: date) -> str:
    """质询案 at our level: how many of either must sign, with the article."""
    asked = [(label, signers_rule(office, Form.INTERPELLATION, group, on)) for group, label in GROUP_LABELS.items()]
    said = [
        f"{label}{rule.at_least}人以上（{rule.basis}{'，未核对' if rule.basis.unconfirmed else ''}）"
        for label, rule in asked
        if rule is not None
    ]
    return f"质询案须{'，'.join(said)}。" if said else "施行的制度没有规定最少人数。"


@desk_page(REGISTER, methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """The form of one kind; on a refusal everything typed and every file stays."""
    asked = (posted(request) or request.GET).get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else None
    if kind is None:
        return _page(request, None, None)
    given = _context_of(request.post, kind)
    if request.method != "POST":
        return _page(request, kind, EnterForm(initial=_usual(request.post), **given))
    originals = keep_uploads(request, "originals", verb=REGISTER)
    form = EnterForm(request.POST, **given)
    say_kept(form, "originals", originals)
    if form.is_valid():
        try:
            matter = register_oversight(
                facts=form.facts(), originals=tuple(originals.files), request_key=form.cleaned_data["request_key"],
                actor=request.actor, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, REGISTER, refusal))
        else:
            messages.success(request, f"已登记，收文号{matter.number}。下一步：列入拟办单交部门承办。")
            return go_to(request, "desk:matters:detail", matter.pk)
    return _page(request, kind, form, status=422)


def _page(request: StaffRequest, kind: Kind | None, form: EnterForm | None, status: int = 200) -> HttpResponse:
    context = {
        "title": f"登记{KIND_LABELS[kind]}" if kind else "登记审议意见和监督事项",
        "kind": kind, "form": form, "lead_in": LEAD_INS[kind] if kind else "先选是哪一类。",
        "kinds": [{"code": each.value, "label": KIND_LABELS[each], "about": LEAD_INS[each]} for each in Kind],
    }  # fmt: skip
    return render(request, "desk/oversight/enter.html", context | no_assigner(request), status=status)


def _usual(post: Post) -> dict[str, Any]:
    """The term last registered here: the next is usually of the same."""
    own = Suggestion.objects.filter(matter__in=oversights_open_to(post).values("pk")).order_by("-matter_id")
    last = own.values("term", "body").first()
    return {"term": last["term"], "asker": last["body"]} if last else {}


@desk_page(CORRECT, methods=["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """The facts as they came in, with a reason for changing them."""
    matter, found = oversight_or_404(request, pk)
    form = CorrectForm(
        posted(request), initial=_facts_now(matter, found), **_context_of(request.post, found.kind, found)
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            correct_oversight(
                oversight=found, facts=form.facts(), reason=said["reason"], actor=request.actor,
                version=said["version"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, CORRECT, refusal, target=target(matter)))
        else:
            messages.success(request, "已更正。")
            return go_to(request, "desk:matters:detail", pk)
    context = {
        "title": f"更正{KIND_LABELS[found.kind]}", "matter": matter, "form": form, "lead_in": matter.title,
        "button": "更正",
    }  # fmt: skip
    return render(request, "desk/oversight/act.html", context, status=422 if form.errors else 200)


def _facts_now(matter: Matter, found: Oversight) -> dict[str, Any]:
    coming = matter.suggestion
    told = matter.participants.filter(role="told").order_by("position").values_list("name", flat=True)
    own = {name: getattr(found, name) for name in (
        "form", "scope", "occasion", "held_on", "asked_by", "delegation", "answer_mode", "answer_by_on", "materials",
        "signed_by", "signed_count",
    )}  # fmt: skip
    posts = {name: getattr(found, f"{name}_id") for name in ("listener", "owner", "answerer", "committee")}
    return own | posts | {
        "title": matter.title, "body": matter.body, "asker": coming.body_id, "term": coming.term,
        "session": coming.session, "number": coming.list_number, "assigned_on": coming.assigned_on,
        "received_on": matter.received_on, "told": "、".join(told), "version": matter.version,
    }  # fmt: skip

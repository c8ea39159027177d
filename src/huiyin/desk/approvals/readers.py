"""圈阅: the office gives a paper to leaders to read; a leader reads it with one click."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.approvals.models import Approval, Circulation
from huiyin.approvals.operations import circulate, note_read, withdraw_reader
from huiyin.approvals.operations.signing import target_of
from huiyin.approvals.queries import readers_of, readers_to_choose
from huiyin.approvals.registry import address_of, kind_of
from huiyin.approvals.rules import ApprovalStatus
from huiyin.desk.approvals.forms import ReadersForm, ReadForm
from huiyin.desk.approvals.views import inbox_page
from huiyin.desk.chains import Chain
from huiyin.kernel.refusals import Refusal
from huiyin.matters.queries import leaders
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

VERB = "approvals.circulate"
ON_ITS_ROAD = frozenset({ApprovalStatus.RUNNING, ApprovalStatus.AGREED})


@dataclass(frozen=True)
class Reading:
    """What a paper's page offers of 圈阅. mine: given to this post and not read yet; adds: this post may give it."""

    approval: Approval
    mine: Circulation | None
    adds: bool


def reading_of(request: StaffRequest, approval: Approval, chain: Chain) -> Reading:
    """What this post may do; chain: the road of that approval, as the page has read it."""
    lives = approval.status in ON_ITS_ROAD
    mine = [each for each in chain.readers if each.post_id == request.post.pk and each.read_at is None and lives]
    adds = lives and kind_of(approval.subject_kind).circulates and may(request.actor, VERB, approval)
    return Reading(approval, mine[0] if mine else None, adds)


@desk_page(VERB, methods=["GET", "POST"])
def readers(request: StaffRequest, pk: int) -> HttpResponse:
    """Who reads this paper; give it to more."""
    approval = _circulated_or_404(request, pk)
    office = leaders(request.post.procuratorate, on=today())
    form = ReadersForm(request.POST if request.method == "POST" else None, posts=office)
    if request.method == "POST" and form.is_valid():
        try:
            circulate(approval=approval, posts=list(form.cleaned_data["post"]), actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target_of(approval)))
        else:
            messages.success(request, "已送圈阅，已通知本人。")
            return go_to(request, "desk:approvals:readers", pk)
    return _readers_page(request, approval, form, status=422 if form.errors else 200)


def _circulated_or_404(request: StaffRequest, pk: int) -> Approval:
    own = Approval.objects.filter(procuratorate=request.post.procuratorate_id).select_related("procuratorate")
    approval = get_object_or_404(own, pk=pk)
    if not kind_of(approval.subject_kind).circulates:
        raise Http404
    return approval


def _readers_page(
    request: StaffRequest, approval: Approval, form: ReadersForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    form.offer(readers_to_choose(approval, today()))
    context = {
        "title": "圈阅",
        "approval": approval,
        "paper_url": address_of(approval),
        "readers": readers_of(approval),
        "choosable": list(readers_to_choose(approval, today())),
        "lives": approval.status in ON_ITS_ROAD,
        "form": form,
        "sentence": sentence,
    }
    return render(request, "desk/approvals/readers.html", context, status=status)


@desk_page(VERB, methods=["POST"])
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Given to the wrong reader."""
    own = Circulation.objects.filter(approval__procuratorate=request.post.procuratorate_id)
    given = get_object_or_404(own.select_related("approval__procuratorate", "post__staff"), pk=pk)
    approval = given.approval
    try:
        withdraw_reader(circulation=given, actor=request.actor, at=now())
    except Refusal as refusal:
        sentence = refused(request, VERB, refusal, target=target_of(approval))
        form = ReadersForm(posts=[])
        return _readers_page(request, approval, form, sentence=sentence, status=422)
    messages.success(request, f"已撤回送{given.post.staff.name}的圈阅。")
    return go_to(request, "desk:approvals:readers", approval.pk)


@desk_page("approvals.read", methods=["POST"])
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """I have read it."""
    own = Circulation.objects.filter(post=request.post).select_related("approval", "added_by")
    given = get_object_or_404(own, pk=pk)
    form = ReadForm(request.POST)
    if form.is_valid():
        try:
            note_read(circulation=given, remark=form.cleaned_data["remark"], actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "approvals.read", refusal, target=target_of(given.approval)))
        else:
            messages.success(request, "已圈阅。")
            return go_to(request, "desk:approvals:inbox")
    sentence = "".join(str(each) for each in [*form.non_field_errors(), *form["remark"].errors])
    return inbox_page(request, sentence=sentence, status=422)

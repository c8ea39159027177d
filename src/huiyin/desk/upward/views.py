"""What is owed to the office above, and recording that it went up."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.replies.forms import day_input
from huiyin.desk.replies.page import reply_or_404
from huiyin.desk.uploads import Kept, keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import UpwardCopy
from huiyin.matters.models.upward import UPWARD_MODE_LABELS
from huiyin.matters.operations.undertakings import target
from huiyin.matters.operations.upward import send_upward
from huiyin.matters.papers.upward import upward_report
from huiyin.matters.upward import higher_signers, office_above, owed_upward
from huiyin.web.clock import now, today
from huiyin.web.forms import RequestKeyForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset

VERB: Final = "matters.send_upward"


class SendForm(RequestKeyForm):
    """To whom, how and when the copy went."""

    organ = forms.CharField(label="报送单位", max_length=60)
    mode = forms.ChoiceField(label="报送方式", choices=list(UPWARD_MODE_LABELS.items()))
    sent_on = forms.DateField(label="报送日期", widget=day_input())
    receipt = forms.FileField(label="回执", required=False, help_text="签收回执的扫描件，可以没有。")
    note = forms.CharField(label="说明", max_length=200, required=False)


@desk_page(VERB)
def owed(request: StaffRequest) -> HttpResponse:
    """Answers to higher deputies whose copy did not go up yet."""
    rows = owed_upward(request.post).select_related("matter", "number").prefetch_related("matter__participants")
    paged = keyset(request, rows.order_by(), size=30, unit="件")
    context = {
        "title": "报送上级院",
        "rows": paged.rows,
        "pager": paged.pager,
        "organ": office_above(request.post.procuratorate),
    }
    return render(request, "desk/upward/list.html", context)


@desk_page(VERB, methods=["GET", "POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the copy; gone up before: what was recorded."""
    reply = reply_or_404(request, pk)
    signers = list(higher_signers(reply).select_related("mandate"))
    if not signers:
        raise Http404
    kept = keep_uploads(request, "receipt", verb=VERB) if request.method == "POST" else Kept()
    initial = {"organ": office_above(reply.matter.procuratorate), "sent_on": today()}
    form = SendForm(posted(request), initial=initial)
    for sentence in kept.refusals:
        form.add_error("receipt", sentence)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            send_upward(
                reply=reply, organ=said["organ"], mode=said["mode"], sent_on=said["sent_on"], receipt=kept.last,
                note=said["note"], actor=request.actor, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已登记报送。")
            return go_to(request, "desk:upward:send", pk)
    copies = UpwardCopy.objects.filter(reply=reply).select_related("sent_by__staff", "receipt")
    context: dict[str, Any] = {
        "title": "报送上级院",
        "reply": reply,
        "matter": reply.matter,
        "signers": signers,
        "copy": copies.first(),
        "form": form,
    }
    return render(request, "desk/upward/send.html", context, status=422 if form.errors else 200)


@desk_page("matters.print", methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """上级人大代表建议办理情况报送表."""
    reply = reply_or_404(request, pk)
    name = f"{reply.number or reply.matter.number}报送表"
    return printed(
        request, upward_report(reply), kind_or_404(kind), title="办理情况报送表", name=name, matter=reply.matter
    )

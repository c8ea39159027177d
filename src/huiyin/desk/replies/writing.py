"""Writing a letter: begun, edited in the browser or as .docx, pointed at opinions, sent up, called back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.replies.forms import ReasonForm, SubmitForm, UploadForm
from huiyin.desk.replies.page import detail_page, letter_form, newest, reasons_asked, reply_or_404
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.drafting import problems, running_reply, text_of
from huiyin.matters.models import Reply
from huiyin.matters.operations.replies import cite_opinions, create_draft, save_version, upload_version
from huiyin.matters.operations.replies_signing import recall, submit
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import ReplyStatus
from huiyin.matters.talks_owed import talks_owed
from huiyin.matters.wishes import heard
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

VERB = "matters.draft_letter"


@desk_page(VERB, methods=["GET", "POST"])
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin the letter of a matter; begun already: go to it."""
    matter = matter_or_404(request, pk)
    sentence = ""
    if request.method == "POST":
        try:
            reply = create_draft(matter=matter, actor=request.actor, at=now())
            return go_to(request, "desk:replies:edit", reply.pk)
        except Refusal as refusal:
            sentence = refused(request, VERB, refusal, target=target(matter))
    elif (running := running_reply(matter)) is not None:
        return go_to(request, "desk:replies:detail", running.pk)
    context = {"title": "起草文稿", "matter": matter, "sentence": sentence}
    return render(request, "desk/replies/begin.html", context, status=422 if sentence else 200)


@desk_page(VERB, methods=["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the letter; “再加一行承诺” only shows more lines, “保存并送审” saves first."""
    reply = reply_or_404(request, pk)
    if request.method != "POST" and reply.status != ReplyStatus.DRAFT:
        return go_to(request, "desk:replies:detail", pk)
    data = request.POST if request.method == "POST" else None
    form = letter_form(reply, newest(reply), data)
    status, sentence = 200, ""
    if data is not None and "more" not in data:
        status = 422
        if form.is_valid() and _saved(request, reply, form):
            sentence = _send_up(request, reply_or_404(request, pk)) if "submit" in data else ""
            if not sentence:
                messages.success(request, "已保存并送审。" if "submit" in data else "已保存为新的一稿。")
                return go_to(request, "desk:replies:detail", pk)
            reply = reply_or_404(request, pk)
            form = letter_form(reply, newest(reply))  # what was typed, saved by now
    context: dict[str, Any] = {
        "title": f"起草：{reply.matter.title}",
        "reply": reply,
        "matter": reply.matter,
        "form": form,
        "sentence": sentence,
        "opinions": _opinions(reply),
        "heard": heard(reply),
        "newest": newest(reply),
        "problems": _to_do(reply) if data is None else [],
    }
    return render(request, "desk/replies/edit.html", context, status=status)


def _to_do(reply: Reply) -> list[str]:
    """What keeps the newest text back, then the talks that want a reason."""
    on = today()
    return [*problems(reply, text_of(newest(reply)), on), *(each.sentence for each in talks_owed(reply, on))]


def _opinions(reply: Reply) -> Any:
    """What assistants said, beside the editor."""
    parts = reply.matter.undertakings.exclude(status="moved").exclude(opinion_state="none")
    return parts.select_related("department", "organ").order_by("id")


def _saved(request: StaffRequest, reply: Reply, form: Any) -> bool:
    said = form.cleaned_data
    try:
        save_version(
            reply=reply, text=form.to_text(), note=said["note"], actor=request.actor, version=said["version"], at=now()
        )
    except Refusal as refusal:
        form.add_error(None, refused(request, VERB, refusal, target=target(reply.matter)))
        return False
    return True


@desk_page(VERB, methods=["POST"])
def upload(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a .docx as the next version."""
    reply = reply_or_404(request, pk)
    kept = keep_uploads(request, "file", verb=VERB)
    form = UploadForm(request.POST)
    if form.is_valid() and not kept.refusals and kept.last is not None:
        said = form.cleaned_data
        try:
            upload_version(
                reply=reply, file=kept.last, note=said["note"], actor=request.actor, version=said["version"], at=now()
            )
        except Refusal as refusal:
            form.add_error("file", refused(request, VERB, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已读取文稿，作为新的一稿。请核对下面的内容。")
            return go_to(request, "desk:replies:detail", pk)
    for sentence in kept.refusals:
        form.add_error("file", sentence)
    if kept.last is None and not kept.refusals:
        form.add_error("file", "请选择要上传的 .docx 文件。")
    return detail_page(request, reply_or_404(request, pk), upload=form, status=422)


@desk_page(VERB, methods=["POST"])
def cite(request: StaffRequest, pk: int) -> HttpResponse:
    """Point to the paragraphs that state assisting opinions."""
    reply = reply_or_404(request, pk)
    pointed = {
        int(name.removeprefix("part_")): _number(str(typed))
        for name, typed in request.POST.items()
        if name.startswith("part_") and name[5:].isdecimal() and len(name) < 20
    }
    return _act(request, reply, "已指明协办意见所在段落。", lambda version: cite_opinions(
        reply=reply, paragraphs=pointed, actor=request.actor, version=version, at=now()
    ))  # fmt: skip


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 5 else None


@desk_page(VERB, methods=["POST"])
def send_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the newest text up."""
    reply = reply_or_404(request, pk)
    form = SubmitForm(request.POST, auto_id="submit_%s", asked=reasons_asked(heard(reply), talks_owed(reply, today())))
    if form.is_valid():
        try:
            submit(reply=reply, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已送审。")
            return go_to(request, "desk:replies:detail", pk)
    return detail_page(request, reply_or_404(request, pk), submit=form, status=422)


def _send_up(request: StaffRequest, reply: Reply) -> str:
    """Send up what was just saved; why not, where it may not go yet."""
    try:
        submit(reply=reply, actor=request.actor, version=reply.version, at=now())
    except Refusal as refusal:
        sentence = refused(request, VERB, refusal, target=target(reply.matter))
        return f"已保存为新的一稿，但还不能送审：\n{sentence}"
    return ""


@desk_page("matters.recall_letter", methods=["POST"])
def call_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the letter off its road."""
    reply = reply_or_404(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            recall(reply=reply, reason=said["reason"], actor=request.actor, version=said["version"], at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.recall_letter", refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已撤回，可以继续修改。")
            return go_to(request, "desk:replies:detail", pk)
    return detail_page(request, reply_or_404(request, pk), recall=form, status=422)


def _act(request: StaffRequest, reply: Reply, done: str, act: Callable[[int], object]) -> HttpResponse:
    """One act that needs a version only; a refusal stands over the page."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        return detail_page(request, reply_or_404(request, reply.pk), sentence="\n".join(sentences_of(form)), status=422)
    try:
        act(form.cleaned_data["version"])
    except Refusal as refusal:
        sentence = refused(request, VERB, refusal, target=target(reply.matter))
        return detail_page(request, reply_or_404(request, reply.pk), sentence=sentence, status=422)
    messages.success(request, done)
    return go_to(request, "desk:replies:detail", reply.pk)

"""Signing a letter: PDF, last version and the original side by side; agree, return, edit and sign, or record paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.approvals.models import ApprovalStep
from huiyin.approvals.operations import NotYourTurn
from huiyin.approvals.permissions import CLERKS
from huiyin.approvals.queries import open_steps, stands_in_for
from huiyin.approvals.rules import ApprovalStatus, Verdict
from huiyin.desk.chains import chain_of
from huiyin.desk.proposals.forms import DecideForm
from huiyin.desk.proposals.page import substitutes_of
from huiyin.desk.replies.forms import LetterForm
from huiyin.desk.replies.page import cited, facts_of, letter_form, reply_or_404
from huiyin.desk.uploads import Kept, keep_uploads
from huiyin.gongwen.diff import has_changes, marked_up
from huiyin.kernel.refusals import Refusal
from huiyin.matters.drafting import reason_title, text_of
from huiyin.matters.models import Reply, ReplyVersion
from huiyin.matters.operations.replies_signing import decide_letter
from huiyin.matters.operations.undertakings import target
from huiyin.matters.wishes import heard
from huiyin.web.clock import now, today
from huiyin.web.forms import pressed
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

VERB = "matters.sign_letter"
EDIT = "edit"


@dataclass(frozen=True)
class Turn:
    """A step this post may decide: as signer, or as the clerk who records paper or a meeting."""

    step: ApprovalStep
    is_clerk: bool


@desk_page(VERB, methods=["GET", "POST"])
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter as the signer sees it."""
    reply = reply_or_404(request, pk)
    all_turns = _turns(request, reply)
    asked = str(request.POST.get("step") or request.GET.get("step", ""))
    turn = _asked(all_turns, asked)
    if request.method != "POST":
        return _page(request, reply, all_turns, turn)
    if turn is None:
        refusal = NotYourTurn("这一环节已经办理过，或者还没有轮到您。请看下面的最新进度。")
        sentence = refused(request, VERB, refusal, target=target(reply.matter))
        return _page(request, reply, all_turns, None, sentence=sentence, status=422)
    return _decide(request, reply, all_turns, turn)


def _decide(request: StaffRequest, reply: Reply, all_turns: Sequence[Turn], turn: Turn) -> HttpResponse:
    kept = keep_uploads(request, "scan", verb=VERB)
    form = _decide_form(reply, turn, request.POST, kept)
    editor = _editor(reply, request.POST) if f"{EDIT}-title" in request.POST and not turn.is_clerk else None
    buttons = {each.value: each for each in (Verdict.AGREE, Verdict.RETURN)}
    verdict = pressed(form, buttons, request.POST.get("verdict"), sentence="请选择同意或者退回修改。")
    edits = editor is not None and verdict is Verdict.AGREE
    if verdict is not None and form.is_valid() and (editor is None or not edits or editor.is_valid()):
        said = form.cleaned_data
        try:
            decide_letter(
                reply=reply, step=turn.step, verdict=verdict, opinion=said["opinion"],
                subject_hash=said["subject_hash"], actor=request.actor, version=said["version"], at=now(),
                edited=editor.to_text() if editor is not None and edits else None, paper=form.paper(),
                meeting=form.meeting(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(reply.matter)))
        else:
            done = "已退回修改。" if verdict is Verdict.RETURN else f"：{turn.step.label}已办理。"
            messages.success(request, f"{reply.matter.number}{done}")
            return go_to(
                request, "desk:replies:detail" if turn.is_clerk else "desk:approvals:inbox", *_place(turn, reply)
            )
    return _page(request, reply_or_404(request, reply.pk), all_turns, turn, form=form, editor=editor, status=422)


def _place(turn: Turn, reply: Reply) -> tuple[int, ...]:
    return (reply.pk,) if turn.is_clerk else ()


def _page(
    request: StaffRequest,
    reply: Reply,
    all_turns: Sequence[Turn],
    turn: Turn | None,
    *,
    form: DecideForm | None = None,
    editor: LetterForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    newest, before = _last_two(reply)
    text = text_of(newest)
    pieces = marked_up(text_of(before).lines, text.lines) if before else []
    context: dict[str, Any] = {
        "title": f"审签：{reply.matter.title}",
        "reply": reply,
        "matter": reply.matter,
        "newest": newest,
        "before": before,
        "paragraphs": pieces,
        "changed": has_changes(pieces),
        "original": [line.strip() for line in reply.matter.body.splitlines() if line.strip()],
        "attachments": reply.matter.attachments.filter(kind="original").select_related("file"),
        "facts": facts_of(reply),
        "letter": text,
        "reason_title": reason_title(reply.matter, text, today()),
        "cited": cited(reply, text),
        "heard": heard(reply),
        "chain": chain_of(reply.approval) if reply.approval else None,
        "turn": turn,
        "form": form or (_decide_form(reply, turn) if turn else None),
        "editor": editor or (_editor(reply) if turn and not turn.is_clerk else None),
        "editing": editor is not None and bool(editor.errors),
        "recordable": [each for each in all_turns if each.is_clerk and each is not turn],
        "sentence": sentence,
    }
    return render(request, "desk/replies/sign.html", context, status=status)


def _last_two(reply: Reply) -> tuple[ReplyVersion, ReplyVersion | None]:
    """The newest text, and what the signer compares it with: the last one signed here, else the one before it."""
    versions = list(reply.versions.select_related("author__staff", "reply").order_by("-number")[:2])
    return versions[0], versions[1] if len(versions) > 1 else None


def _turns(request: StaffRequest, reply: Reply) -> list[Turn]:
    """Open steps this post may decide, its own first."""
    if reply.approval is None or reply.approval.status != ApprovalStatus.RUNNING:
        return []
    own = set(stands_in_for(request.post, today()))
    is_clerk = request.post.role_enum in CLERKS
    steps = [step for step in open_steps(reply.approval) if step.post_id in own or is_clerk]
    return sorted((Turn(step, step.post_id not in own) for step in steps), key=lambda turn: turn.is_clerk)


def _asked(all_turns: Sequence[Turn], asked: str) -> Turn | None:
    if asked:
        return next((turn for turn in all_turns if str(turn.step.pk) == asked), None)
    return next((turn for turn in all_turns if not turn.is_clerk), None)


def _decide_form(reply: Reply, turn: Turn, data: Any = None, kept: Kept | None = None) -> DecideForm:
    assert reply.approval is not None
    newest = _last_two(reply)[0]
    initial = {"version": reply.approval.version, "subject_hash": newest.digest, "request_key": uuid4()}
    substitutes = substitutes_of(turn.step) if turn.is_clerk else ()
    return DecideForm(data, is_clerk=turn.is_clerk, substitutes=substitutes, kept=kept, initial=initial)


def _editor(reply: Reply, data: Any = None) -> LetterForm:
    return letter_form(reply, _last_two(reply)[0], data, has_note=False, prefix=EDIT)

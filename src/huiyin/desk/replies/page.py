"""What the pages of a letter show, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime

from huiyin.approvals.models import Approval
from huiyin.approvals.queries import objected
from huiyin.desk.approvals.readers import reading_of
from huiyin.desk.books.labels import REPLY_MODES
from huiyin.desk.chains import Chain, chain_of
from huiyin.desk.replies.acts import Next, next_acts
from huiyin.desk.replies.forms import (
    DeliverForm,
    LetterForm,
    ReasonForm,
    SolicitForm,
    SubmitForm,
    UploadedForm,
    UploadForm,
)
from huiyin.gongwen.diff import marked_up
from huiyin.gongwen.structure import Block, Heading, Table, lines_of
from huiyin.kernel.text import clip
from huiyin.matters.drafting import ANSWERS, SECOND, cited_at, latest, problems, reason_title, text_of
from huiyin.matters.letters import LetterText, notes_of
from huiyin.matters.models import Reply, ReplyVersion
from huiyin.matters.operations.replies_signing import SUBJECT
from huiyin.matters.parts import assisting, parts_of
from huiyin.matters.recipients import reply_mode, served
from huiyin.matters.rules import AFTER_SIGNING, OPINION_STATE_LABELS, OpinionState, ReplyStatus
from huiyin.matters.talks_owed import TalkOwed, talks_owed
from huiyin.matters.wishes import Heard, heard
from huiyin.organisations.permissions import may
from huiyin.regulations.books import Reason
from huiyin.regulations.books.vocabulary import ReplyMode
from huiyin.regulations.queries import stack_for
from huiyin.web.clock import today
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest


def reply_or_404(request: StaffRequest, pk: int) -> Reply:
    """A letter of a matter this post may open."""
    replies = Reply.objects.select_related(
        "matter__procuratorate", "matter__leader", "approval__asked_by__staff", "number", "follows__number",
        "signed_by__staff",
        "proofread_by__staff", "sealed_by__staff", "issued_by__staff", "created_by__staff",
        "voided_by__staff", "talks_reason_by__staff", "pdf", "docx",
    )  # fmt: skip
    return get_object_or_404(replies.open_to(request.post), pk=pk)


def letter_form(
    reply: Reply, version: ReplyVersion, data: Any = None, *, has_note: bool = True, prefix: str | None = None
) -> LetterForm:
    """The editor over one version."""
    on = today()
    stack = stack_for(reply.matter.procuratorate, on=on)
    outcomes = [
        (entry.code.value, f"{entry.title}（{entry.mark}）" if entry.mark else entry.title)
        for entry in stack.outcomes(on)
    ]
    reasons = [(entry.code, entry.title) for entry in stack.all(Reason, on)]
    return LetterForm(
        data, text=text_of(version), version=reply.version, outcomes=outcomes, reasons=reasons,
        items=list(reply.matter.items.order_by("position")), is_reply=reply.kind in ANSWERS,
        has_note=has_note, prefix=prefix,
    )  # fmt: skip


@dataclass(frozen=True)
class Cited:
    """An assistant and the paragraph that states its opinion."""

    part: Any
    state: str
    at: int | None


@dataclass(frozen=True)
class VersionRow:
    """One version in the list."""

    version: ReplyVersion
    pdf_url: str
    docx_url: str
    compare_url: str


def cited(reply: Reply, text: LetterText) -> list[Cited]:
    """Every assistant of the matter and where the letter states its opinion; a second letter states none."""
    if reply.kind == SECOND:
        return []
    lines = lines_of(text.body)
    return [
        Cited(part, OPINION_STATE_LABELS[OpinionState(part.opinion_state)], cited_at(reply, part, lines))
        for part in assisting(parts_of(reply.matter))
        if not part.is_joint
    ]


def letter_view(text: LetterText) -> dict[str, Any]:
    """The letter on screen: paragraphs with their kind, notes, copies."""
    body = [_block_view(block) for block in text.printed_body]
    return {"text": text, "body": body, "notes": notes_of(text)}


def _block_view(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"table": block.rows}
    return {"text": block.text, "level": block.level if isinstance(block, Heading) else 0}


def detail_page(request: StaffRequest, reply: Reply, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The letter's page; forms: those just refused, by name, with `sentence` over them."""
    versions = list(reply.versions.select_related("author__staff", "file").order_by("-number"))
    text = text_of(versions[0])
    chains = chains_of(reply)
    heard_there = heard(reply)
    is_out = reply.status == ReplyStatus.ISSUED and reply.kind in ANSWERS
    drafts = reply.status == ReplyStatus.DRAFT and may(request.actor, "matters.draft_letter", reply.matter)
    talks = talks_owed(reply, today()) if drafts else []
    asked = reasons_asked(heard_there, talks)
    context = {
        "title": f"{reply.get_kind_display()}：{clip(reply.matter.title, 60)}",
        "reply": reply,
        "matter": reply.matter,
        "newest": versions[0],
        "letter": letter_view(text),
        "reason_title": reason_title(reply.matter, text, today()),
        "facts": facts_of(reply),
        "drafts": drafts,
        "problems": [*problems(reply, text, today()), *(each.sentence for each in talks)] if drafts else [],
        "cited": cited(reply, text),
        "paragraphs": [{"at": at, "text": clip(line, 40)} for at, line in enumerate(lines_of(text.body), start=1)],
        "chains": chains,
        "reading": reading_of(request, reply.approval, chains[0]) if reply.approval and chains else None,
        "rows": [_row(reply, version, versions) for version in versions],
        "compared": compared(request, versions),
        "heard": heard_there,
        "asked": asked,
        "next": next_acts(request, reply),
        "can_recall": reply.status == ReplyStatus.SIGNING and may(request.actor, "matters.recall_letter", reply.matter),
        "may_solicit": reply.status == ReplyStatus.DRAFT and may(request.actor, "matters.solicit", reply.matter),
        "may_publish": reply.issued_on is not None
        and reply.kind in ANSWERS
        and text.publish is True
        and may(request.actor, "disclosure.propose", reply.matter),
        "may_upload": reply.issued_on is not None
        and reply.kind in ANSWERS
        and reply.uploaded_on is None
        and may(request.actor, "matters.mark_uploaded"),
        "disputed": objected(reply.approval) if reply.approval and reply.status in AFTER_SIGNING else None,
        "waited_for": [each.name for each in waiting_recipients(reply)] if is_out else [],
        "reply_to": REPLY_MODES[reply_mode(reply, today())] if is_out else "",
        "deliveries": list(reply.deliveries.select_related("evidence", "recorded_by__staff")),
        "today": today(),
    } | _may_undo(request, reply) | _forms(reply, forms, asked)  # fmt: skip
    context["sentences"] = sentences_of(*(forms.get(name) for name, shown in _shown(context).items() if not shown))
    return render(request, "desk/replies/detail.html", context, status=status)


def reasons_asked(wishes: Iterable[Heard], talks: Iterable[TalkOwed]) -> set[str]:
    """The reasons without which a draft does not go up, as the fields of the form name them."""
    found = {"unchanged_reason"} if any(each.unheeded for each in wishes) else set()
    return found | {"talks_reason" for _ in talks}


def _may_undo(request: StaffRequest, reply: Reply) -> dict[str, bool]:
    """What this post may take back of a letter that is not out."""
    is_signed = reply.status in AFTER_SIGNING
    unsent = is_signed or reply.status == ReplyStatus.DRAFT
    return {
        "may_send_back": is_signed and may(request.actor, "matters.send_back_letter"),
        "may_void_number": is_signed and reply.number_id is not None and may(request.actor, "matters.void_number"),
        "may_void": unsent and may(request.actor, "matters.void_letter", reply),
    }


def _shown(context: dict[str, Any]) -> dict[str, bool]:
    """Which forms the page has a place for now."""
    delivers = any(act.code == "deliver" and act.state == "now" and act.url for act in context["next"])
    offered = {
        "upload": "drafts",
        "submit": "asked",
        "recall": "can_recall",
        "send_back": "may_send_back",
        "void_number": "may_void_number",
        "void": "may_void",
        "uploaded": "may_upload",
    }
    found = {form: bool(context[name]) for form, name in offered.items()}
    return found | {"solicit": bool(context["may_solicit"]), "deliver": delivers}


def _forms(reply: Reply, given: dict[str, Any], asked: set[str]) -> dict[str, Any]:
    """The forms the letter's status has a use for; a refused one as it was typed."""
    version = {"version": reply.version}
    usual: dict[str, Any] = {
        "upload": UploadForm(initial=version),
        "submit": SubmitForm(initial=version, auto_id="submit_%s", asked=asked),
        "recall": ReasonForm(initial=version),
        "send_back": ReasonForm(initial=version, auto_id="back_%s"),
        "void_number": ReasonForm(initial=version, auto_id="number_%s"),
        "void": ReasonForm(initial=version, auto_id="void_%s"),
        "uploaded": UploadedForm(initial=version | {"uploaded_on": today()}, auto_id="uploaded_%s"),
        "sentence": "",
    }
    if reply.status == ReplyStatus.DRAFT:
        usual["solicit"] = SolicitForm(participants=signers_of(reply), initial={"given_on": today()}, auto_id="ask_%s")
    if reply.status == ReplyStatus.ISSUED:
        waiting = waiting_recipients(reply)
        initial = version | {"delivered_on": today(), "participant": [each.pk for each in waiting]}
        usual["deliver"] = DeliverForm(
            participants=waiting,
            is_reply=reply.kind in ANSWERS,
            auto_id="deliver_%s",
            initial=initial,
            through_lead=reply_mode(reply, today()) is ReplyMode.AGREED,
        )
    return usual | given


def signers_of(reply: Reply) -> Any:
    """Those who brought the matter."""
    return reply.matter.participants.exclude(role="inquirer").order_by("position")


def waiting_recipients(reply: Reply) -> Any:
    """Those who must receive the letter and have not."""
    wanted = [each.pk for each in served(reply, today())] if reply.kind in ANSWERS else []
    have = reply.deliveries.values_list("participant_id", flat=True)
    return signers_of(reply).filter(pk__in=wanted).exclude(pk__in=[key for key in have if key])


def facts_of(reply: Reply) -> list[dict[str, Any]]:
    """The days of the letter, each its own."""
    mark = f"（{reply.mark}）" if reply.mark else ""
    pairs: list[tuple[str, Any]] = [
        ("进度", reply.get_status_display()),
        ("文号", str(reply.number) if reply.number else ""),
        ("办理结果", reply.get_outcome_display() + mark if reply.outcome else ""),
        ("轮次", _place_of(reply)),
        ("签发", reply.signed_by.label if reply.signed_by else ""),
        ("成文日期", reply.signed_on),
        ("用印", localtime(reply.sealed_at).date() if reply.sealed_at else None),
        ("印发日", reply.issued_on),
        ("送达日", reply.delivered_on),
        ("录入人大系统", reply.uploaded_on),
        ("作废", _voided(reply)),
    ]
    return [
        {"label": label, "text": f"{text:%Y-%m-%d}" if hasattr(text, "year") else text} for label, text in pairs if text
    ]


def _voided(reply: Reply) -> str:
    if reply.voided_at is None:
        return ""
    by = reply.voided_by.staff.name if reply.voided_by else ""
    return f"{localtime(reply.voided_at):%Y-%m-%d} {by}：{reply.void_reason}"


def _place_of(reply: Reply) -> str:
    if reply.kind == SECOND:
        return f"对{reply.follows.number}的再行答复" if reply.follows else "再行答复"
    return "首次答复" if reply.round == 1 else f"第{reply.round}次答复"


def chains_of(reply: Reply) -> list[Chain]:
    """The roads the letter went, the latest first."""
    roads = Approval.objects.filter(subject_kind=SUBJECT, subject_id=reply.pk).order_by("-id")
    return [chain_of(road) for road in roads[:5]]


def _row(reply: Reply, version: ReplyVersion, versions: list[ReplyVersion]) -> VersionRow:
    place = [reply.pk, version.number]
    older = version.number > versions[-1].number
    compare = f"{reverse('desk:replies:detail', args=[reply.pk])}?to={version.number}#compared" if older else ""
    return VersionRow(
        version,
        reverse("desk:replies:version", args=[*place, "pdf"]),
        reverse("desk:replies:version", args=[*place, "docx"]),
        compare,
    )


def compared(request: StaffRequest, versions: list[ReplyVersion]) -> dict[str, Any] | None:
    """The version asked for against the one before it, as 花脸稿."""
    asked = request.GET.get("to", "")
    new = next((each for each in versions if str(each.number) == asked), None)
    old = next((each for each in versions if new is not None and each.number == new.number - 1), None)
    if new is None or old is None:
        return None
    return {"old": old, "new": new, "paragraphs": marked_up(text_of(old).lines, text_of(new).lines)}


def newest(reply: Reply) -> ReplyVersion:
    """The newest text."""
    return latest(reply)


__all__ = ["Next", "detail_page", "letter_form", "reply_or_404"]

"""发文稿纸: the letter's cover sheet with every opinion, substitute and recorded paper signature on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from huiyin.approvals.models import Approval, Circulation, Decision
from huiyin.approvals.queries import readers_of
from huiyin.gongwen.structure import Form, Row
from huiyin.kernel.numerals import document_date
from huiyin.matters.drafting import latest, text_of
from huiyin.matters.models import Reply
from huiyin.matters.papers.rows import two, wide
from huiyin.organisations.models import Post

PUBLISH: Final = {True: "公开", False: "不公开", None: ""}


def letter_sheet(reply: Reply) -> Form:
    """Everything said and signed on the letter's road."""
    matter, text = reply.matter, text_of(latest(reply))
    drafter = reply.approval.asked_by if reply.approval else reply.created_by
    marks = reply.get_outcome_display() + (f"（{reply.mark}）" if reply.mark else "")
    return Form(
        title="发　文　稿　纸",
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"文号：{reply.number or ''}", f"收文号：{matter.number}", "密级：非涉密"),
        rows=(
            wide("标　　题", text.title),
            two("主　　送", text.salutation.rstrip("："), "抄　　送", "、".join(text.copies)),
            two("办理结果", marks if reply.outcome else "", "是否公开", PUBLISH[text.publish]),
            two("拟稿部门", drafter.department or "", "拟稿人", drafter.staff.name),
            wide("附　　件", "\n".join(text.attachments)),
            *([wide("没有沟通\n的理由", without_talks(reply))] if reply.talks_reason else []),
            *_signatures(reply),
            *_readers(reply),
            two("复　　核", _name(reply.proofread_by), "成文日期", reply.signed_on),
            two("用　　印", _name(reply.sealed_by), "印发日期", reply.issued_on),
        ),
    )


def without_talks(reply: Reply) -> str:
    """Which talks were left out, why, and who says so."""
    by = _name(reply.talks_reason_by)
    return f"没有{reply.talks_left_out}：{reply.talks_reason}（{by}）"


def _name(post: Post | None) -> str:
    return post.staff.name if post else ""


def _signatures(reply: Reply) -> Iterator[Row]:
    """One row a step, the last decision of it; earlier rounds of a returned draft stay on their own sheet."""
    if reply.approval is None:
        return
    decisions = Decision.objects.filter(approval=reply.approval).select_related(
        "post__staff", "in_place_of__staff", "recorded_by__staff"
    )
    by_step = {decision.step_id: decision for decision in decisions.order_by("id")}
    steps = reply.approval.steps.exclude(status="skipped").select_related("post__staff").order_by("position", "id")
    for step in steps:
        yield wide(step.label, opinion_text(by_step.get(step.pk)), height=14)


def _readers(reply: Reply) -> Iterator[Row]:
    text = readers_text(reply.approval)
    if text:
        yield wide("圈　　阅", text, height=14)


def readers_text(approval: Approval | None) -> str:
    """圈阅 as a sheet prints it: a line a reader, with the day and what he remarked; who has not read it, 待阅."""
    given = readers_of(approval) if approval is not None else []
    return "\n".join(map(_reader, given))


def _reader(given: Circulation) -> str:
    name = given.post.staff.name
    if given.read_at is None:
        return f"{name}　待阅"
    remark = f"　{given.remark}" if given.remark else ""
    return f"{name}　{document_date(timezone.localtime(given.read_at).date())}　已阅{remark}"


def opinion_text(decision: Decision | None) -> str:
    """An opinion as a sheet prints it, with name, day, 代 and 代录."""
    if decision is None:
        return ""
    name = decision.post.staff.name
    if decision.in_place_of is not None:
        name += f"（代{decision.in_place_of.staff.name}）"
    how = f"　〔{decision.recorded_by.staff.name}代录〕" if decision.recorded_by else ""
    if decision.meeting:
        how += f"　〔{decision.meeting['minutes']}〕"
    if decision.objected_at:
        how += f"　〔本人异议：{decision.objection}〕"
    day = document_date(decision.signed_on)
    at = timezone.localtime(decision.decided_at)
    words = decision.opinion or decision.get_verdict_display()
    moment = f"{day} {at:%H:%M}" if decision.recorded_by_id is None else day
    return f"{words}\n{name}　{moment}{how}"

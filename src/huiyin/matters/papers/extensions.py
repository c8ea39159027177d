"""延期申请表, and the letter that asks for consent or explains an extension in writing (practice 10, 26)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localtime

from huiyin.approvals.models import Decision
from huiyin.gongwen.structure import Form, Letter, Paragraph, Row
from huiyin.kernel.numerals import document_date
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Extension
from huiyin.matters.papers.letter_sheet import opinion_text
from huiyin.matters.papers.rows import two, wide
from huiyin.regulations.books.vocabulary import Consent


def extension_form(extension: Extension) -> Form:
    """延期申请表: what is asked and why, every opinion, what was answered, when the proposer was told."""
    matter, deadline = extension.matter, extension.deadline
    wording = kind_of(matter).wording(matter)
    return Form(
        title="延　期　申　请　表",
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"收文号：{matter.number}", f"申请日期：{document_date(localtime(extension.asked_at).date())}"),
        rows=(
            wide("题　　目", f"{wording.subject}　{matter.title}"),
            two("交办机关", wording.assigner, "交办之日", deadline.starts_on),
            two("期限名称", deadline.label, "原期限", extension.from_on),
            two("申请延至", extension.to_on, "最长期限", deadline.cap_on),
            two("申请部门", extension.asked_by.department or "", "申请人", extension.asked_by.staff.name),
            wide("延期理由", extension.reason, height=40),
            wide("依　　据", f"{extension.basis}，{extension.get_leave_display()}"),
            *_signatures(extension),
            two("去函文号", extension.letter_number, "去函日期", extension.sent_on),
            wide("交办机关答复", _answer(extension), height=16),
            two("延　　至", extension.granted_to, f"告知{wording.proposer}", _told(extension)),
        ),
    )


def _signatures(extension: Extension) -> Iterator[Row]:
    if extension.approval is None:
        return
    decisions = Decision.objects.filter(approval=extension.approval).select_related(
        "post__staff", "in_place_of__staff", "recorded_by__staff"
    )
    by_step = {decision.step_id: decision for decision in decisions.order_by("id")}
    for step in extension.approval.steps.exclude(status="skipped").order_by("position", "id"):
        yield wide(step.label, opinion_text(by_step.get(step.pk)), height=14)


def _answer(extension: Extension) -> str:
    consent = extension.consent
    if consent is None or not consent.answer:
        return ""
    on = document_date(consent.received_on) if consent.received_on else ""
    return f"{consent.get_answer_display()}　{consent.document_number}　{on}收到"


def _told(extension: Extension) -> str:
    if extension.told_on is None:
        return ""
    return f"{document_date(extension.told_on)}　{extension.get_told_mode_display()}"


def extension_letter(extension: Extension) -> Letter:
    """The letter to whoever assigned the matter, or the explanation to whoever brought it; a draft until it is sent."""
    matter = extension.matter
    wording = kind_of(matter).wording(matter)
    is_explained = extension.leave == Consent.EXPLAINED
    asked = (
        f"{wording.subject}《{matter.title}》由我院承办，应于{document_date(extension.from_on)}前答复。"
        f"因{extension.reason.rstrip('。')}，需要延长办理时间。"
    )
    until = document_date(extension.to_on)
    ask = f"依据{extension.basis}，商请延期至{until}前答复。妥否，请予函复。函复之前，我院按原期限继续办理。"
    explain = f"依据{extension.basis}，我院将在{until}前答复，特此说明。"
    phone = matter.procuratorate.phone
    return Letter(
        organ=matter.procuratorate.name,
        title=f"关于{wording.subject}延期答复的{'说明' if is_explained else '函'}",
        salutation=wording.salutation if is_explained else f"{wording.assigner or '交办机关'}：",
        body=(Paragraph(asked), Paragraph(explain if is_explained else ask)),
        closing="" if is_explained else "特此函商。",
        number=extension.letter_number,
        signer=extension.approved_by.staff.name if extension.approved_by else "",
        signatures=(matter.procuratorate.name,),
        signed_on=extension.sent_on,
        notes=(f"联系电话：{phone}",) if phone else (),
    )

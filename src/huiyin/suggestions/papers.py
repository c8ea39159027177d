"""建议登记表 and 拟办单 as the office prints them (domain 8.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from huiyin.approvals.models import Approval, ApprovalStep, Decision
from huiyin.gongwen.structure import (
    Block,
    Cell,
    Column,
    Form,
    Heading,
    Letter,
    ListPaper,
    Paper,
    Paragraph,
    Report,
    Row,
    blocks_of,
    label,
    value,
)
from huiyin.kernel.numerals import chinese_ordinal, document_date
from huiyin.matters.drafting import SECOND
from huiyin.matters.filing_documents import Document, stored
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Matter, Participant, Rating, Reply
from huiyin.matters.operations.deadlines import statutory_of
from huiyin.matters.papers.letter_sheet import opinion_text, readers_text
from huiyin.matters.papers.registers import short_name
from huiyin.matters.rating_state import best_source, grade_label
from huiyin.matters.rules import HANDLER_ROLE_LABELS
from huiyin.suggestions.models import (
    SECTIONS,
    CongressReport,
    NotOurs,
    Proposal,
    Suggestion,
    Withdrawal,
    WithdrawalPaper,
)
from huiyin.suggestions.sheets import plan_of, rows_of

_SPAN = 6


def suggestion_register(matters: Sequence[Matter], *, organ: str, on: date) -> ListPaper:
    """The ledger: one row a matter, in the congress office's columns. matters: as with_row_facts reads them, with
    suggestion, replies and ratings prefetched."""
    due = {matter.pk: last.said_on for matter, last in statutory_of(matters)}
    return ListPaper(
        title="代表建议、政协提案登记表",
        organ=organ,
        meta=(f"打印日期：{document_date(on)}", f"共{len(matters)}件"),
        columns=(
            Column("编号", 2.6),
            Column("题目", 5.6),
            Column("领衔", 2.2),
            Column("联名", 1.2, is_centred=True),
            Column("代表团", 2.2),
            Column("类别", 2),
            Column("角色", 1.4, is_centred=True),
            Column("交办日", 2.7, is_centred=True),
            Column("期限", 2.7, is_centred=True),
            Column("承办部门", 2.6),
            Column("领衔院领导", 2),
            Column("进度", 2),
            Column("答复日", 2.7, is_centred=True),
            Column("标注", 1.2, is_centred=True),
            Column("满意度", 2.4),
        ),
        rows=tuple(_register_row(matter, on, due.get(matter.pk, "")) for matter in matters),
    )


def _register_row(matter: Matter, on: date, due_on: str) -> tuple[str, ...]:
    signers: list[Participant] = getattr(matter, "brought_by", [])
    lead = signers[0] if signers else None
    answer = _answer(matter)
    facts = matter.suggestion
    return (
        matter.external_number,
        matter.title,
        lead.name if lead else "",
        str(max(facts.signer_count - 1, 0)),
        lead.delegation if lead else "",
        matter.category,
        matter.get_handler_role_display(),
        facts.assigned_on.isoformat(),
        due_on,
        "、".join(short_name(part) for part in getattr(matter, "parts", [])),
        matter.leader.staff.name if matter.leader else "",
        matter.get_status_display(),
        answer.issued_on.isoformat() if answer and answer.issued_on else "",
        answer.mark if answer else "",
        _satisfaction(matter, on),
    )


def _answer(matter: Matter) -> Reply | None:
    issued = [reply for reply in matter.replies.all() if reply.issued_on and reply.kind != SECOND]
    return max(issued, key=lambda reply: reply.round, default=None)


def _satisfaction(matter: Matter, on: date) -> str:
    """首次不满意、最终基本满意: the lead's rating of the result, first and last letter apart."""
    signers: list[Participant] = getattr(matter, "brought_by", [])
    apart = {reply.pk for reply in matter.replies.all() if reply.kind == SECOND}
    given = [rating for rating in matter.ratings.all() if rating.reply_id not in apart]
    by_lead = [rating for rating in given if signers and rating.participant_id == signers[0].pk]
    ratings = sorted(by_lead, key=lambda rating: (rating.round, rating.pk))
    by_round: dict[int, list[Rating]] = {}
    for rating in ratings:
        by_round.setdefault(rating.round, []).append(rating)
    said = [best for each in by_round.values() if (best := best_source(each))]
    words = [grade_label(matter, rating.result, on) for rating in said]
    return words[0] if len(words) == 1 else f"首次{words[0]}，最终{words[-1]}" if words else ""


def proposal_sheet(proposal: Proposal) -> Form:
    """拟办单: every row with its departments and dates, the opinions and 批示 under them."""
    rows = list(rows_of(proposal))
    heads = ("编号", "题目", "领衔院领导", "承办单位", "部门期限", "拟办意见或批示")
    return Form(
        title="拟　办　单",
        organ=proposal.procuratorate.name,
        widths=(2.4, 4.6, 2, 3.6, 3, 3.8),
        meta=(
            f"编号：{proposal.number}",
            f"拟办人：{proposal.drafted_by.staff.name}",
            f"拟办日期：{document_date(localtime(proposal.drafted_at).date())}",
        ),
        rows=(
            Row((label("总的意见"), value(proposal.opinion, span=_SPAN - 1)), height=16),
            Row(tuple(label(head) for head in heads)),
            *(_row(row) for row in rows),
            *_signatures(proposal),
        ),
        repeated=2,
        landscape=True,
    )


def sheet_in_file(approval: Approval) -> tuple[str, Callable[[], Paper], str] | None:
    """The sheet an approval is about, for the file of a matter: number, paper, mark."""
    found = Proposal.objects.filter(approval=approval).select_related("procuratorate", "drafted_by__staff", "approval")
    sheet = found.first()
    if sheet is None:
        return None
    return sheet.number, lambda: proposal_sheet(sheet), f"proposal:{sheet.pk}:{approval.version}"


def _row(row: Any) -> Row:
    plan = plan_of(row)
    parts = "\n".join(f"{HANDLER_ROLE_LABELS[part.role]}：{part.who}" for part in plan.parts)
    days = [(part.role, part.due_on.isoformat() if part.due_on else "按制度") for part in plan.parts]
    dates = "\n".join(f"{HANDLER_ROLE_LABELS[role]}：{day}" for role, day in days)
    words = "\n".join(filter(None, (row.opinion, f"批示：{row.instruction}" if row.instruction else "")))
    leader = row.leader.staff.name if row.leader else ""
    cells = (row.matter.external_number, row.matter.title, leader, parts, dates, words)
    return Row(tuple(Cell(text) for text in cells))


def _signatures(proposal: Proposal) -> Iterable[Row]:
    if proposal.approval is None:
        return
    decisions = Decision.objects.filter(approval=proposal.approval).select_related(
        "post__staff", "in_place_of__staff", "recorded_by__staff"
    )
    last = {decision.step_id: decision for decision in decisions.order_by("id")}
    steps: Iterable[ApprovalStep] = proposal.approval.steps.exclude(status="skipped").order_by("position", "id")
    for step in steps:
        yield Row((label(step.label), value(opinion_text(last.get(step.pk)), span=_SPAN - 1)), height=14)
    if readers := readers_text(proposal.approval):
        yield Row((label("圈阅"), value(readers, span=_SPAN - 1)), height=14)


def congress_paper(report: CongressReport) -> Report:
    """The report to the standing committee; a draft until it was signed."""
    organ = report.procuratorate.name
    body: list[Block] = []
    for number, (code, text) in enumerate(_filled(report), start=1):
        body.append(Heading(1, f"{chinese_ordinal(number)}、{SECTIONS[code]}"))
        body.extend(blocks_of(text))
    return Report(
        organ=organ,
        title=report.title,
        salutation=report.salutation,
        body=tuple(body),
        number=str(report.number) if report.number else "",
        signer=report.signer,
        closing="特此报告。",
        signatures=(organ,),
        signed_on=report.signed_on,
        copies=tuple(report.recipients[1:]),
    )


def _filled(report: CongressReport) -> list[tuple[str, str]]:
    return [(code, report.sections[code]) for code in SECTIONS if report.sections.get(code)]


def return_letter(giving: NotOurs) -> Letter:
    """退回函: the letter by which a suggestion goes back to whoever assigned it; a draft until it was sent."""
    matter = giving.matter
    facts = Suggestion.objects.select_related("body").get(pk=matter.pk)
    wording = kind_of(matter).wording(matter)
    assigner = facts.body.name if facts.body else "交办机关"
    received = f"我院于{document_date(matter.received_on)}收到贵单位交办的{wording.subject}《{matter.title}》。"
    asked = f"建议改由{giving.proper_unit}办理。" if giving.proper_unit else "建议另行确定承办单位。"
    return Letter(
        organ=matter.procuratorate.name,
        title=f"关于商请退回{wording.subject}的函",
        salutation=f"{assigner}：",
        body=(
            Paragraph(received + "经研究，该件所提事项不属于我院职责。"),
            Paragraph(f"理由：{giving.reason.rstrip('。')}。"),
            Paragraph(f"{asked}妥否，请予函复。函复之前，我院按原交办要求和期限继续办理。"),
        ),
        closing="特此函商。",
        number=str(giving.number) if giving.number else "",
        signer=giving.decided_by.staff.name if giving.decided_by else "",
        signatures=(matter.procuratorate.name,),
        signed_on=localtime(giving.decided_at).date() if giving.sent_at and giving.decided_at else None,
        notes=tuple(filter(None, [f"联系电话：{matter.procuratorate.phone}" if matter.procuratorate.phone else ""])),
    )


def withdrawal_letter(withdrawal: Withdrawal) -> Letter:
    """商请函: the letter that asks the assigning organ's consent to a withdrawal; a draft until it was sent."""
    matter = withdrawal.matter
    wording = kind_of(matter).wording(matter)
    names = "、".join(withdrawal.papers.values_list("name", flat=True))
    said = (
        f"你单位交办我院办理的{wording.subject}《{matter.title}》，提出人{names}已书面表示撤回。"
        "拟据此终止办理，撤回书附后。妥否，请予函复。函复之前，我院按原交办要求和期限继续办理。"
    )
    consent, phone = withdrawal.consent, matter.procuratorate.phone
    return Letter(
        organ=matter.procuratorate.name,
        title=f"关于商请撤回{wording.subject}的函",
        salutation=f"{wording.assigner or '交办机关'}：",
        body=(Paragraph(said),),
        closing="特此函商。",
        number=consent.request_number if consent else "",
        signatures=(matter.procuratorate.name,),
        signed_on=consent.requested_on if consent else None,
        notes=(f"联系电话：{phone}",) if phone else (),
    )


def withdrawal_papers(matter: Matter) -> Iterator[Document]:
    """The written withdrawals and our letter about them, for the file of a matter."""
    for withdrawal in matter.withdrawals.select_related("consent").prefetch_related("papers__scan"):
        withdrawal.matter = matter
        scans: dict[int, list[WithdrawalPaper]] = {}
        for paper in withdrawal.papers.all():
            scans.setdefault(paper.scan_id, []).append(paper)
        for signed in scans.values():
            names = "、".join(paper.name for paper in signed)
            yield stored(signed[0].scan, title="书面撤回", by=names, on=signed[-1].signed_on)
        consent = withdrawal.consent
        if consent is not None:
            yield Document(
                title="商请撤回的函", by=matter.procuratorate.short_name, number=consent.request_number,
                on=consent.requested_on, source=lambda kept=withdrawal: withdrawal_letter(kept),  # type: ignore[misc]
                mark=f"withdrawal:{withdrawal.pk}:{withdrawal.version}",
            )  # fmt: skip

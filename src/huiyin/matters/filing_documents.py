"""What lies in the file of a matter, paper by paper, in the book's order; what the book does not name comes after it.

A paper is either a stored file or made by the house from what it knows. Start at `file_of`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.timezone import localtime

from huiyin.approvals.models import Approval, Decision
from huiyin.gongwen.structure import Paper
from huiyin.kernel.ids import payload_digest
from huiyin.matters.drafting import SECOND
from huiyin.matters.filing_document import OTHER as OTHER
from huiyin.matters.filing_document import Document as Document
from huiyin.matters.filing_document import later
from huiyin.matters.filing_document import stored as stored
from huiyin.matters.filing_outside import correspondence, opinions, outside_replies
from huiyin.matters.filing_papers import OUTSIDE_REPLY, FilePaper, papers_of
from huiyin.matters.models import (
    Act,
    Attachment,
    Delivery,
    Filing,
    Matter,
    Rating,
    Reply,
    ReplyVersion,
    Solicitation,
    Supervision,
)
from huiyin.matters.operations.filing import retention
from huiyin.matters.papers.contacts import consult_record, solicitation_record, undertaking_notice
from huiyin.matters.papers.extensions import extension_form, extension_letter
from huiyin.matters.papers.feedback import feedback_form
from huiyin.matters.papers.file_pages import body_paper
from huiyin.matters.papers.letter_sheet import letter_sheet
from huiyin.matters.papers.supervision import supervision_sheet
from huiyin.matters.parts import parts_of
from huiyin.matters.queries import proposer_text
from huiyin.matters.rendering import letter_of, letter_of_version

_CONSENT: Final = "consent_"  # how the list begins the codes of papers from organs outside


def documents_of(matter: Matter, papers: Iterable[FilePaper]) -> list[Document]:
    """All papers of a file. papers: the book's list for the matter, as `papers_of` gives it."""
    facts = _Facts(matter)
    found: list[Document] = []
    seen: set[str] = set()
    for code in [*dict.fromkeys(paper.code for paper in papers), OTHER]:
        titles = [paper.title for paper in papers if paper.code == code]
        collect = _orders if code.startswith(_CONSENT) else _COLLECTORS.get(code)
        papers_there = collect(facts) if collect else ()
        noted = (_attached(each, facts.office) for each in facts.attachments if _belongs(each, titles))
        for each in (*papers_there, *noted):
            if each.mark not in seen:
                seen.add(each.mark)
                found.append(replace(each, code=code))
    return found


@dataclass(frozen=True)
class File:
    """The file of a matter as it stands: the book's list, and every paper in order."""

    matter: Matter
    filing: Filing | None
    kept: str  # retention, by the book or as it was filed
    basis: str  # which rule says so; "" once it is filed
    papers: list[FilePaper]
    documents: list[Document]

    @property
    def digest(self) -> str:
        """What a bound file must be made from again when it changes."""
        lines = [[each.title, each.by, each.number, each.on, each.mark] for each in self.documents]
        filed = [self.filing.item_number, self.filing.missing_reason] if self.filing else []
        facts = {"title": self.matter.title, "filed": filed, "kept": self.kept, "documents": lines}
        return payload_digest(facts | {"missing": [paper.title for paper in self.papers if not paper.is_there]})


def file_of(matter: Matter, on: date) -> File:
    """What lies in the file of a matter on a day."""
    filing = Filing.objects.filter(matter=matter).select_related("filed_by__staff").first()
    papers = papers_of(matter, on)
    kept, basis = (filing.retention, "") if filing else retention(matter, on)
    return File(matter, filing, kept, basis, papers, documents_of(matter, papers))


SheetMaker = Callable[[Approval], tuple[str, Callable[[], Paper], str] | None]
_sheets: Final[dict[str, SheetMaker]] = {}


def register_sheet(subject_kind: str, make: SheetMaker) -> None:
    """Let a room above print the sheets it puts on approvals: number, paper and mark of one, from AppConfig.ready()."""
    _sheets[subject_kind] = make


PaperMaker = Callable[[Matter], Iterable[Document]]
_rooms: Final[list[PaperMaker]] = []


def register_papers(make: PaperMaker) -> None:
    """Let a room above lay papers of its own into the file of a matter, from AppConfig.ready()."""
    _rooms.append(make)


class _Facts:
    """What the collectors ask for more than once."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.office = matter.procuratorate.short_name
        self.attachments = list(matter.attachments.select_related("file").order_by("id"))
        self.parts = parts_of(matter)
        letters = matter.replies.exclude(status="voided").select_related(
            "pdf", "number", "approval", "signed_by__staff", "created_by__staff", "created_by__department",
            "approval__asked_by__department", "approval__asked_by__staff", "proofread_by__staff", "sealed_by__staff",
        )  # fmt: skip
        self.letters = list(letters.order_by("round", "id"))
        self.acts = list(matter.acts.select_related("scan", "participant", "recorded_by__staff"))
        for each in (*self.letters, *self.acts, *self.parts):
            each.matter = matter  # type: ignore[attr-defined]
        texts = ReplyVersion.objects.filter(reply__in=self.letters).order_by("number")
        self.newest = {text.reply_id: text for text in texts}
        signed = Decision.objects.filter(approval__matter_links__matter=matter).exclude(scan=None)
        self.scans = list(signed.select_related("scan", "post__staff").order_by("id"))

    def talks(self, *, consulted: bool) -> list[Act]:
        return [act for act in self.acts if act.is_meeting is consulted]


def _letters(facts: _Facts) -> Iterator[Document]:
    for reply in facts.letters:
        if reply.issued_on and reply.kind != SECOND:
            yield _letter(reply, facts.office)


def _second_letters(facts: _Facts) -> Iterator[Document]:
    for reply in facts.letters:
        if reply.issued_on and reply.kind == SECOND:
            yield _letter(reply, facts.office)


def _letter(reply: Reply, office: str) -> Document:
    return Document(
        title=f"{reply.get_kind_display()}正本", by=office, number=str(reply.number or ""), on=reply.signed_on,
        source=reply.pdf or (lambda: letter_of(reply)), mark=f"letter:{reply.pk}:{reply.number_id}",
    )  # fmt: skip


def _signed_drafts(facts: _Facts) -> Iterator[Document]:
    for reply in facts.letters:
        if reply.signed_on is None:
            continue
        version, mark = facts.newest[reply.pk], f"{reply.pk}:{reply.version}"
        common: dict[str, Any] = {"by": facts.office, "number": str(reply.number or ""), "on": reply.signed_on}
        yield Document(title="发文稿纸", source=later(letter_sheet, reply), mark=f"sheet:{mark}", **common)
        version.reply = reply
        yield Document(
            title=f"签发的定稿（第{version.number}稿）", source=later(letter_of_version, version),
            mark=f"version:{version.digest}:{version.pk}", **common,
        )  # fmt: skip
        yield from _scans_of(facts, reply.approval_id, "发文签批原件")


def _scans_of(facts: _Facts, approval_id: int | None, title: str) -> Iterator[Document]:
    for decision in facts.scans:
        if decision.approval_id == approval_id and decision.scan is not None:
            yield stored(decision.scan, title=title, by=decision.post.staff.name, on=decision.signed_on)


def _originals(facts: _Facts) -> Iterator[Document]:
    matter = facts.matter
    by = proposer_text(list(matter.participants.order_by("position")))
    files = [each for each in facts.attachments if each.kind in {"original", "enclosure"}]
    if matter.body and not any(each.kind == "original" for each in files):
        yield Document(
            title=matter.title, by=by, number=matter.external_number, on=matter.received_on,
            source=lambda: body_paper(matter, by), mark=f"body:{payload_digest({'text': matter.body})}",
        )  # fmt: skip
    for each in sorted(files, key=lambda each: each.kind != "original"):
        title = matter.title if each.kind == "original" else f"附件：{each.note or each.file.name}"
        yield stored(each.file, title=title, by=by, number=matter.external_number, on=matter.received_on)


def _proposal_sheets(facts: _Facts) -> Iterator[Document]:
    agreed = Approval.objects.filter(matter_links__matter=facts.matter, status="agreed")
    for approval in agreed.filter(subject_kind__in=_sheets).order_by("id"):
        made = _sheets[approval.subject_kind](approval)
        if made is not None:
            number, source, mark = made
            on = localtime(approval.ended_at).date() if approval.ended_at else None
            yield Document(title="拟办单", by=facts.office, number=number, on=on, source=source, mark=mark)
        yield from _scans_of(facts, approval.pk, "拟办单批示原件")


def _notices(facts: _Facts) -> Iterator[Document]:
    for part in facts.parts:
        if part.department_id:
            yield Document(
                title=f"承办通知单（{part.who}）", by=facts.office, on=localtime(part.assigned_at).date(),
                source=later(undertaking_notice, part), mark=f"notice:{part.pk}:{part.version}",
            )  # fmt: skip


def _orders(facts: _Facts) -> Iterator[Document]:
    for paper in facts.matter.consents.exclude(scan=None).select_related("scan"):
        assert paper.scan is not None
        title = f"{paper.organ}来文（{paper.get_kind_display()}）"
        yield stored(paper.scan, title=title, by=paper.organ, number=paper.document_number, on=paper.dated_on)


def _extensions(facts: _Facts) -> Iterator[Document]:
    """延期申请表 with what was signed on paper, and the letter that went out for it."""
    asked = facts.matter.extensions.select_related(
        "deadline", "consent", "approval", "approved_by__staff", "asked_by__staff", "asked_by__department"
    )
    for each in asked.exclude(approved_on=None):
        each.matter = facts.matter
        on, mark = each.approved_on, f"{each.pk}:{each.version}"
        yield Document(
            title="延期申请表", by=facts.office, on=on, source=later(extension_form, each), mark=f"extension:{mark}"
        )
        yield from _scans_of(facts, each.approval_id, "延期审批原件")
        if each.sent_on is not None:
            yield Document(
                title="商请延期的函" if each.consent_id else "延期说明", by=facts.office, number=each.letter_number,
                on=each.sent_on, source=later(extension_letter, each), mark=f"extension-letter:{mark}",
            )  # fmt: skip


def _supervisions(facts: _Facts) -> Iterator[Document]:
    out = Supervision.objects.filter(matters=facts.matter, number__isnull=False).order_by("id").select_related(
        "number", "department", "procuratorate", "ordered_by__staff", "acknowledged_by__staff"
    )  # fmt: skip
    for order in out:
        on = localtime(order.ordered_at).date() if order.ordered_at else None
        yield Document(
            title=f"督办单（{order.department}）", by=facts.office, number=str(order.number), on=on,
            source=later(supervision_sheet, order), mark=f"supervision:{order.pk}:{order.version}",
        )  # fmt: skip
        for report in order.reports.exclude(file=None).select_related("file"):
            if report.file is not None:
                reported = localtime(report.reported_at).date()
                yield stored(report.file, title="督办回报材料", by=str(order.department), on=reported)


def _talks(facts: _Facts) -> Iterator[Document]:
    yield from _records(facts.talks(consulted=True), "面商记录")


def _records(acts: Iterable[Act], title: str) -> Iterator[Document]:
    for act in acts:
        by = act.recorded_by.staff.name
        mark = f"act:{act.pk}:{payload_digest({'note': act.head_note})}"
        yield Document(title=title, by=by, on=act.happened_on, source=later(consult_record, act), mark=mark)
        if act.scan is not None:
            yield stored(act.scan, title=f"{title}（签字原件）", by=by, on=act.happened_on)


def _ratings(facts: _Facts) -> Iterator[Document]:
    given = facts.matter.ratings.select_related("participant", "scan", "reply__number").order_by("id")
    for rating in given:
        by = rating.participant.name
        if rating.scan is not None:
            paper = stored(rating.scan, title=f"征询意见表（{by}）", by=by, on=rating.rated_on)
            yield replace(paper, mark=f"rating:{rating.pk}:{rating.scan.sha256}")
        else:
            title = f"评价登记（{rating.get_source_display()}）"
            source = _rating_form(rating, facts.matter)
            yield Document(title=title, by=by, on=rating.rated_on, source=source, mark=f"rating:{rating.pk}")


def _rating_form(rating: Rating, matter: Matter) -> Callable[[], Paper]:
    rating.reply.matter = matter
    return lambda: feedback_form(rating.reply, participant=rating.participant, rating=rating)


def _others(facts: _Facts) -> Iterator[Document]:
    """What no line of the book names: notices, assisting opinions, other talks, deliveries, whatever was added."""
    yield from _notices(facts)
    yield from correspondence(facts.parts, facts.office)
    yield from outside_replies(facts.matter)
    yield from opinions(part for part in facts.parts if part.department_id)
    yield from _orders(facts)
    yield from _solicited(facts)
    yield from _supervisions(facts)
    yield from _extensions(facts)
    for make in _rooms:
        yield from make(facts.matter)
    yield from _records(facts.talks(consulted=False), "沟通记录")
    handed = Delivery.objects.filter(reply__matter=facts.matter).exclude(evidence=None).select_related("evidence")
    for delivery in handed:
        assert delivery.evidence is not None
        yield stored(delivery.evidence, title="送达凭证", by=delivery.recipient, on=delivery.delivered_on)
    for each in facts.attachments:
        yield _attached(each, facts.office)


def _solicited(facts: _Facts) -> Iterator[Document]:
    """Each draft given for comment once, and what everybody said of it."""
    rows = Solicitation.objects.filter(reply_version__reply__in=facts.letters).order_by("id")
    shown: set[int] = set()
    letters = {letter.pk: letter for letter in facts.letters}
    for given in rows.select_related("participant", "reply_version", "given_by__staff", "unchanged_by__staff"):
        version = given.reply_version
        version.reply = letters[version.reply_id]
        if version.pk not in shown:
            shown.add(version.pk)
            yield Document(
                title=f"征求意见稿（第{version.number}稿）", by=facts.office, on=given.given_on,
                source=later(letter_of_version, version), mark=f"solicited:{version.digest}:{version.pk}",
            )  # fmt: skip
        said = payload_digest({"answer": given.answer, "words": given.words, "kept": given.unchanged_reason})
        yield Document(
            title=f"征求意见稿办理记录（{given.participant.name}）", by=given.given_by.staff.name, on=given.given_on,
            source=later(solicitation_record, given), mark=f"solicitation:{given.pk}:{said}",
        )  # fmt: skip


def _attached(each: Attachment, office: str) -> Document:
    on = localtime(each.added_at).date()
    return stored(each.file, title=each.note or each.file.name, by=office, on=on)


def _belongs(attachment: Attachment, titles: Iterable[str]) -> bool:
    """A paper attached under the title the book gives it."""
    return attachment.kind in {"paper", "scan"} and any(title in attachment.note for title in titles)


_COLLECTORS: Final[dict[str, Callable[[_Facts], Iterable[Document]]]] = {
    "letter": _letters,
    "assist_opinion": _letters,
    "second_letter": _second_letters,
    "signed_draft": _signed_drafts,
    "original": _originals,
    "proposal_sheet": _proposal_sheets,
    "correspondence": lambda facts: correspondence(facts.parts, facts.office),
    "consult_record": _talks,
    "feedback_form": _ratings,
    "supervision": _supervisions,
    OUTSIDE_REPLY: lambda facts: outside_replies(facts.matter),
    OTHER: _others,
}

"""Which papers the file of a matter must hold, in order, and which of them are there (practice 27)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.timezone import localtime

from huiyin.approvals.models import Approval
from huiyin.kernel.numerals import document_date
from huiyin.matters.drafting import OPINION, SECOND
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Act, Countersignature, Matter, Rating, Supervision
from huiyin.matters.parts import assisting, parts_of
from huiyin.matters.recipients import raters
from huiyin.matters.rules import IN_PERSON, NOT_ANSWERED, ActKind, HandlerRole, Mode
from huiyin.matters.second_letters import awaiting_letter
from huiyin.regulations.books import RequiredPaper
from huiyin.regulations.books.vocabulary import Condition
from huiyin.regulations.queries import stack_for

OUTSIDE_REPLY: Final = "lead_reply"
OF_RATINGS: Final = frozenset({"feedback_form"})


@dataclass(frozen=True, kw_only=True)
class FilePaper:
    """One place in the file: what belongs there, and what is there."""

    code: str
    title: str
    is_there: bool
    about: str = ""  # 文号, dates, names
    on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """As the filing record keeps it."""
        day = self.on.isoformat() if self.on else ""
        return {"code": self.code, "title": self.title, "is_there": self.is_there, "about": self.about, "on": day}


Found = tuple[str, date | None] | None
"""What a paper is about and its day; None when it is not there."""


def papers_of(matter: Matter, on: date) -> list[FilePaper]:
    """The book's list for this matter, in filing order, each with what was found."""
    wanted = stack_for(matter.procuratorate, on=on).required_papers(on)
    if not kind_of(matter).is_rated:
        wanted = tuple(each for each in wanted if each.code not in OF_RATINGS)
    found = [_paper(matter, each) for each in wanted if _is_asked(matter, each)]
    if matter.outcome in NOT_ANSWERED or _was_settled(matter):  # what was never answered misses no paper
        found = [each for each in found if each.is_there]
    beside = (_outside_replies(matter, found), _second_letters(matter), _orders(matter), _supervisions(matter))
    return [*found, *(paper for papers in beside for paper in papers)]


def _was_settled(matter: Matter) -> bool:
    """Whether it ended where it was said: of kinds that are not rated those without a letter."""
    return not kind_of(matter).is_rated and not matter.replies.exclude(issued_on=None).exists()


def _outside_replies(matter: Matter, found: list[FilePaper]) -> Iterator[FilePaper]:
    """Beside the book's list: the lead unit's reply of a matter we assist (17), others' of one handled apart."""
    if any(paper.code == OUTSIDE_REPLY for paper in found):
        return
    title = "主办单位答复" if matter.handler_role == HandlerRole.ASSIST else "分办单位答复"
    for reply in matter.outside_replies.all():
        about = f"{reply.organ} {reply.document_number}"
        yield FilePaper(code=OUTSIDE_REPLY, title=title, is_there=True, about=about, on=reply.dated_on)
    if matter.handler_role == HandlerRole.ASSIST and not matter.outside_replies.exists():
        sent = matter.replies.filter(kind=OPINION).exclude(issued_on=None)
        if sent.exists():
            yield FilePaper(code=OUTSIDE_REPLY, title=title, is_there=False)


def _second_letters(matter: Matter) -> Iterator[FilePaper]:
    """再行答复 beside the book's list: those that are out, and one that is still owed."""
    out = matter.replies.filter(kind=SECOND).exclude(issued_on=None).select_related("number").order_by("id")
    for letter in out:
        yield FilePaper(
            code="second_letter", title="再行答复正本", is_there=True, about=str(letter.number), on=letter.issued_on
        )
    owed = awaiting_letter().filter(matter=matter).order_by("promised_on").first()
    if owed is not None:
        about = f"承诺{document_date(owed.promised_on)}前完成"
        yield FilePaper(code="second_letter", title="再行答复正本", is_there=False, about=about)


def _orders(matter: Matter) -> Iterator[FilePaper]:
    """Papers of organs outside: orders to handle anew, consents."""
    for paper in matter.consents.exclude(answer=""):
        yield FilePaper(
            code=f"consent_{paper.kind}", title=f"{paper.organ}来文（{paper.get_kind_display()}）", is_there=True,
            about=paper.document_number, on=paper.dated_on,
        )  # fmt: skip


def _supervisions(matter: Matter) -> Iterator[FilePaper]:
    """督办单 that were signed, with their reports."""
    out = Supervision.objects.filter(matters=matter, number__isnull=False).select_related("number", "department")
    for order in out.order_by("id"):
        on = localtime(order.ordered_at).date() if order.ordered_at else None
        about = f"{order.number}（{order.level_title}，{order.department}）"
        yield FilePaper(code="supervision", title="督办单", is_there=True, about=about, on=on)


def _paper(matter: Matter, wanted: RequiredPaper) -> FilePaper:
    found = _FINDERS.get(wanted.code, _attached)(matter, wanted)
    about, on = found or (_LACKING[wanted.code](matter) if wanted.code in _LACKING else "", None)
    title = kind_of(matter).paper_titles.get(wanted.code, wanted.title)
    return FilePaper(code=wanted.code, title=title, is_there=found is not None, about=about, on=on)


def _is_asked(matter: Matter, wanted: RequiredPaper) -> bool:
    if matter.handler_role not in {role.value for role in wanted.applies_to}:
        return False
    match wanted.condition:
        case Condition.ALWAYS:
            return True
        case Condition.HAS_ASSISTANTS:
            return any(part.department_id for part in assisting(parts_of(matter)))
        case Condition.WITH_OTHER_ORGANS:
            return any(part.organ_id for part in assisting(parts_of(matter)))
        case Condition.IS_KEY:
            return matter.is_key
        case Condition.HAS_MEETING:
            return _meetings(matter).exists()
        case Condition.HAS_CORRESPONDENCE:
            return any(part.organ_id for part in parts_of(matter))


def _meetings(matter: Matter) -> QuerySet[Act]:
    return Act.objects.filter(matter=matter, kind=ActKind.CONSULT, mode__in=IN_PERSON)


def _letter(matter: Matter, wanted: RequiredPaper) -> Found:
    issued = matter.replies.exclude(issued_on=None).exclude(kind=SECOND).select_related("number").order_by("round")
    numbers = [str(reply.number) for reply in issued]
    return ("、".join(numbers), issued[len(numbers) - 1].issued_on) if numbers else None


def _signed_draft(matter: Matter, wanted: RequiredPaper) -> Found:
    standing = matter.replies.exclude(status="voided").exclude(kind=SECOND)
    signed = standing.exclude(signed_on=None).select_related("signed_by__staff").order_by("-round").first()
    if signed is None or signed.signed_by is None:
        return None
    return f"{signed.signed_by.staff.name}签发", signed.signed_on


def _original(matter: Matter, wanted: RequiredPaper) -> Found:
    if matter.body or matter.attachments.filter(kind="original").exists():
        return matter.external_number, matter.received_on
    return None


def _proposal_sheet(matter: Matter, wanted: RequiredPaper) -> Found:
    agreed = Approval.objects.filter(matter_links__matter=matter, status="agreed")
    sheets = agreed.exclude(subject_kind__in=["matters.reply", "matters.extension"])
    sheet = sheets.order_by("-ended_at").first()
    return (sheet.subject_label, localtime(sheet.ended_at).date() if sheet.ended_at else None) if sheet else None


def _consult_record(matter: Matter, wanted: RequiredPaper) -> Found:
    """A talk that took place face to face, or the note that stands in its place."""
    talks = [act for act in _meetings(matter) if (act.held and act.mode in _IN_PERSON) or act.head_note]
    return (f"共{len(talks)}份", talks[-1].happened_on) if talks else None


def _feedback_form(matter: Matter, wanted: RequiredPaper) -> Found:
    """There once everybody who may rate the last answer has given his form."""
    have, lack = _forms(matter)
    return ("、".join(rating.participant.name for rating in have), have[-1].rated_on) if have and not lack else None


def _forms(matter: Matter) -> tuple[list[Rating], list[str]]:
    """Scanned forms of the last answer, one a signer, and the names of those without."""
    letters = matter.replies.filter(kind="reply").exclude(issued_on=None).select_related("matter__procuratorate")
    reply = letters.order_by("-round").first()
    if reply is None:
        return [], []
    scanned = reply.ratings.exclude(scan=None).select_related("participant").order_by("id")
    given = {rating.participant_id: rating for rating in scanned}
    lack = [each.name for each in raters(reply) if each.pk not in given]
    return sorted(given.values(), key=lambda rating: rating.rated_on), lack


def _forms_lacking(matter: Matter) -> str:
    """Whose forms are there and whose are not, while one is missing."""
    have, lack = _forms(matter)
    there = f"已有{'、'.join(rating.participant.name for rating in have)}，" if have else ""
    return f"{there}还缺{'、'.join(lack)}" if lack else ""


def _correspondence(matter: Matter, wanted: RequiredPaper) -> Found:
    parts = [part for part in parts_of(matter) if part.organ_id]
    signed = Countersignature.objects.filter(undertaking__in=parts)
    came = [(part.who, part.opinion_on) for part in parts if part.opinion_on]
    came += [(each.organ, each.signed_on) for each in signed]
    names = "、".join(dict.fromkeys(who for who, _ in came))
    return (names, came[-1][1]) if came else _attached(matter, wanted)


def _outside(matter: Matter, wanted: RequiredPaper) -> Found:
    """Where the book itself asks for the lead unit's reply."""
    last = matter.outside_replies.order_by("-id").first()
    return (f"{last.organ} {last.document_number}", last.dated_on) if last else None


def _attached(matter: Matter, wanted: RequiredPaper) -> Found:
    """A paper attached to the matter under the title the book gives it."""
    found = matter.attachments.filter(kind__in=["paper", "scan"], note__contains=wanted.title).order_by("-id").first()
    return (found.file.name, localtime(found.added_at).date()) if found else None


_IN_PERSON: Final = frozenset({Mode.FACE_TO_FACE, Mode.VISIT})
_FINDERS: Final[dict[str, Callable[[Matter, RequiredPaper], Found]]] = {
    "letter": _letter,
    "assist_opinion": _letter,
    "signed_draft": _signed_draft,
    "original": _original,
    "proposal_sheet": _proposal_sheet,
    "correspondence": _correspondence,
    "consult_record": _consult_record,
    OUTSIDE_REPLY: _outside,
    "feedback_form": _feedback_form,
}
_LACKING: Final[dict[str, Callable[[Matter], str]]] = {"feedback_form": _forms_lacking}

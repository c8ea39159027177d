"""A numbered suggestion that concerns a single case goes to the case inquiry's road, whole or in part (practice 19).

Proposed by whoever handles it, decided by the office head. The congress office's consent is recorded for a whole one
that it numbered. Nothing of the case stays in the suggestion's title or text, reaches a message or the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, normalise
from huiyin.matters import indexing
from huiyin.matters.drafting import running_reply
from huiyin.matters.kinds import publish, require_rated
from huiyin.matters.linkage import ConsentKind
from huiyin.matters.models import Attachment, ExternalConsent, Matter
from huiyin.matters.moves import advance, write
from huiyin.matters.operations.deadlines import drop_all
from huiyin.matters.operations.superior import drop_superior_days
from huiyin.matters.queries import posts_with
from huiyin.matters.rules import ReplyStatus, Status, Step
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import Conversion, Suggestion
from huiyin.suggestions.operations.erasing import erase
from huiyin.suggestions.operations.inquiries import InquiryFacts, register_inquiry
from huiyin.suggestions.operations.returns import running_return
from huiyin.suggestions.queries import sheet_of

CONVERTIBLE: Final = frozenset({Status.REGISTERED, Status.ASSIGNED, Status.IN_HAND})
NEUTRAL: Final = "（已按规定转其他途径办理）"


class CannotConvert(Refusal):
    """Too far on its road, proposed already, or something the decision needs is missing."""

    code = "suggestions.cannot_convert"


@dataclass(frozen=True, kw_only=True)
class Split:
    """What goes and what stays. whole: nothing stays."""

    whole: bool
    case_title: str
    question: str
    rest_title: str = ""
    rest_body: str = ""


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The assigning organ's paper that agrees to the conversion of a whole suggestion."""

    document_number: str
    dated_on: date | None
    scan: StoredFile | None = None


@operation
def propose_conversion(
    *, matter: Matter, split: Split, reason: str, request_key: UUID, actor: PostActor, at: datetime
) -> Conversion:
    """Propose that a suggestion, or a part of it, be handled as a case inquiry; one request_key proposes once.

    Raises NotAllowed, CannotConvert."""
    require(actor, "inquiries.propose_conversion", matter)
    require_rated(matter, "转案件咨询")
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    made = Conversion.objects.filter(proposed_by=actor.post, request_key=request_key).first()
    if made is None:
        _require_convertible(matter)
        if matter.conversions.filter(verdict="").exists():
            raise CannotConvert("这件建议已经提出转办，请等办公室负责人决定。")
        _check(split)
        made = Conversion.objects.create(
            matter=matter, whole=split.whole, case_title=clip(split.case_title.strip(), 200),
            question=split.question.strip(), rest_title="" if split.whole else clip(split.rest_title.strip(), 300),
            rest_body="" if split.whole else split.rest_body.strip(), reason=clip(reason.strip(), 300),
            proposed_by=actor.post, proposed_at=at, request_key=request_key,
        )  # fmt: skip
        for head in posts_with(matter.procuratorate, Role.OFFICE_HEAD, on=at.date()):
            _tell(head, made, "proposed", f"请决定是否转办：{matter.number}", at)
    facts = {"conversion": made.pk, "whole": made.whole}
    record("inquiries.conversion_proposed", actor=actor, target=numbered(matter), at=at, **facts)
    return made


def _require_convertible(matter: Matter) -> None:
    if matter.status not in CONVERTIBLE:
        raise CannotConvert(f"{matter.number}现在是“{matter.get_status_display()}”，不能转办。已送批、送审的请先撤回。")
    reply = running_reply(matter)
    if reply is not None and reply.status != ReplyStatus.DRAFT:
        raise CannotConvert(f"{matter.number}的答复已经送审，请先撤回再提出转办。")
    giving = running_return(matter)
    if giving is not None:
        raise CannotConvert(f"{matter.number}正在商请退回交办机关，请先撤回退回，或者等交办机关答复后再转办。")
    sheet = sheet_of(matter)
    if sheet is not None:
        raise CannotConvert(f"{matter.number}列在拟办单{sheet.number}上，请先把它移出那张拟办单。")


def _check(split: Split) -> None:
    if not split.case_title.strip() or not split.question.strip():
        raise CannotConvert("请写明案件和要转办的内容。")
    if split.whole:
        return
    if not split.rest_title.strip() or not split.rest_body.strip():
        raise CannotConvert("部分转办的，请写明留作建议的标题和内容，其中不要出现案件内容。")
    rest, case = normalise(split.rest_title + split.rest_body), normalise(split.case_title)
    if case in rest or normalise(split.question) in rest:
        raise CannotConvert("留作建议的标题或者内容里还有案件内容，请删去后再提出。")


@operation
def decide_conversion(
    *, conversion: Conversion, agreed: bool, opinion: str, consent: Consent | None = None, actor: PostActor,
    version: int, at: datetime,
) -> Conversion:  # fmt: skip
    """The office head agrees, and the inquiry is registered and sealed, or does not. version: the matter's.

    Raises NotAllowed, CannotConvert, StepNotAllowed, MatterMovedOn."""
    matter = conversion.matter
    require(actor, "inquiries.decide_conversion", matter)
    if conversion.proposed_by.staff_id == actor.post.staff_id:
        raise CannotConvert("您提出的转办不能由您自己决定。")
    if not agreed and not opinion.strip():
        raise CannotConvert("不同意转办的，请写明理由。")
    held = Conversion.objects.filter(pk=conversion.pk, verdict="")
    if not held.update(
        verdict="agreed" if agreed else "refused",
        opinion=clip(opinion.strip(), 300),
        decided_by=actor.post,
        decided_at=at,
    ):
        raise CannotConvert("这项转办已经决定过了。")
    if agreed:
        _convert(conversion, consent, actor, version, at)
    else:
        write(matter, version=version, at=at)
    Conversion.objects.filter(pk=conversion.pk).update(case_title="", question="")
    conversion.refresh_from_db()
    words = conversion.get_verdict_display()
    _tell(conversion.proposed_by, conversion, "decided", f"{words}：{matter.number}", at)
    facts = {"conversion": conversion.pk, "agreed": agreed, "whole": conversion.whole}
    record("inquiries.conversion_decided", actor=actor, target=numbered(matter), at=at, **facts)
    publish(matter, at=at)
    return conversion


def _convert(conversion: Conversion, consent: Consent | None, actor: PostActor, version: int, at: datetime) -> None:
    matter = conversion.matter
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)  # no sheet, no return begins meanwhile
    _require_convertible(matter)
    kept = _keep_consent(matter, consent, actor, at) if conversion.whole else None
    lead = matter.participants.order_by("position").first()
    facts = InquiryFacts(
        inquirer=lead.name if lead else "", delegation=lead.delegation if lead else "", asked_on=matter.received_on,
        mode="建议转来", title=conversion.case_title, question=conversion.question,
    )  # fmt: skip
    inquiry = register_inquiry(facts=facts, request_key=conversion.request_key, actor=actor, at=at)
    Attachment.objects.filter(matter=matter, kind__in=["original", "enclosure"]).update(matter=inquiry.matter)
    had_items = erase(matter, actor, at)
    if conversion.whole:
        advance(matter, Step.CONVERT, version=version, at=at, title=NEUTRAL, body="", closed_at=at)
        drop_all(matter=matter, at=at)
        drop_superior_days(matter=matter, at=at)
    else:
        write(matter, version=version, at=at, title=conversion.rest_title, body=conversion.rest_body)
        if had_items:
            _tell(conversion.proposed_by, conversion, "items", f"请重新填写具体请求：{matter.number}", at)
    indexing.reindex(matter)
    Conversion.objects.filter(pk=conversion.pk).update(inquiry=inquiry, consent=kept)


def _keep_consent(matter: Matter, consent: Consent | None, actor: PostActor, at: datetime) -> ExternalConsent | None:
    """A suggestion numbered by the congress leaves its road as a whole only with the congress office's paper."""
    body = Suggestion.objects.select_related("body").get(pk=matter.pk).body
    if body is None:
        return None
    if consent is None or not consent.document_number.strip() or consent.dated_on is None or consent.scan is None:
        raise CannotConvert(f"整件转办须经{body.name}同意，请填写复函的文号、日期并上传扫描件。")
    if consent.dated_on > at.date():
        raise CannotConvert("复函日期不能晚于今天。")
    return ExternalConsent.objects.create(
        matter=matter, round=matter.round, kind=ConsentKind.CONVERSION, body=body, organ=body.name, answer="agreed",
        document_number=clip(consent.document_number.strip(), 60), dated_on=consent.dated_on, received_on=at.date(),
        scan=consent.scan, recorded_by=actor.post, recorded_at=at,
    )  # fmt: skip


def numbered(matter: Matter) -> Target:
    """The suggestion by its number alone: its title may still name the case."""
    return Target(kind="matters.matter", key=str(matter.pk), label=matter.number)


def _tell(post: Post, conversion: Conversion, what: str, title: str, at: datetime) -> None:
    queue(
        event_key=f"conversion:{conversion.pk}:{what}", title=title, body=f"{title}。请登录办理。", at=at, post=post,
        lane=Lane.STATUTORY, link=f"/desk/matters/{conversion.matter_id}/",
        procuratorate=conversion.matter.procuratorate,
    )  # fmt: skip

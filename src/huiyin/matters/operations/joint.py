"""Joint handling with another organ: agreed on, and its signature under our reply recorded with its scan (S3-63)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.drafting import ANSWERS, latest
from huiyin.matters.joint import unsigned
from huiyin.matters.models import Countersignature, Reply, Undertaking
from huiyin.matters.moves import refuse_archived
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import HandlerRole, MatterMovedOn, ReplyStatus
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


class CannotJoin(Refusal):
    """Only an outside organ of a matter that we lead is handled with, and not once the letter is up."""

    code = "matters.cannot_join"


class CannotCountersign(Refusal):
    """Not a joint reply, not up for signature, signed already, or the record lacks something."""

    code = "matters.cannot_countersign"


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who signed for the other organ, and when."""

    signer: str
    signer_title: str = ""
    signed_on: date


@operation
def join(*, undertaking: Undertaking, jointly: bool, actor: PostActor, version: int, at: datetime) -> Undertaking:
    """Handle a matter together with an outside organ, or no longer so: it then signs the reply with us.

    Raises NotAllowed, MatterArchived, CannotJoin, MatterMovedOn."""
    matter = undertaking.matter
    require(actor, "matters.join", matter)
    refuse_archived(matter)
    if undertaking.organ_id is None or undertaking.role != HandlerRole.ASSIST or undertaking.status == "moved":
        raise CannotJoin(f"{undertaking.who}不是会同办理的外单位，不能确定为联合办理。")
    if matter.handler_role == HandlerRole.ASSIST:
        raise CannotJoin("我院只是协办单位，联合答复由主办单位确定。")
    if Reply.objects.filter(matter=matter, round=matter.round, kind__in=ANSWERS).exclude(
        status__in=[ReplyStatus.DRAFT, ReplyStatus.VOIDED]
    ).exists():  # fmt: skip
        raise CannotJoin("答复已经送审，不能再改变署名单位；要改的请先撤回文稿。")
    as_read = Undertaking.objects.filter(pk=undertaking.pk, version=version)
    if not as_read.update(version=F("version") + 1, is_joint=jointly):
        raise MatterMovedOn("这项承办刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    undertaking.refresh_from_db()
    record("matters.joined", actor=actor, target=target(matter), at=at, who=undertaking.who, jointly=jointly)
    return undertaking


@operation
def countersign(
    *,
    reply: Reply,
    undertaking: Undertaking,
    signed: Signed,
    scan: StoredFile | None,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Countersignature:
    """Record the other organ's 会签 of the text as it now reads; the letter's day is that of the last signer.

    version: of the letter. Raises NotAllowed, CannotCountersign, MatterMovedOn."""
    matter = reply.matter
    require(actor, "matters.countersign", matter)
    if reply.status not in {ReplyStatus.SIGNING, ReplyStatus.SIGNED}:
        raise CannotCountersign(f"文稿现在是“{reply.get_status_display()}”，送审以后、取号以前才能登记会签。")
    if undertaking.pk not in {part.pk for part in unsigned(reply)}:
        raise CannotCountersign(f"{undertaking.who}不是联署单位，或者对这一稿已经会签。")
    if signed.signed_on > at.date():
        raise CannotCountersign("会签日期不能晚于今天。")
    if scan is None:
        raise CannotCountersign("请上传对方会签件的扫描件。")
    own = max(reply.signed_on, signed.signed_on) if reply.signed_on else None
    if not Reply.objects.filter(pk=reply.pk, version=version).update(version=F("version") + 1, signed_on=own):
        raise MatterMovedOn("这份文稿刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    made = Countersignature.objects.create(
        reply=reply, undertaking=undertaking, organ=undertaking.who, signer=clip(signed.signer, 60),
        signer_title=clip(signed.signer_title, 60), signed_on=signed.signed_on, digest=latest(reply).digest,
        scan=scan, recorded_by=actor.post, recorded_at=at,
    )  # fmt: skip
    reply.refresh_from_db()
    facts = {"reply": reply.pk, "organ": made.organ, "signer": made.signer, "signed_on": made.signed_on}
    record("matters.countersigned", actor=actor, target=target(matter), at=at, **facts)
    return made

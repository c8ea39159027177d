"""Papers of organs outside that decide about a matter: an order to handle it anew is a record of its own, never only
a sentence (practice 10). Always inside an operation of the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.linkage import ConsentKind
from huiyin.matters.models import ExternalConsent, Matter
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import CongressBody


class OrderIncomplete(Refusal):
    """An order without its organ, number, day or scan."""

    code = "matters.order_incomplete"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the congress office (or whoever assigned the matter) sent us."""

    organ: str
    document_number: str
    dated_on: date | None
    scan: StoredFile | None = None
    body: CongressBody | None = None


def check_order(order: Order, on: date) -> None:
    """Raise OrderIncomplete unless the paper is named, dated and scanned."""
    named = {"来文机关": order.organ.strip(), "来文号": order.document_number.strip(), "来文日期": order.dated_on}
    missing = [label for label, given in named.items() if not given]
    if missing:
        raise OrderIncomplete(f"按来文办理的，还要填写{'、'.join(missing)}。")
    if order.dated_on is not None and order.dated_on > on:
        raise OrderIncomplete("来文日期不能晚于今天。")
    if order.scan is None:
        raise OrderIncomplete("请上传来文的扫描件。")


def record_order(
    matter: Matter, order: Order, *, kind: ConsentKind = ConsentKind.REDO, actor: PostActor, at: datetime
) -> ExternalConsent:
    """Keep the order with the round it began."""
    return ExternalConsent.objects.create(
        matter=matter, round=matter.round, kind=kind, body=order.body, organ=clip(order.organ.strip(), 120),
        answer="ordered", document_number=clip(order.document_number.strip(), 60), dated_on=order.dated_on,
        received_on=at.date(), scan=order.scan, recorded_by=actor.post, recorded_at=at,
    )  # fmt: skip

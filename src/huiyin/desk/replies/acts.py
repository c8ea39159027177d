"""What comes next after the last signature, in order, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from huiyin.matters.letter_places import PROOFREAD, wants_proofreading
from huiyin.matters.models import Reply
from huiyin.matters.rules import ReplyStatus
from huiyin.organisations.permissions import may
from huiyin.web.pages import StaffRequest

ORDER: Final = (
    ReplyStatus.DRAFT, ReplyStatus.SIGNING, ReplyStatus.SIGNED, ReplyStatus.NUMBERED, ReplyStatus.SEALED,
    ReplyStatus.ISSUED, ReplyStatus.DELIVERED,
)  # fmt: skip


@dataclass(frozen=True)
class Next:
    """One act after signing. state: done, now, todo; url: where it is done, "" when it is not this post's turn."""

    code: str
    label: str
    state: str
    who: str = ""
    url: str = ""


def next_acts(request: StaffRequest, reply: Reply) -> list[Next]:
    """复核 登记取号 用印 印发 送达, as far as the chain of the letter has them."""
    if reply.status == ReplyStatus.VOIDED or not _past(reply, ReplyStatus.SIGNED):
        return []
    acts = reply.approval.chain_source.get("acts", []) if reply.approval else []
    rows = [
        ("proofread", "复核", reply.proofread_at is not None, "matters.proofread_letter", _name(reply.proofread_by)),
        ("number", "登记取号", _past(reply, ReplyStatus.NUMBERED), "matters.number_letter", str(reply.number or "")),
        ("seal", "用印", _past(reply, ReplyStatus.SEALED), "matters.seal_letter", _name(reply.sealed_by)),
        ("issue", "印发", _past(reply, ReplyStatus.ISSUED), "matters.issue_letter", _name(reply.issued_by)),
        ("deliver", "送达", _past(reply, ReplyStatus.DELIVERED), "matters.deliver_letter", ""),
    ]
    wanted = [row for row in rows if row[0] != PROOFREAD or not acts or wants_proofreading(reply)]
    found: list[Next] = []
    for code, label, is_done, verb, who in wanted:
        is_now = not is_done and all(each.state == "done" for each in found)
        url = (
            reverse(f"desk:replies:{code}", args=[reply.pk])
            if is_now and may(request.actor, verb, reply.matter)
            else ""
        )
        found.append(Next(code, label, "done" if is_done else "now" if is_now else "todo", who if is_done else "", url))
    return found


def _past(reply: Reply, status: ReplyStatus) -> bool:
    return ORDER.index(ReplyStatus(reply.status)) >= ORDER.index(status)


def _name(post: object) -> str:
    return post.staff.name if post is not None else ""  # type: ignore[attr-defined]

"""Where a letter is after its last signature, and who has it in hand."""

from __future__ import annotations

from datetime import date
from typing import Final

from huiyin.approvals.models import Approval
from huiyin.approvals.registry import Whereabouts
from huiyin.matters.models import Reply
from huiyin.matters.queries import posts_with
from huiyin.matters.rules import AFTER_SIGNING, ReplyStatus
from huiyin.organisations.rules import Role

PROOFREAD: Final = "proofread"


def wants_proofreading(reply: Reply) -> bool:
    """Whether the chain a letter was signed along asks for 复核 before the number."""
    return reply.approval is not None and PROOFREAD in reply.approval.chain_source.get("acts", [])


def whereabouts(approval: Approval, on: date) -> Whereabouts:
    """With the liaison office until it is out, with the registry too once it has a number."""
    reply = Reply.objects.select_related("matter__procuratorate").filter(approval=approval).first()
    if reply is None or reply.status == ReplyStatus.VOIDED:
        return Whereabouts()
    roles = {Role.LIAISON_OFFICE}
    if reply.status in {ReplyStatus.NUMBERED, ReplyStatus.SEALED}:
        roles.add(Role.REGISTRY)
    posts = tuple(posts_with(reply.matter.procuratorate, *roles, on=on))
    return Whereabouts(can_return=reply.status in AFTER_SIGNING, posts=posts)

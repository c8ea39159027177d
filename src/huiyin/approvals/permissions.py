"""Who may decide, and who may record what a leader signed on paper."""

from __future__ import annotations

from typing import Any

from huiyin.approvals.models import ApprovalStep
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import EVERY_ROLE, declare
from huiyin.organisations.rules import Role

CLERKS = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD})


def declare_verbs() -> None:
    """The rows of this room in the table of verbs."""
    declare("approvals.inbox", "查看待我审签", roles=EVERY_ROLE)
    declare("approvals.decide", "审签这份文稿", roles=EVERY_ROLE)
    declare("approvals.record_paper", "代录纸质签批", roles=CLERKS, check=_same_office)
    declare("approvals.object", "对代录提出异议", roles=EVERY_ROLE)


def _same_office(actor: PostActor, step: Any) -> bool:
    return isinstance(step, ApprovalStep) and step.approval.procuratorate_id == actor.post.procuratorate_id

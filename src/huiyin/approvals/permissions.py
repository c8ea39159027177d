"""Who may decide, who may record what a leader signed on paper, who gives papers to read and who reads them."""

from __future__ import annotations

from typing import Any

from huiyin.approvals.models import Approval, ApprovalStep, Circulation, Decision
from huiyin.approvals.queries import LEADERS
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import EVERY_ROLE, declare
from huiyin.organisations.rules import Role

CLERKS = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD})


def declare_verbs() -> None:
    """The rows of this room in the table of verbs."""
    declare("approvals.inbox", "查看待我审签", roles=EVERY_ROLE)
    declare("approvals.decide", "审签这份文稿", roles=EVERY_ROLE)
    declare("approvals.record_paper", "代录纸质签批", roles=CLERKS, check=_same_office)
    declare("approvals.object", "对代录提出异议", roles=EVERY_ROLE, check=_own_signature)
    declare("approvals.circulate", "送院领导圈阅", roles=CLERKS, check=_own_office)
    declare("approvals.read", "圈阅文稿", roles=set(LEADERS), check=_given_to_him)


def _same_office(actor: PostActor, step: Any) -> bool:
    return isinstance(step, ApprovalStep) and step.approval.procuratorate_id == actor.post.procuratorate_id


def _own_signature(actor: PostActor, decision: Any) -> bool:
    return isinstance(decision, Decision) and decision.post_id == actor.post.pk


def _own_office(actor: PostActor, approval: Any) -> bool:
    return isinstance(approval, Approval) and approval.procuratorate_id == actor.post.procuratorate_id


def _given_to_him(actor: PostActor, circulation: Any) -> bool:
    return isinstance(circulation, Circulation) and circulation.post_id == actor.post.pk

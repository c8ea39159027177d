"""A request for more time ends with the deadline it was about. Always inside an operation of the caller."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from huiyin.approvals.operations import stop
from huiyin.approvals.rules import ApprovalStatus
from huiyin.audit.actors import SYSTEM
from huiyin.matters.models import Extension, Matter
from huiyin.matters.moves import advance_extension
from huiyin.matters.rules.extensions import RUNNING, ExtensionStep


def lapse_extensions(matter: Matter, *, at: datetime) -> None:
    """Whoever was asked for more time is not asked any more: answered meanwhile, or handled elsewhere."""
    over = ~Q(deadline__met_at=None) | ~Q(deadline__dropped_at=None)
    for extension in Extension.objects.filter(over, matter=matter, state__in=RUNNING).select_related("approval"):
        advance_extension(extension, ExtensionStep.LAPSE, version=extension.version)
        if extension.approval is not None and extension.approval.status == ApprovalStatus.RUNNING:
            stop(approval=extension.approval, reason="期限已经了结", actor=SYSTEM, at=at)

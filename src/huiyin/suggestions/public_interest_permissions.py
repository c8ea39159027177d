"""Who converts between suggestions and public-interest cases."""

from __future__ import annotations

from typing import Any

from huiyin.matters.permissions import DEPARTMENT, LEADERS, OFFICE
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.suggestions.models import PublicTransfer


def declare_transfer_verbs() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    declare("suggestions.list_transfers", "查看公益诉讼转化", roles=OFFICE | LEADERS | DEPARTMENT)
    declare("suggestions.open_transfer", "提出公益诉讼转化", roles=OFFICE | DEPARTMENT)
    declare("suggestions.decide_filing", "决定是否立案", roles=LEADERS, check=_of_own_office)
    declare("suggestions.record_paper", "登记公益诉讼文书", roles=OFFICE | DEPARTMENT, check=_handles)
    declare("suggestions.note_copied", "登记抄送", roles=OFFICE, check=_of_own_office)
    declare("suggestions.end_transfer", "办结公益诉讼转化", roles=OFFICE | DEPARTMENT, check=_handles)


def _of_own_office(actor: PostActor, transfer: Any) -> bool:
    assert isinstance(transfer, PublicTransfer)
    return transfer.procuratorate_id == actor.post.procuratorate_id


def _handles(actor: PostActor, transfer: Any) -> bool:
    """The office, or the department that handles the case."""
    return _of_own_office(actor, transfer) and (
        actor.post.role_enum in OFFICE or transfer.department_id == actor.post.department_id
    )

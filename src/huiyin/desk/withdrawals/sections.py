"""What the page of a matter and today's work say of a suggestion that is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.matters.kinds import kind_of
from huiyin.matters.rules import WITHDRAWN
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import WithdrawalState
from huiyin.suggestions.operations.ending import ENDABLE
from huiyin.suggestions.queries import ToEnd, withdrawals_to_do
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/withdrawals/section.html", build, 8, column="top")
    add_acts("withdrawals", buttons)
    add_waiting("withdrawals", waiting, 93)


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The latest attempt, while it is under way or where the matter ended so."""
    begun = facts.withdrawal
    if begun is None or not (begun.is_under_way or facts.matter.outcome == WITHDRAWN):
        return None
    signers = max(len(facts.participants), facts.matter.suggestion.signer_count)
    return {"begun": begun, "left": max(signers - begun.papers_in, 0) if begun.is_under_way else None}


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Offered before the answer, while no attempt runs."""
    if facts.matter.status not in ENDABLE or (facts.withdrawal is not None and facts.withdrawal.is_under_way):
        return
    if (
        kind_of(facts.matter).is_rated
        and not facts.letters_are_out
        and may(request.actor, "suggestions.record_withdrawal")
    ):
        yield Act("提出人撤回", reverse("desk:withdrawals:detail", args=[facts.matter.pk]), "file-x")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Papers still to come in, consent to ask, an answer to record, handling to end."""
    if not may(request.actor, "suggestions.end_withdrawal"):
        return
    found = withdrawals_to_do(request.post)
    begun = [each for each in found if each.state == WithdrawalState.OPEN]
    whole = [each for each in begun if each.is_whole]
    yield from _line("已全部撤回待终止办理", whole, urgent=True)
    yield from _line("撤回书没有收齐", [each for each in begun if not each.is_whole])
    yield from _line("待交办机关答复的撤回", [each for each in found if each.state == WithdrawalState.ASKED])


def _line(label: str, rows: list[ToEnd], *, urgent: bool = False) -> Iterable[Waiting]:
    if rows:
        url = reverse("desk:withdrawals:detail", args=[rows[0].matter_id])
        yield Waiting(label, len(rows), url, urgent=urgent)

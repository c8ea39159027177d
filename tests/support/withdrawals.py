"""Suggestions on their way to being taken back: `recorded(world, at, matter)`, `sent`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from huiyin.matters.models import Matter
from huiyin.matters.operations.consents import CongressAnswer
from huiyin.suggestions.models import Withdrawal
from huiyin.suggestions.operations.withdrawals import answer_withdrawal, ask_withdrawal, record_withdrawal
from tests.support.extensions import PDF, scan
from tests.support.once import kept
from tests.support.world import World


@kept
def recorded(world: World, at: datetime, matter: Matter, names: Sequence[str] = ("张示例",), **more: Any) -> Withdrawal:
    """A paper with some signatures."""
    signers = [each for each in matter.participants.order_by("position") if each.name in names]
    usual = {"signed_on": at.date(), "scan": scan(world, at), "request_key": uuid4(), "at": at}
    return record_withdrawal(matter=matter, signers=signers, actor=world.act("officer_wang"), **usual | more)


@kept
def sent(world: World, at: datetime, withdrawal: Withdrawal, **more: Any) -> Withdrawal:
    """The letter to the congress office is out."""
    usual = {"letter_number": "", "sent_on": at.date(), "version": withdrawal.version, "at": at}
    return ask_withdrawal(withdrawal=withdrawal, actor=world.act("officer_wang"), **usual | more)


def answered(world: World, at: datetime, withdrawal: Withdrawal, *, agreed: bool = True) -> Withdrawal:
    """Its answer."""
    answer = CongressAnswer(
        agreed=agreed,
        document_number="样人代函〔2026〕12号",
        dated_on=at.date(),
        scan=scan(world, at, content=PDF + b"%2\n"),
    )  # fmt: skip
    return answer_withdrawal(
        withdrawal=withdrawal, answer=answer, actor=world.act("officer_wang"), version=withdrawal.version, at=at
    )

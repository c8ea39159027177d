"""Public-interest conversions: `proposed(world, at, matter)`, `filed`, `with_paper`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from huiyin.matters.models import Matter
from huiyin.suggestions.models import Direction, PaperKind, PublicTransfer, TransferPaper
from huiyin.suggestions.operations.public_interest import (
    PaperFacts,
    TransferFacts,
    decide_filing,
    open_transfer,
    record_paper,
)
from tests.support.extensions import scan
from tests.support.world import World


def proposed(world: World, at: datetime, matter: Matter | None, **changes: Any) -> PublicTransfer:
    """To a case, proposed by the liaison office; the deputy chief decides."""
    usual = {
        "direction": Direction.TO_CASE, "title": "校园周边商店向未成年人出售电子烟", "field": "未成年人保护",
        "reason": "侵害不特定未成年人利益", "received_on": date(2026, 3, 3), "department": world.departments["third"],
        "copied_to": "样本市人大常委会代表工作委员会", "leader": world.posts["deputy_chief"],
    }  # fmt: skip
    return open_transfer(
        facts=TransferFacts(**usual | changes), matter=matter, request_key=uuid4(), actor=world.act("officer_wang"),
        at=at,
    )  # fmt: skip


def filed(world: World, at: datetime, matter: Matter | None, **changes: Any) -> PublicTransfer:
    """… and he agrees to file."""
    asked = proposed(world, at, matter, **changes)
    return decide_filing(
        transfer=asked, agreed=True, opinion="", actor=world.act("deputy_chief"), version=asked.version, at=at
    )


def with_paper(world: World, at: datetime, transfer: PublicTransfer, **changes: Any) -> TransferPaper:
    """… and the decision is recorded, dated on the day."""
    facts = {"kind": PaperKind.FILING, "number": "样检公益立〔2026〕3号", "dated_on": at.date()}
    return record_paper(
        transfer=transfer, facts=PaperFacts(**facts | changes), file=scan(world, at),
        request_key=uuid4(), actor=world.act("officer_wang"), version=transfer.version, at=at,
    )  # fmt: skip

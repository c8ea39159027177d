"""A lower office's matter, and orders of the office above on it, built through operations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from huiyin.matters.models import Matter, SuperiorOrder
from huiyin.matters.operations.superior import OrderFacts, give_superior, report_superior
from huiyin.matters.rules.superior import OrderKind
from huiyin.organisations.models import CongressBody
from tests.support.history import registered
from tests.support.world import World


def below(world: World, at: datetime, *, by: str = "officer_li", **changes: Any) -> Matter:
    """A suggestion on the register of another office: 沙盒区, below the city, unless said otherwise."""
    office = world.posts[by].procuratorate
    body, _ = CongressBody.objects.get_or_create(procuratorate=office, kind="congress", name=f"{office.short_name}人大")
    return registered(world, at, by=by, assigner=body, **changes)


def given(world: World, at: datetime, matter: Matter, *, by: str = "officer_wang", **changes: Any) -> SuperiorOrder:
    """A 督办 of the city, unless said otherwise, without a day."""
    usual: dict[str, Any] = {
        "kind": OrderKind.PRESSED, "number": "样检督函〔2026〕3号", "ground": "",
        "reason": "代表反映办理缓慢，请报进展。",
        "given_on": date(2026, 3, 5),
    }  # fmt: skip
    facts = OrderFacts(**usual | changes)
    return give_superior(matter=matter, facts=facts, request_key=uuid4(), actor=world.act(by), at=at)


def reported(world: World, at: datetime, order: SuperiorOrder, *, by: str = "officer_li") -> SuperiorOrder:
    """Reported on by the lower office."""
    said = "已经走访代表，月底前答复。"
    return report_superior(order=order, text=said, actor=world.act(by), version=order.version, at=at)

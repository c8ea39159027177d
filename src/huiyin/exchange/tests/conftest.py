"""One account on the phone site, a card on it, and a kind of slip only tests know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from huiyin.audit.actors import SYSTEM
from huiyin.exchange import registry
from huiyin.exchange.models import Card, OutsideAccount, Slip
from huiyin.exchange.operations import CardContent, open_account, publish
from huiyin.kernel.refusals import Refusal

PHONE = "10000000001"


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path) -> None:
    """Copies of files in a folder of the test's own."""
    settings.HUIYIN_HOME = tmp_path


@pytest.fixture
def account(db, at) -> OutsideAccount:
    """张示例代表 on the phone site."""
    return open_account(
        person_key="p:1", label="张示例代表", phone=PHONE, office="样本市人民检察院", office_phone="10000008000",
        actor=SYSTEM, at=at,
    )  # fmt: skip


@pytest.fixture
def make_card(account, at) -> Callable[..., Card]:
    def make(**changes: Any) -> Card:
        content = CardContent(name="答复函.pdf", media_type="application/pdf", content=b"%PDF-1.7 letter")
        usual = {
            "account": account, "kind": "tests.card", "key": "matter:1", "title": "关于示例的建议", "body": {"n": 1},
            "accepts": [{"kind": "tests.slip"}], "files": [content], "at": at, "position_at": at,
        }  # fmt: skip
        return publish(**(usual | changes))

    return make


class HandlerRefused(Refusal):
    code = "tests.handler_refused"


@dataclass
class Handling:
    """What the handler saw, and how it is to behave."""

    seen: list[str] = field(default_factory=list)
    refuses: str = ""
    breaks: bool = False

    def __call__(self, slip: Slip, *, at: Any) -> str:
        self.seen.append(slip.number)
        if self.breaks:
            raise RuntimeError("a bug in the handler")
        if self.refuses:
            raise HandlerRefused(self.refuses)
        return "已记录，谢谢。"


@pytest.fixture
def handling(monkeypatch) -> Iterator[Handling]:
    """The kind tests.slip, registered for one test."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    here = Handling()
    registry.register_slip("tests.slip", lambda payload, accepted: {"words": str(payload["words"])}, here)
    return here

"""张示例代表 on the phone: an account, a suggestion's card with its letter, and a kind of slip that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from huiyin.audit.actors import SYSTEM
from huiyin.exchange import registry
from huiyin.exchange.models import Card, OutsideAccount
from huiyin.exchange.operations import CardContent, open_account, publish
from huiyin.exchange.shapes import (
    PROGRESS,
    RATING,
    CardLetter,
    Choice,
    Contact,
    LetterLine,
    Progress,
    RatingForm,
    Stage,
    check_rating,
)  # fmt: skip
from huiyin.kernel.refusals import Refusal

PHONE, STRANGER = "10000000001", "10000007777"
PDF = b"%PDF-1.7\nletter"
GRADES = tuple(
    Choice(code=code, label=label)
    for code, label in [("satisfied", "满意"), ("mostly", "基本满意"), ("dissatisfied", "不满意")]
)
PLAIN = Progress(
    number="第162001号建议", addressee="张示例代表", office="样本市人民检察院", office_phone="10000000100", role="独办",
    status="办理中", received_on=date(2026, 3, 2), due_on=date(2026, 6, 2), department="第二检察部",
    stages=tuple(Stage(label=label, state=state, on=on) for label, state, on in [
        ("办前沟通", "done", date(2026, 3, 9)), ("办中征询", "now", None), ("办后反馈", "todo", None),
        ("回访跟进", "todo", None)]),
    contacts=(Contact(role="联络员", name="连络员", phone="10000008000"),
              Contact(role="承办部门负责人", name="魏部长", phone="10000008001")),
)  # fmt: skip
LETTER = CardLetter(
    number="样检函〔2026〕12号", title="关于市十六届人大一次会议第162001号建议的答复", issued_on=date(2026, 5, 20),
    delivered_on=date(2026, 5, 21), file="答复函.pdf",
    lines=(LetterLine(kind="to", text="张示例代表："), LetterLine(kind="body", text="您提出的建议收悉，现答复如下。")),
)  # fmt: skip
REPLIED = replace(
    PLAIN,
    status="待您评价",
    letters=(LETTER,),
    rating=RatingForm(reply="reply:12", letter=LETTER.number, round=1, grades=GRADES, due_on=date(2026, 6, 20)),
)


def account_of(key: str, phone: str, at: Any, label: str = "张示例代表") -> OutsideAccount:
    return open_account(
        person_key=key, label=label, phone=phone, office="样本市人民检察院", office_phone="10000000100", actor=SYSTEM,
        at=at,
    )  # fmt: skip


def publish_progress(account: OutsideAccount, progress: Progress, at: Any, key: str = "matter:1") -> Card:
    files = [CardContent(name="答复函.pdf", media_type="application/pdf", content=PDF)] if progress.letters else []
    return publish(
        account=account, kind=PROGRESS, key=key, title="关于校园周边电子烟治理的建议", body=progress.to_json(),
        accepts=progress.accepts(), files=files, at=at, position_at=at,
    )  # fmt: skip


@pytest.fixture
def account(db, at) -> OutsideAccount:
    return account_of("p:1", PHONE, at)


@pytest.fixture
def card(account, at) -> Callable[[Progress], Card]:
    return lambda progress: publish_progress(account, progress, at)


@pytest.fixture
def phone(account) -> Client:
    """A browser signed in as 张示例代表."""
    return signed_in(account)


def signed_in(account: OutsideAccount) -> Client:
    client = Client()
    session = client.session
    session["outside_account"] = account.public_id
    session.save()
    return client


class Kept(Refusal):
    code = "tests.kept"


@pytest.fixture
def ratings(monkeypatch, account, at) -> list[dict[str, Any]]:
    """Ratings are kept here, and the card says thank you, as the suggestions' own handler does."""
    monkeypatch.setattr(registry, "_kinds", {})
    kept: list[dict[str, Any]] = []

    def keep(slip, *, at):
        if slip.payload["words"] == "refuse me":
            raise Kept("这份答复已经按签字的征询意见表登记了评价，以签字的为准。")
        kept.append(slip.payload)
        publish_progress(account, replace(REPLIED, status="已评价", rating=None), at)
        return "感谢您的评价。"

    registry.register_slip(RATING, check_rating, keep)
    return kept

"""Examples of the phone site: two accounts, each with a card, a file, a slip and a note."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from huiyin.exchange.models import Card, OutsideAccount
from huiyin.exchange.operations import receive
from huiyin.exchange.shapes import RATING
from huiyin.portal.tests.conftest import REPLIED, account_of, publish_progress
from tests.support.examples import Case, Parameters, example


def account(case: Case) -> OutsideAccount:
    """The own account, or somebody else's."""
    number = 1 if case.own else 2
    return case.once("account", lambda: account_of(f"p:walk{number}", f"1000000900{number}", case.at))


def card(case: Case) -> Card:
    return case.once("card", lambda: publish_progress(account(case), REPLIED, case.at, key="matter:walk"))


@example("portal", "public_id")
def suggestion(case: Case) -> Parameters:
    return {"public_id": card(case).public_id}


@example("portal:file", "public_id")
def file(case: Case) -> Parameters:
    return {"public_id": card(case).files.get().public_id}


@example("portal:slip", "number")
def slip(case: Case) -> Parameters:
    return {"number": case.once("slip", lambda: _slip(case)).number}


def _slip(case: Case) -> Any:
    payload = {"reply": "reply:12", "round": 1, "attitude": "satisfied", "result": "satisfied", "words": ""}
    return receive(
        account=account(case),
        card_public_id=card(case).public_id,
        kind=RATING,
        payload=payload,
        request_key=str(uuid4()),
        at=case.at,
    )

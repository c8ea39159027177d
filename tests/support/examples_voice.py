"""Examples of polls and of copies for the office above."""

from __future__ import annotations

from datetime import timedelta

from huiyin.exchange.models import Card
from huiyin.exchange.operations import publish
from huiyin.exchange.shapes import POLL, Choice, PollCard
from huiyin.files.operations import store
from huiyin.matters.models import Poll, Reply
from huiyin.matters.operations.orders import Order
from huiyin.matters.operations.polls import PollFacts, open_poll
from huiyin.people.models import Mandate, Person
from tests.support import letters
from tests.support.examples import Case, Parameters, example
from tests.support.examples_letters import alone, delivered
from tests.support.examples_portal import account


def poll(case: Case) -> Poll:
    return case.once("poll", lambda: _poll(case))


def _poll(case: Case) -> Poll:
    world, day = case.world, case.at.date()
    _deputy(case, case.world.city.level)
    scan = store(content=b"%PDF-1.4 2", name="来文.pdf", procuratorate=world.city, actor_key="post:1", at=case.at)
    order = Order(organ="样本市人大常委会", document_number="样人代〔2026〕20号", dated_on=day, scan=scan)
    facts = PollFacts(lead_told_on=day, lead_told_how="电话告知。", from_on=day, until_on=day + timedelta(days=9))
    return open_poll(reply=delivered(case), order=order, facts=facts, actor=world.act("officer_wang"), at=case.at)


def _deputy(case: Case, level: str) -> Mandate:
    office = case.world.city
    person = Person.objects.create(public_id=f"voice-{case.office}-{level}", procuratorate=office, name="吴测试")
    return Mandate.objects.create(person=person, kind="deputy", level=level, term=16, from_on="2022-01-01")


@example("desk:polls", "pk")
def poll_of_all(case: Case) -> Parameters:
    return {"pk": poll(case).pk}


@example("desk:polls:open", "pk")
def letter_for_all(case: Case) -> Parameters:
    return {"pk": case.once("letter_for_all", lambda: letters.delivered(case.world, alone(case, "162721"), case.at)).pk}


@example("portal:poll", "public_id")
def poll_on_the_phone(case: Case) -> Parameters:
    return {"public_id": case.once("poll_card", lambda: _card(case)).public_id}


def _card(case: Case) -> Card:
    day = case.at.date()
    body = PollCard(
        poll="poll:1", about="第162001号建议", office="样本市人民检察院", from_on=day, until_on=day, voted_on=None,
        grades=(Choice(code="satisfied", label="满意"),), lines=(),
    )  # fmt: skip
    return publish(
        account=account(case), kind=POLL, key="poll:1", title="关于第162001号建议的答复", body=body.to_json(),
        accepts=body.accepts(), files=[], at=case.at, position_at=case.at,
    )  # fmt: skip


def higher(case: Case) -> Reply:
    """The answer to a deputy of the national congress."""
    return case.once("letter_higher", lambda: _higher(case))


def _higher(case: Case) -> Reply:
    reply = letters.issued(case.world, alone(case, "162720"), case.at)
    mandate = _deputy(case, "national")
    reply.matter.participants.filter(role="lead").update(mandate=mandate, person=mandate.person)
    return reply


@example("desk:upward:send", "pk")
def copy_upward(case: Case) -> Parameters:
    return {"pk": higher(case).pk}


@example("desk:upward:paper", "pk", "kind")
def copy_on_paper(case: Case) -> Parameters:
    return {"pk": higher(case).pk, "kind": "docx"}

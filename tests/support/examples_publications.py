"""Examples of answers laid open."""

from __future__ import annotations

from uuid import uuid4

from huiyin.disclosure.models import Publication
from huiyin.disclosure.operations import approve_publication, check_publication, propose_publication
from huiyin.disclosure.queries import public_text
from huiyin.exchange.models import Card
from huiyin.exchange.shapes import PUBLISHED
from tests.support import letters
from tests.support.examples import Case, Parameters, example
from tests.support.examples_letters import alone, delivered


def proposed(case: Case) -> Publication:
    return case.once("publication", lambda: _proposed(case))


def _proposed(case: Case) -> Publication:
    reply = delivered(case)
    title, text = public_text(reply)
    return propose_publication(
        reply=reply, title=title, text=text, consent_note="电话征得同意。", actor=case.world.act("officer_wang"),
        request_key=uuid4(), at=case.at,
    )  # fmt: skip


@example("desk:publications", "pk")
def publication(case: Case) -> Parameters:
    return {"pk": proposed(case).pk}


@example("desk:publications:propose", "pk")
def letter_to_publish(case: Case) -> Parameters:
    return {
        "pk": case.once("letter_to_publish", lambda: letters.delivered(case.world, alone(case, "162722"), case.at)).pk
    }


@example("portal:published", "public_id")
def published_answer(case: Case) -> Parameters:
    return {"public_id": case.once("published", lambda: _published(case)).public_id}


def _published(case: Case) -> Card:
    made, world = proposed(case), case.world
    check_publication(
        publication=made, passes=True, opinion="", actor=world.act("secrecy_reviewer"), version=1, at=case.at
    )
    approve_publication(publication=made, agrees=True, opinion="", actor=world.act("chief"), version=2, at=case.at)
    return Card.objects.get(kind=PUBLISHED, key=f"publication:{made.pk}")

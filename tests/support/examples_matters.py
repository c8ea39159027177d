"""Examples of matters on their road, 拟办 sheets, undertakings, files."""

from __future__ import annotations

from uuid import uuid4

from huiyin.files.operations import store
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Attachment, Matter, Relation
from huiyin.matters.operations.attachments import add_attachments
from huiyin.matters.operations.relations import relate
from huiyin.suggestions.models import Proposal
from tests.support.examples import Case, Parameters, example
from tests.support.history import drafted, in_hand, part_of, registered, sent


def matter(case: Case) -> Matter:
    """A matter in hand, signed for by 未检部."""
    return case.once("matter", lambda: in_hand(case.world, case.at))


def sheet(case: Case) -> Proposal:
    """A sheet waiting for the office head."""
    other = case.once("second", lambda: registered(case.world, case.at, external_number="162099"))
    return case.once("sheet", lambda: sent(case.world, case.at, other))


def attachment(case: Case) -> Attachment:
    """A file of the matter in hand."""
    return case.once("attachment", lambda: _attach(case))


@example("desk:matters", "pk")
def matter_page(case: Case) -> Parameters:
    return {"pk": matter(case).pk}


@example("desk:matters:unrelate", "pk", "relation")
def linked_page(case: Case) -> Parameters:
    """A matter linked to another of the office."""
    return {"pk": matter(case).pk, "relation": case.once("relation", lambda: _link(case)).pk}


@example("desk:proposals", "pk")
def proposal_page(case: Case) -> Parameters:
    return {"pk": sheet(case).pk}


@example("desk:proposals:fill", "pk")
@example("desk:proposals:send", "pk")
@example("desk:proposals:drop", "pk")
def draft_page(case: Case) -> Parameters:
    """A sheet still being filled in."""
    third = case.once("third", lambda: registered(case.world, case.at, external_number="162098"))
    return {"pk": case.once("draft", lambda: drafted(case.world, case.at, third)).pk}


@example("desk:undertakings", "pk")
def undertaking_page(case: Case) -> Parameters:
    return {"pk": part_of(matter(case), case.world).pk}


@example("desk:files:download", "public_id")
def file_page(case: Case) -> Parameters:
    return {"public_id": attachment(case).file.public_id}


def _attach(case: Case) -> Attachment:
    office, actor = case.world.city, case.world.act("officer_wang")
    there = matter(case)
    content = f"原件 {office.code}".encode()
    file = store(content=content, name="原件.txt", procuratorate=office, actor_key=actor.key, at=case.at)
    added = add_attachments(matter=there, kind="original", files=[file], request_key=uuid4(), actor=actor, at=case.at)
    return added[0]


def _link(case: Case) -> Relation:
    """What the later matter repeats."""
    other = registered(case.world, case.at, external_number="162096")
    actor = case.world.act("officer_wang")
    return relate(matter=matter(case), other=other, kind=RelationKind.RELATED, actor=actor, at=case.at)

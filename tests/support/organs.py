"""Matters that organs outside have a part in, built through operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from huiyin.files.models import StoredFile
from huiyin.files.operations import store
from huiyin.matters.models import Matter, OpinionRequest, Reply, Undertaking
from huiyin.matters.operations.joint import join
from huiyin.matters.operations.opinion_requests import answer_by, ask_opinion
from huiyin.matters.operations.outside import OutsideReplyFacts, record_outside_reply
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole
from tests.support.history import in_hand, registered
from tests.support.letters import all_signed, sent_out, submitted
from tests.support.once import kept
from tests.support.world import World


def scan(world: World, at: datetime, name: str = "来文.pdf") -> StoredFile:
    """A scanned paper."""
    content = f"%PDF-1.4 {name} {world.city.code}".encode()
    return store(content=content, name=name, procuratorate=world.city, actor_key="post:1", at=at)


@kept
def with_organ(world: World, at: datetime, organ: str = "court", **facts: Any) -> tuple[Matter, Undertaking]:
    """A matter that 未检部 leads and an organ outside assists with, and the organ's part."""
    usual = {"external_number": "162008", "handler_role": HandlerRole.LEAD}
    parts = (
        Part(role=HandlerRole.LEAD, department=world.departments["second"]),
        Part(role=HandlerRole.ASSIST, organ=world.bodies[organ]),
    )
    matter = in_hand(world, at, registered(world, at, **usual | facts), parts=parts)
    return matter, matter.undertakings.select_related("matter__procuratorate", "organ").get(organ=world.bodies[organ])


@kept
def joined(world: World, at: datetime, **facts: Any) -> tuple[Matter, Undertaking]:
    """… handled and answered jointly with it."""
    matter, part = with_organ(world, at, **facts)
    part = join(undertaking=part, jointly=True, actor=world.act("officer_wang"), version=part.version, at=at)
    matter.refresh_from_db()
    return matter, part


@kept
def asked(world: World, at: datetime, **facts: Any) -> OpinionRequest:
    """A letter to the organ that waits for the office head."""
    _, part = with_organ(world, at, "education", **facts)
    by = answer_by(part, at.date()).on
    assert by is not None
    return ask_opinion(
        undertaking=part, words="一、对校园周边巡查有何意见。", answer_by_on=by, actor=world.act("handler_second"),
        request_key=uuid4(), at=at,
    )  # fmt: skip


@kept
def opinion_out(world: World, at: datetime, **facts: Any) -> Reply:
    """Our opinion on a matter that the public security bureau leads, sent out: the matter is closed."""
    usual = {"handler_role": HandlerRole.ASSIST, "lead_unit": "样本市公安局"}
    matter = in_hand(world, at, registered(world, at, **usual | facts))
    return sent_out(world, all_signed(world, submitted(world, matter, at, outcome=""), at), at)


def lead_replied(world: World, at: datetime, matter: Matter, **changes: Any) -> Any:
    """The lead unit's reply recorded for our file."""
    usual: dict[str, Any] = {
        "organ": "样本市公安局", "document_number": "样公函〔2026〕15号", "dated_on": at.date(),
        "received_on": at.date(),
    }  # fmt: skip
    facts = OutsideReplyFacts(**usual | {key: value for key, value in changes.items() if key in usual})
    more = {key: value for key, value in changes.items() if key not in usual}
    rest = {"scan": scan(world, at), "actor": world.act("officer_wang"), "request_key": uuid4()} | more
    return record_outside_reply(matter=matter, facts=facts, at=at, **rest)

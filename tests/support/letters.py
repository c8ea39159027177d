"""A letter's road so far, built through operations: drafted, submitted, signed, issued, delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import ApprovalStatus, Verdict
from huiyin.gongwen.structure import blocks_of
from huiyin.matters.drafting import latest, text_of
from huiyin.matters.letters import LetterText
from huiyin.matters.models import Matter, Reply
from huiyin.matters.operations.replies import create_draft, save_version
from huiyin.matters.operations.replies_delivery import deliver
from huiyin.matters.operations.replies_issuing import issue, proofread, seal, take_number
from huiyin.matters.operations.replies_signing import decide_letter, submit
from huiyin.matters.recipients import served
from tests.support.once import kept
from tests.support.world import World

BODY = """
您提出的《关于加强校园周边电子烟治理的建议》收悉，现答复如下：
一、关于校园周边专项监督
我院会同有关部门对全市校园周边门店开展巡查，发现问题37件，均已督促整改。
二、关于长效机制
我院与教育部门联合制定协作办法，每学期开学后一个月内联合检查一次。
"""


WITHOUT_TALKS = "代表出差在外，已约定答复时当面说明。"
"""Why a letter of these histories goes up without the talks the book requires."""


def answered(text: LetterText, **changes: Any) -> LetterText:
    """The prefilled text with a body and an outcome; name what differs."""
    usual: dict[str, Any] = {
        "body": blocks_of(BODY), "outcome": "resolved", "publish": True, "contact_name": "韦承办",
        "contact_phone": "1000000-8000",
    }  # fmt: skip
    if changes.get("outcome", "resolved") != "resolved":
        usual["reason_code"] = "other"
    return replace(text, **usual | changes)


@kept
def drafted(world: World, matter: Matter, at: datetime, *, by: str = "handler_second", **changes: Any) -> Reply:
    """A draft with everything it needs."""
    reply = create_draft(matter=matter, actor=world.act(by), at=at)
    text = answered(text_of(latest(reply)), **changes)
    save_version(reply=reply, text=text, actor=world.act(by), version=reply.version, at=at)
    reply.refresh_from_db()
    return reply


@kept
def submitted(world: World, matter: Matter, at: datetime, *, by: str = "handler_second", **changes: Any) -> Reply:
    """A letter waiting for its first signature."""
    reply = drafted(world, matter, at, by=by, **changes)
    return submit(reply=reply, actor=world.act(by), version=reply.version, at=at, talks_reason=WITHOUT_TALKS)


@kept
def sign(world: World, reply: Reply, at: datetime, *, verdict: Verdict = Verdict.AGREE, **more: Any) -> Reply:
    """The first open step decided by its own post."""
    reply = fresh(reply)
    assert reply.approval is not None
    step = open_steps(reply.approval)[0]
    who = next(key for key, post in world.posts.items() if post.pk == step.post_id)
    usual = {
        "opinion": "同意。", "subject_hash": latest(reply).digest, "version": reply.approval.version,
        "actor": world.act(who),
    }  # fmt: skip
    return decide_letter(reply=reply, step=step, verdict=verdict, at=at, **usual | more)


@kept
def signed(world: World, matter: Matter, at: datetime, **changes: Any) -> Reply:
    """A letter with every signature."""
    return all_signed(world, submitted(world, matter, at, **changes), at)


@kept
def all_signed(world: World, reply: Reply, at: datetime) -> Reply:
    """Every open step agreed to, to the end."""
    while fresh(reply).approval.status == ApprovalStatus.RUNNING:  # type: ignore[union-attr]
        reply = sign(world, reply, at)
    return fresh(reply)


@kept
def issued(world: World, matter: Matter, at: datetime, **changes: Any) -> Reply:
    """A letter proofread, numbered, sealed and sent out."""
    return sent_out(world, signed(world, matter, at, **changes), at)


@kept
def sent_out(world: World, reply: Reply, at: datetime) -> Reply:
    """The acts after the last signature."""
    for act, who in (
        (proofread, "officer_wang"),
        (take_number, "registry"),
        (seal, "registry"),
        (issue, "officer_wang"),
    ):
        reply = fresh(reply)
        act(reply=reply, actor=world.act(who), version=reply.version, at=at)
    return fresh(reply)


@kept
def delivered(world: World, matter: Matter, at: datetime, **changes: Any) -> Reply:
    """A letter in the hands of everybody who must have it."""
    return handed_over(world, issued(world, matter, at, **changes), at)


@kept
def handed_over(world: World, reply: Reply, at: datetime) -> Reply:
    """Delivered by hand to everybody the book names."""
    deliver(
        reply=reply, participants=served(reply, at.date()), mode="hand", delivered_on=at.date(),
        actor=world.act("officer_wang"), version=reply.version, at=at,
    )  # fmt: skip
    return fresh(reply)


def fresh(reply: Reply) -> Reply:
    """The letter as it now stands."""
    return Reply.objects.select_related("approval", "number", "matter__procuratorate", "signed_by__staff").get(
        pk=reply.pk
    )


def day(text: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(text)

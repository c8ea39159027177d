"""An answer is laid open by three people, and taken back by a word."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.support.history import in_hand
from tests.support.letters import delivered
from tests.support.world import World

from huiyin.disclosure.models import Publication
from huiyin.disclosure.operations import (
    CannotPublish,
    approve_publication,
    check_publication,
    propose_publication,
    take_back_publication,
)
from huiyin.disclosure.queries import public_text
from huiyin.matters.models import Reply
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.rules import MatterMovedOn, RatingSource
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def reply(in_force: World, deputies: object, at: datetime) -> Reply:
    return delivered(in_force, in_hand(in_force, at), at)


def propose(world: World, reply: Reply, at: datetime, **more: Any) -> Publication:
    title, text = public_text(reply)
    usual: dict[str, Any] = {"title": title, "text": text, "consent_note": "3月5日电话征得同意。"}
    return propose_publication(reply=reply, actor=world.act("officer_wang"), request_key=uuid4(), at=at, **usual | more)


class TestAnAnswerForEveryone:
    def test_is_checked_approved_read_by_anybody_and_taken_back(
        self, reply: Reply, in_force: World, at: datetime, client: Client
    ) -> None:
        made, reviewer = propose(in_force, reply, at), in_force.act("secrecy_reviewer")
        with pytest.raises(NotAllowed):
            approve_publication(publication=made, agrees=True, opinion="", actor=reviewer, version=1, at=at)
        check_publication(publication=made, passes=True, opinion="", actor=reviewer, version=1, at=at)
        assert "没有公开的答复" in client.get("/published/").content.decode()
        leader = in_force.act("deputy_chief")
        with pytest.raises(MatterMovedOn):
            approve_publication(publication=made, agrees=True, opinion="", actor=leader, version=1, at=at)
        approve_publication(publication=made, agrees=True, opinion="", actor=leader, version=2, at=at)
        listed = client.get("/published/").content.decode()
        assert made.title in listed
        one = client.get(listed.split('<h2><a href="')[1].split('"')[0]).content.decode()
        assert "发现问题37件" in one
        assert "张示例" not in one
        take_back_publication(publication=made, reason="数字有误。", actor=leader, version=3, at=at)
        assert made.title not in client.get("/published/").content.decode()

    def test_waits_for_the_deputys_word(self, reply: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(CannotPublish, match="张示例在征询意见表上没有表示"):
            propose(in_force, reply, at, consent_note="")
        facts = RatingFacts(
            source=RatingSource.CONGRESS_SYSTEM, attitude="satisfied", result="satisfied", rated_on=at.date(),
            agrees_to_publish=False,
        )  # fmt: skip
        officer = in_force.act("officer_wang")
        record_rating(reply=reply, participant=reply.matter.participants.get(), facts=facts, actor=officer, at=at)
        with pytest.raises(CannotPublish, match="张示例不同意公开"):
            propose(in_force, reply, at)

    def test_names_nobody_without_a_reason(self, reply: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(CannotPublish, match="第2行人名“张示例”"):
            propose(in_force, reply, at, text="感谢张示例。")
        with pytest.raises(CannotPublish, match="必须删去"):
            propose(in_force, reply, at, text="证号11010519491231002X。", reason="公开需要")
        assert propose(in_force, reply, at, text="感谢张示例。", reason="代表本人同意署名。").reason

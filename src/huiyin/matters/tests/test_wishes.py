"""A wish for changes to a 征求意见稿 is heard by every signer; unchanged, the draft goes up with a reason only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.support.history import in_hand
from tests.support.letters import WITHOUT_TALKS, drafted, fresh
from tests.support.world import World

from huiyin.matters.drafting import latest, text_of
from huiyin.matters.filing_documents import documents_of
from huiyin.matters.models import Reply
from huiyin.matters.operations.replies import save_version
from huiyin.matters.operations.replies_signing import WishUnheeded, recall, submit
from huiyin.matters.operations.solicitations import answer_solicitation, solicit
from huiyin.matters.rules import Mode
from huiyin.matters.wishes import heard, unheeded


@pytest.fixture
def wished(in_force: World, at: datetime) -> Reply:
    """A draft that 张示例 saw and wished changed."""
    reply = drafted(in_force, in_hand(in_force, at), at)
    drafter = in_force.act("handler_second")
    given = solicit(
        reply=reply, participant=reply.matter.participants.get(), mode=Mode.FACE_TO_FACE, given_on=at.date(),
        answer_by_on=date(2026, 4, 1), actor=drafter, at=at,
    )  # fmt: skip
    answer_solicitation(
        solicitation=given, answer="changes", answered_on=at.date(), words="请写明巡查频次。", actor=drafter, at=at
    )
    return fresh(reply)


class TestAWishForChanges:
    def test_keeps_an_unchanged_draft_until_a_reason_is_given_and_lies_in_the_file(
        self, wished: Reply, in_force: World, at: datetime
    ) -> None:
        drafter = in_force.act("handler_second")
        with pytest.raises(WishUnheeded, match="张示例对征求意见稿希望修改"):
            submit(reply=wished, actor=drafter, version=wished.version, at=at, talks_reason=WITHOUT_TALKS)
        reply = submit(
            reply=fresh(wished),
            actor=drafter,
            version=wished.version,
            at=at,
            talks_reason=WITHOUT_TALKS,
            unchanged_reason="频次已写明。",
        )
        there = heard(reply)[0]
        assert (there.unheeded, there.given.unchanged_reason) == (True, "频次已写明。")
        titles = [each.title for each in documents_of(reply.matter, [])]
        assert {"征求意见稿（第2稿）", "征求意见稿办理记录（张示例）"} <= set(titles)
        recall(reply=fresh(reply), reason="再改", actor=drafter, version=fresh(reply).version, at=at)
        with pytest.raises(WishUnheeded):
            submit(reply=fresh(reply), actor=drafter, version=fresh(reply).version, at=at, talks_reason=WITHOUT_TALKS)

    def test_is_heeded_by_any_change_of_the_text(self, wished: Reply, in_force: World, at: datetime) -> None:
        drafter = in_force.act("handler_second")
        text = text_of(latest(wished))
        text = replace(text, body=(*text.body, replace(text.body[-1], text="每月巡查一次。")))
        save_version(reply=wished, text=text, actor=drafter, version=wished.version, at=at)
        assert unheeded(fresh(wished)) == []
        up = submit(
            reply=fresh(wished), actor=drafter, version=fresh(wished).version, at=at, talks_reason=WITHOUT_TALKS
        )
        assert up.status == "signing"

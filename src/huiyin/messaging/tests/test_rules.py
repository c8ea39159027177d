"""Leases, pauses, and what a text may say."""

from __future__ import annotations

import pytest

from huiyin.messaging.rules import (
    LANE_ORDER,
    PAUSES,
    Lane,
    MessageState,
    code_text,
    may_be_muted,
    next_pause,
    notice_text,
    state_after_lease,
)  # fmt: skip

pytestmark = pytest.mark.pure


class TestALeaseThatRanOut:
    def test_puts_back_what_can_be_repeated(self):
        assert state_after_lease(handed_over=False, tries=1) == MessageState.WAITING

    def test_leaves_in_doubt_what_may_have_left(self):
        assert state_after_lease(handed_over=True, tries=1) == MessageState.IN_DOUBT

    def test_gives_up_when_the_tries_are_used_up(self):
        assert state_after_lease(handed_over=False, tries=len(PAUSES)) == MessageState.WAITING
        assert state_after_lease(handed_over=False, tries=len(PAUSES) + 1) == MessageState.FAILED


class TestPauses:
    def test_grow_and_end(self):
        pauses = [next_pause(tries) for tries in range(1, len(PAUSES) + 1)]
        assert pauses == sorted(pauses)
        assert next_pause(len(PAUSES) + 1) is None


class TestLanes:
    def test_let_codes_and_statutory_notices_pass_first(self):
        assert sorted(Lane, key=LANE_ORDER.__getitem__) == [Lane.CODE, Lane.STATUTORY, Lane.CONVENIENCE]

    def test_mute_convenience_only(self):
        assert [lane for lane in Lane if may_be_muted(LANE_ORDER[lane])] == [Lane.CONVENIENCE]


class TestATextMessage:
    def test_names_the_recipient_and_the_way_to_the_phone_site_only(self):
        text = notice_text(office="样本市院", addressee="张示例代表", address="https://example.test")
        assert text == "【样本市院】张示例代表，您好！您有一条新的通知，请登录代表委员手机端查看：https://example.test"
        assert notice_text(office="样本市院", addressee="张示例代表", address="").endswith("查看。")

    def test_with_a_code_says_how_long_it_lasts(self):
        assert "验证码是012345，5分钟内有效" in code_text(office="样本市院", code="012345", minutes=5)

"""One-time codes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from huiyin.audit.actors import SYSTEM
from huiyin.audit.models import Record
from huiyin.exchange.models import AccessCode
from huiyin.exchange.operations import ask_code, close_account, enter, forget_codes
from huiyin.exchange.operations.access import CodeRefused, TooManyCodes
from huiyin.exchange.registry import register_sender, sender
from huiyin.exchange.tests.conftest import PHONE
from huiyin.kernel.identity import MobileInvalid

STRANGER = "10000007777"


@pytest.fixture
def sent():
    """Codes as they were sent: (phone, code)."""
    before, codes = sender(), []
    register_sender(lambda *, access, phone, code, at: codes.append((phone, code)))
    yield codes
    register_sender(before)


def ask(at, phone=PHONE, remote="127.0.0.1"):
    return ask_code(phone=phone, remote=remote, at=at)


class TestAskingForACode:
    def test_sends_six_digits_to_the_phone_and_keeps_a_digest_only(self, account, sent, at):
        key = ask(at, phone="+86 100 0000 0001")
        [(phone, code)] = sent
        assert phone == PHONE
        assert re.fullmatch("[0-9]{6}", code)
        row = AccessCode.objects.get(public_id=key)
        assert code not in str(row.__dict__)
        assert PHONE not in str(row.__dict__)

    def test_with_an_unknown_phone_gives_a_key_too_and_sends_nothing(self, account, sent, at):
        assert len(ask(at, phone=STRANGER)) == len(ask(at))
        assert [phone for phone, _ in sent] == [PHONE]

    def test_refuses_what_is_no_phone(self, db, at):
        with pytest.raises(MobileInvalid):
            ask(at, phone="12345")

    @pytest.mark.parametrize("phone", [PHONE, STRANGER])
    def test_again_within_a_minute_is_refused_for_known_and_unknown_alike(self, account, sent, at, phone):
        ask(at, phone=phone)
        with pytest.raises(TooManyCodes, match="请1分钟后再试"):
            ask(at + timedelta(seconds=59), phone=phone)
        ask(at + timedelta(seconds=60), phone=phone)

    def test_from_one_address_for_many_phones_is_refused(self, db, sent, at, settings):
        settings.HUIYIN_ACCESS = settings.HUIYIN_ACCESS | {"per_address": [(3600, 2)]}
        ask(at, phone="10000000011")
        ask(at, phone="10000000012")
        with pytest.raises(TooManyCodes, match="1小时"):
            ask(at, phone="10000000013")
        ask(at, phone="10000000013", remote="127.0.0.2")

    def test_is_recorded_without_the_phone(self, account, sent, at):
        ask(at)
        row = Record.objects.get(verb="exchange.code_asked")
        assert PHONE not in str(row.facts)
        assert row.actor_kind == "nobody"


class TestEntering:
    def test_opens_the_account_once(self, account, sent, at):
        key = ask(at)
        code = sent[-1][1]
        assert enter(key=key, code=f" {code} ", remote="", at=at) == account
        with pytest.raises(CodeRefused):
            enter(key=key, code=code, remote="", at=at)
        assert Record.objects.filter(verb="exchange.signed_in").count() == 1

    def test_with_a_wrong_code_costs_a_try_until_none_is_left(self, account, sent, at, settings):
        key = ask(at)
        code = sent[-1][1]
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _ in range(settings.HUIYIN_ACCESS["tries"]):
            with pytest.raises(CodeRefused):
                enter(key=key, code=wrong, remote="", at=at)
        with pytest.raises(CodeRefused):
            enter(key=key, code=code, remote="", at=at)

    def test_after_five_minutes_is_refused(self, account, sent, at):
        key = ask(at)
        with pytest.raises(CodeRefused):
            enter(key=key, code=sent[-1][1], remote="", at=at + timedelta(minutes=5))

    def test_a_closed_account_is_refused(self, account, sent, at):
        key = ask(at)
        close_account(account=account, actor=SYSTEM, at=at)
        with pytest.raises(CodeRefused):
            enter(key=key, code=sent[-1][1], remote="", at=at)

    def test_says_the_same_for_every_reason(self, account, sent, at):
        sentences = set()
        for phone, code in ((PHONE, "x"), (STRANGER, "000000")):
            with pytest.raises(CodeRefused) as refused:
                enter(key=ask(at, phone=phone), code=code, remote="", at=at)
            sentences.add(str(refused.value))
        with pytest.raises(CodeRefused) as refused:
            enter(key="no such key", code="000000", remote="", at=at)
        assert sentences == {str(refused.value)}


class TestForgettingCodes:
    def test_keeps_those_that_still_count(self, account, sent, at):
        ask(at)
        later = at + timedelta(days=1, seconds=1)
        ask(later)
        assert forget_codes(later) == 1
        assert AccessCode.objects.count() == 1
        assert forget_codes(later) == 0

"""Accounts and cards."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from huiyin.audit.actors import SYSTEM
from huiyin.exchange import registry
from huiyin.exchange.models import Card, CardFile
from huiyin.exchange.operations import (
    CardContent,
    PhoneTaken,
    close_account,
    forget_copies,
    mark_read,
    open_account,
    read_copy,
    withdraw,
)  # fmt: skip
from huiyin.exchange.operations.copies import folder
from huiyin.exchange.queries import account_of, card_of, cards_of, file_of, unread_count
from huiyin.exchange.tests.conftest import PHONE


def open_for(key, phone, at):
    return open_account(
        person_key=key, label="李样本代表", phone=phone, office="", office_phone="", actor=SYSTEM, at=at
    )


class TestAnAccount:
    def test_is_opened_once_a_person_and_follows_a_new_phone(self, account, at):
        again = open_for("p:1", "10000000099", at)
        assert again == account
        assert account_of("p:1").phone == "10000000099"

    def test_may_not_share_its_phone(self, account, at):
        with pytest.raises(PhoneTaken):
            open_for("p:2", PHONE, at)
        close_account(account=account, actor=SYSTEM, at=at)
        assert open_for("p:2", PHONE, at).person_key == "p:2"
        assert account_of("p:1") is None

    def test_finds_its_cards_when_it_opens(self, db, at, monkeypatch):
        monkeypatch.setattr(registry, "_opened", [])
        told = []
        registry.register_opened(lambda account, *, at: told.append(account.person_key))
        open_for("p:5", "10000000055", at)
        open_for("p:5", "10000000056", at)
        assert told == ["p:5"]


class TestPublishingACard:
    def test_again_with_the_same_content_changes_nothing(self, make_card, at):
        first = make_card()
        again = make_card(at=at + timedelta(hours=1))
        assert (again.pk, again.version, again.published_at) == (first.pk, 1, at)
        assert CardFile.objects.count() == 1

    def test_with_other_content_makes_its_next_version_unread(self, account, make_card, at):
        mark_read(account=account, card=make_card(), at=at)
        assert unread_count(account, "tests.card") == 0
        card = make_card(body={"n": 2})
        assert (card.version, card.body) == (2, {"n": 2})
        assert unread_count(account, "tests.card") == 1

    def test_carries_its_own_copy_of_a_file(self, make_card):
        row = make_card().files.get()
        assert read_copy(row) == b"%PDF-1.7 letter"

    def test_keeps_the_address_of_a_file_that_stays(self, make_card):
        before = make_card().files.get().public_id
        more = CardContent(name="附件.pdf", media_type="application/pdf", content=b"%PDF-1.7 more")
        letter = CardContent(name="答复函.pdf", media_type="application/pdf", content=b"%PDF-1.7 letter")
        card = make_card(files=[letter, more])
        assert {row.name for row in card.files.all()} == {"答复函.pdf", "附件.pdf"}
        assert card.files.get(name="答复函.pdf").public_id == before

    def test_is_for_its_account_alone(self, account, make_card, at):
        card = make_card()
        other = open_for("p:2", "10000000002", at)
        assert card_of(other, card.public_id) is None
        assert file_of(other, card.files.get().public_id) is None
        assert list(cards_of(other, "tests.card")) == []
        assert card_of(account, card.public_id) == card

    def test_for_everyone_is_for_everyone_once(self, account, make_card):
        card = make_card(account=None, key="front")
        assert make_card(account=None, key="front") == card
        assert card_of(account, card.public_id) == card


class TestWithdrawingACard:
    def test_leaves_nothing_to_read(self, account, make_card, at):
        card = make_card()
        file = card.files.get()
        assert withdraw(account=account, kind="tests.card", key="matter:1", at=at)
        assert card_of(account, card.public_id) is None
        assert file_of(account, file.public_id) is None
        assert Card.objects.get(pk=card.pk).body == {}
        assert not withdraw(account=account, kind="tests.card", key="matter:1", at=at)

    def test_lets_the_same_card_come_back(self, account, make_card, at):
        card = make_card()
        withdraw(account=account, kind="tests.card", key="matter:1", at=at)
        assert make_card().version == 3
        assert card_of(account, card.public_id).files.count() == 1


class TestForgettingCopies:
    def test_deletes_what_no_card_carries_once_it_is_a_day_old(self, account, make_card, at):
        make_card(files=[CardContent(name="a.pdf", media_type="application/pdf", content=b"%PDF kept")])
        gone = CardContent(name="b.pdf", media_type="application/pdf", content=b"%PDF gone")
        row = make_card(key="matter:2", files=[gone]).files.get()
        withdraw(account=account, kind="tests.card", key="matter:2", at=at)
        for path in folder().glob("*/*"):
            os.utime(path, (at.timestamp(), at.timestamp()))
        assert forget_copies(at + timedelta(hours=23)) == 0
        assert (folder() / row.path).exists()
        assert forget_copies(at + timedelta(hours=25)) >= 1
        assert not (folder() / row.path).exists()
        assert read_copy(CardFile.objects.get()) == b"%PDF kept"

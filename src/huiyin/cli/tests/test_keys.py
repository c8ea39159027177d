"""`huiyin keys`: a new key, every value moved to it, the old one forgotten."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from tests.support.deputies import deputies  # noqa: F401  # a fixture

from huiyin.audit.models import Record
from huiyin.cli.main import main, parser
from huiyin.config import rotation
from huiyin.config.indexes import FADING, REBUILT
from huiyin.exchange.models import OutsideAccount
from huiyin.exchange.operations import open_account
from huiyin.kernel.crypto import key_id_of
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.kernel.keyring import KeyRing, KeyRingFile, Suite
from huiyin.messaging.models import Message
from huiyin.organisations.models import CongressBody
from huiyin.people.models import ContactPoint
from huiyin.people.operations import find_by_phone
from huiyin.web.clock import now
from huiyin.web.heartbeat import beat

PHONE = "10000000001"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    """A key ring of the test's own, and a home without a worker."""
    settings.HUIYIN_HOME = tmp_path
    KeyRing.new().save(tmp_path / "keys.json")
    settings.HUIYIN_KEY_RING = KeyRingFile(tmp_path / "keys.json")
    return settings.HUIYIN_KEY_RING


@pytest.fixture
def secrets(world, deputies, at):  # noqa: F811
    """An encrypted value in several rooms."""
    actor = world.act("officer_wang")
    common = {"office": "", "office_phone": "", "actor": actor, "at": at}
    open_account(person_key=f"p:{deputies['zhang'].pk}", label="张示例", phone=PHONE, **common)
    CongressBody.objects.filter(pk=world.bodies["congress"].pk).update(contact_phone="10000000088")
    now_at = {"event_key": "e", "recipient_key": "r", "channel": "sms", "created_at": at, "next_at": at}
    Message.objects.create(secret_body="验证码 123456", address=PHONE, address_index="x", **now_at)


def run(*words):
    return main(["keys", *words])


def clear_texts():
    """Every encrypted value of the house, as it reads."""
    return {
        column.aad: list(place.rows.values_list("pk", column.name))
        for place in rotation.places()
        for column in place.columns
    }


def keys_used():
    return set(rotation.holdings())


class TestEveryEncryptedColumn:
    def test_is_found_in_whatever_app_it_stands(self):
        declared = {
            field.aad
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.local_fields
            if isinstance(field, EncryptedTextField)
        }
        assert {column.aad for place in rotation.places() for column in place.columns} == declared
        assert "imports_batchrow.secrets" in declared


class TestEveryBlindIndex:
    def test_is_rebuilt_or_known_to_fade(self):
        declared = {
            (model._meta.label, field.name)
            for model in apps.get_models()
            for field in model._meta.local_fields
            if isinstance(field, BlindIndexField)
        }
        assert {(each.model, each.column) for each in REBUILT} | set(FADING) == declared

    def test_is_computed_from_an_encrypted_column(self):
        for each in REBUILT:
            assert isinstance(apps.get_model(each.model)._meta.get_field(each.source), EncryptedTextField)


class TestANewKey:
    def test_is_used_from_now_on_while_old_values_still_open(self, secrets, ring, capsys):
        before = clear_texts()
        assert run("add") == 0
        assert ring().current_key.key_id == 2
        assert clear_texts() == before
        assert keys_used() == {1}
        OutsideAccount.objects.update(phone="10000000077")
        assert keys_used() == {1, 2}
        assert "另存" in capsys.readouterr().out

    def test_may_be_of_the_chinese_algorithm(self, db, ring):
        assert run("add", "--suite", "gm") == 0
        assert ring().current_key.algorithm.name == "SM4_GCM"

    def test_leaves_a_record_without_a_secret(self, db, ring):
        run("add")
        record = Record.objects.get(verb="config.keys_changed")
        assert record.facts == {"change": "added 2"}


class TestTheList:
    def test_counts_what_each_key_holds_and_shows_no_value(self, secrets, capsys):
        run("add")
        OutsideAccount.objects.update(phone="10000000077")
        capsys.readouterr()
        assert run("list") == 0
        said = capsys.readouterr().out
        assert "密钥 2（现用）\tAES_256_GCM\t1 个值" in said
        assert "\texchange_outsideaccount.phone\t1" in said
        assert f"\tpeople_contactpoint.value\t{ContactPoint.objects.count()}" in said
        assert "10000000" not in said

    def test_misses_a_key_that_the_file_has_lost(self, secrets, ring, capsys):
        run("add")
        KeyRing(ring().keys[1:], ring().index_algorithm, ring().index_secret).save(ring.path)
        assert run("list") == 1
        assert "密钥 1 不在密钥文件里" in capsys.readouterr().err


class TestARotation:
    def test_moves_every_value_and_changes_none(self, secrets, ring, monkeypatch):
        monkeypatch.setattr(rotation, "CHUNK", 2)
        before = clear_texts()
        assert sum(len(rows) for rows in before.values()) > 8
        run("add", "--suite", "gm")
        assert run("rotate") == 0
        assert keys_used() == {2}
        assert clear_texts() == before
        assert rotation.waiting() == 0

    def test_keeps_empty_and_erased_values(self, secrets):
        Message.objects.update(secret_body="", address=None)
        run("add")
        run("rotate")
        message = Message.objects.get()
        assert (message.secret_body, message.address) == ("", None)

    def test_says_so_when_there_is_nothing_to_do(self, secrets, capsys):
        assert run("rotate") == 0
        assert "没有改动" in capsys.readouterr().out
        assert not Record.objects.filter(verb="config.values_moved").exists()

    def test_leaves_a_value_alone_that_does_not_open_and_names_its_row(self, secrets, capsys):
        account = OutsideAccount.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("SELECT phone FROM exchange_outsideaccount")
            stored = bytes(cursor.fetchone()[0])
            broken = stored[:-1] + bytes([stored[-1] ^ 1])
            cursor.execute("UPDATE exchange_outsideaccount SET phone = %s", [broken])
        run("add")
        assert run("rotate") == 1
        assert f"exchange_outsideaccount.phone {account.pk}" in capsys.readouterr().err
        with connection.cursor() as cursor:
            cursor.execute("SELECT phone FROM exchange_outsideaccount")
            assert bytes(cursor.fetchone()[0]) == broken
        assert key_id_of(broken) == 1

    def test_shows_how_far_it_has_come(self, secrets, capsys):
        run("add")
        run("rotate")
        assert "正在改用新密钥 100%" in capsys.readouterr().err


class TestANewIndexKey:
    def test_finds_everybody_again(self, secrets, ring, world, deputies, at):  # noqa: F811
        before = dict(ContactPoint.objects.values_list("pk", "blind_index"))
        assert run("rotate", "--index") == 0
        after = dict(ContactPoint.objects.values_list("pk", "blind_index"))
        assert before.keys() == after.keys()
        assert not set(before.values()) & set(after.values())
        found = find_by_phone(phone=PHONE, actor=world.act("officer_wang"), at=at)
        assert [person.pk for person in found] == [deputies["zhang"].pk]
        assert len(ring().former_indexes) == 1
        assert not rotation.index_is_stale()

    def test_goes_on_where_it_was_cut_off(self, secrets, ring, monkeypatch):
        monkeypatch.setattr(rotation, "CHUNK", 2)

        def cut_off(count):
            raise KeyboardInterrupt

        ring.change(KeyRing.with_new_index)
        with pytest.raises(KeyboardInterrupt):
            rotation.rebuild_indexes(at=now(), progress=cut_off)
        assert rotation.index_is_stale()
        mark = ring().index_secret
        assert run("rotate", "--index") == 0  # the same command again takes no third key
        assert ring().index_secret == mark
        assert not rotation.index_is_stale()
        for each in REBUILT:
            assert all(each.of(row) == getattr(row, each.column) for row in rotation._indexed(each))

    def test_waits_until_the_house_is_closed(self, secrets, ring, capsys):
        beat(now())
        assert run("rotate", "--index") == 1
        assert "停止服务" in capsys.readouterr().err
        assert ring().former_indexes == ()

    def test_is_noticed_when_a_backup_of_before_comes_back(self, secrets, ring):
        run("rotate", "--index")
        assert not rotation.index_is_stale()
        ring.change(lambda ring: KeyRing.new(Suite.INTERNATIONAL))
        assert rotation.index_is_stale()


class TestAnOldKey:
    def long_ago(self, ring):
        past = (now() - timedelta(hours=2)).timestamp()
        os.utime(ring.path, (past, past))

    def test_is_dropped_once_nothing_needs_it(self, secrets, ring):
        run("add")
        run("rotate")
        self.long_ago(ring)
        before = clear_texts()
        assert run("drop", "1") == 0
        assert [key.key_id for key in ring().keys] == [2]
        assert clear_texts() == before

    @pytest.mark.parametrize(
        ("key_id", "sentence"), [("1", "个值用密钥 1 加密"), ("2", "是现用的"), ("9", "没有编号为 9")]
    )
    def test_stays_while_anything_needs_it(self, secrets, ring, capsys, key_id, sentence):
        run("add")
        self.long_ago(ring)
        assert run("drop", key_id) == 1
        assert sentence in capsys.readouterr().err
        assert len(ring().keys) == 2

    def test_stays_for_an_hour_in_any_case(self, secrets, ring, capsys):
        run("add")
        run("rotate")
        assert run("drop", "1") == 1
        assert "一小时" in capsys.readouterr().err


class TestTheCommandLine:
    def test_takes_an_index_algorithm_with_a_new_index_only(self, db, capsys):
        assert run("rotate", "--suite", "gm") == 2
        assert "--index" in capsys.readouterr().err

    def test_knows_its_verbs(self):
        assert parser().parse_args(["keys", "list"]).run

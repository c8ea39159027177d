"""Sealing, and the verification that names the first record changed, removed or slipped in."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from huiyin.audit import seals
from huiyin.audit.models import Record, Seal
from huiyin.audit.scope import digest_of
from huiyin.audit.seals import seal_digest, seal_records, verify
from huiyin.audit.tests.conftest import act
from huiyin.cli import audit as command


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 3)


class TestSealRecords:
    def test_seals_everything_waiting_in_batches(self, acts, at, small_batches):
        ids = [row.pk for row in acts(7)]
        assert seal_records(at) == 7
        assert [seal.record_ids for seal in Seal.objects.order_by("number")] == [ids[:3], ids[3:6], ids[6:]]

    def test_chains_each_seal_to_the_one_before(self, acts, at, small_batches):
        acts(5)
        seal_records(at)
        first, second = Seal.objects.order_by("number")
        assert (first.previous, second.previous) == ("", first.digest)

    def test_seals_nothing_twice(self, acts, at):
        acts(2)
        seal_records(at)
        assert seal_records(at) == 0
        assert Seal.objects.count() == 1


class TestVerify:
    def test_finds_all_well(self, acts, at, small_batches):
        acts(4)
        seal_records(at)
        acts(1)
        verdict = verify()
        assert (verdict.broken, verdict.seals, verdict.sealed, verdict.unsealed) == ("", 2, 4, 1)

    def test_finds_all_well_in_an_empty_house(self, db):
        assert verify().broken == ""

    def test_names_the_first_changed_record(self, acts, at, tamper, small_batches):
        rows = acts(5)
        seal_records(at)
        for row in (rows[3], rows[1]):
            tamper("UPDATE audit_record SET actor_label = %s WHERE id = %s", ["别人", row.pk])
        assert verify().record_id == rows[1].pk
        assert "被改动过" in verify().broken

    def test_names_a_changed_record_whose_own_digest_was_renewed(self, acts, at, tamper):
        row = acts(3)[1]
        seal_records(at)
        row.actor_label = "别人"
        tamper(
            "UPDATE audit_record SET actor_label = %s, digest = %s WHERE id = %s",
            ["别人", digest_of(row, parent_key=""), row.pk],
        )
        assert verify().record_id == row.pk

    def test_names_a_removed_record(self, acts, at, tamper):
        rows = acts(3)
        seal_records(at)
        tamper("DELETE FROM audit_record WHERE id = %s", [rows[2].pk])
        assert (verify().record_id, verify().broken) == (rows[2].pk, f"第{rows[2].pk}号记录被删除")

    def test_names_a_record_slipped_in(self, acts, at, tamper):
        rows = acts(3)
        tamper("DELETE FROM audit_record WHERE id = %s", [rows[1].pk])  # never sealed: leaves a gap to slip into
        seal_records(at)
        rows[1].save(force_insert=True)
        assert verify().record_id == rows[1].pk
        assert "事后插入" in verify().broken

    def test_names_a_changed_record_not_sealed_yet(self, acts, tamper):
        row = acts(1)[0]
        tamper("UPDATE audit_record SET verb = %s WHERE id = %s", ["tests.else", row.pk])
        assert verify().record_id == row.pk

    def test_misses_no_removed_seal(self, acts, at, tamper, small_batches):
        acts(7)
        seal_records(at)
        tamper("DELETE FROM audit_seal WHERE number = %s", [2])
        assert verify().broken == "第2批封存不见了"

    def test_misses_no_changed_seal(self, acts, at, tamper, small_batches):
        acts(4)
        seal_records(at)
        tamper("UPDATE audit_seal SET sealed_at = %s WHERE number = %s", ["2001-01-01 00:00:00+00:00", 1])
        assert verify().broken == "第1批封存被改动过"

    def test_knows_a_rewritten_history_by_its_anchor(self, acts, at, tamper):
        row = acts(2)[0]
        seal_records(at)
        seal = Seal.objects.get()
        anchor = {1: seal.digest}
        assert verify(anchors=anchor).broken == ""
        row.actor_label = "别人"
        row.digest = digest_of(row, parent_key="")
        tamper("UPDATE audit_record SET actor_label='别人', digest=%s WHERE id=%s", [row.digest, row.pk])
        seal.record_digests[0] = row.digest
        tamper("DELETE FROM audit_seal WHERE number = %s", [1])
        seal.digest = seal_digest(seal)
        seal.pk = None
        seal.save(force_insert=True)
        assert verify().broken == ""  # every digest was made anew
        assert "整体改写" in verify(anchors=anchor).broken

    def test_knows_that_the_last_seals_were_cut_off_by_an_anchor(self, acts, at, tamper):
        acts(1)
        seal_records(at)
        digest = Seal.objects.get().digest
        tamper("DELETE FROM audit_seal WHERE number = %s", [1])
        assert "不见了" in verify(anchors={1: digest}).broken


class TestTheCommand:
    def test_prints_counts_and_the_last_digest_only(self, acts, at, capsys):
        acts(2)
        seal_records(at)
        assert command.verify(SimpleNamespace(anchor=[])) == 0
        assert "1批封存，2条已封存，0条待封存" in (said := capsys.readouterr().out)
        assert Seal.objects.get().digest in said
        assert "一件事" not in said

    def test_fails_when_something_is_broken(self, acts, tamper, capsys):
        tamper("UPDATE audit_record SET verb = 'x.y' WHERE id = %s", [acts(1)[0].pk])
        assert command.verify(SimpleNamespace(anchor=[])) == 1
        assert "被改动过" in capsys.readouterr().err

    def test_reads_anchors_or_says_how_they_are_written(self, db, capsys):
        assert command.verify(SimpleNamespace(anchor=["十二"])) == 2
        assert "批号:摘要" in capsys.readouterr().err


@pytest.mark.committed
class TestSealersAndWritersAtOnce:
    def test_seal_every_record_exactly_once(self, committed_db, at):
        start = threading.Barrier(4)

        def run(work):
            start.wait()
            try:
                for _ in range(12):
                    work()
            finally:
                connection.close()

        works = [lambda: act(at=at), lambda: act(at=at), lambda: seal_records(at), lambda: seal_records(at)]
        threads = [threading.Thread(target=run, args=[work]) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seal_records(at)
        listed = [pk for seal in Seal.objects.order_by("number") for pk in seal.record_ids]
        assert listed == list(Record.objects.order_by("pk").values_list("pk", flat=True))
        assert len(listed) == 24
        assert verify().broken == ""

    def test_wait_for_a_record_that_is_written_but_not_committed(self, committed_db, at):
        written, sealed = threading.Event(), threading.Event()
        done: list[int] = []

        def seal() -> None:
            written.wait()
            done.append(seal_records(at))
            sealed.set()
            connection.close()

        sealer = threading.Thread(target=seal)
        sealer.start()
        with transaction.atomic():
            act(at=at)
            written.set()
            sealed.wait(0.3)  # time enough for a sealer that does not wait to find nothing
        sealer.join()
        assert done == [1]

"""Letting a list in."""

from __future__ import annotations

import pytest

from huiyin.audit.models import Record
from huiyin.files.operations import examine
from huiyin.files.tests import samples
from huiyin.imports.models import Batch
from huiyin.imports.operations import (
    BatchMovedOn,
    attach_originals,
    choose,
    continue_waiting,
    flip,
    go_on,
    match_original,
    restage,
)
from huiyin.imports.operations.flipping import BadRowsLeft, NothingChosen, RowRefused, StalePreview
from huiyin.imports.queries import counts
from huiyin.organisations.models import CongressBody
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def flipped(world, at):
    def act(batch, version=1):
        return flip(batch=batch, version=version, actor=world.act("officer_wang"), at=at)

    return act


def shells_kept() -> list[str]:
    found = CongressBody.objects.filter(name__startswith="贝").order_by("id")
    return [f"{body.name.removeprefix('贝')}{body.contact_name}" for body in found]


class TestAList:
    def test_goes_in_with_one_root_record_and_its_counts(self, staged, flipped):
        batch = flipped(staged(["甲1", "白"], ["甲2", "花"]))
        assert (batch.status, batch.applied_count) == ("done", 2)
        assert shells_kept() == ["甲1白", "甲2花"]
        root = Record.objects.get(verb="imports.flipped")
        assert root.facts == {"going_in": 2, "new": 2, "equal": 0, "original": 0, "changed": 0, "bad": 0}
        assert [child.verb for child in root.children.all()] == ["shells.kept"] * 2
        assert all(row.target_key for row in batch.rows.all())

    def test_goes_in_once(self, staged, flipped):
        batch = flipped(staged(["甲1", "白"]))
        for version in (1, 2):
            with pytest.raises(BatchMovedOn):
                flipped(batch, version)

    def test_goes_in_whole_or_not_at_all(self, staged, flipped):
        batch = staged(["甲1", "白"], ["甲2", None])
        with pytest.raises(BadRowsLeft, match="还有 1 行有错"):
            flipped(batch)
        assert shells_kept() == []
        assert Batch.objects.get().status == "preview"

    def test_goes_in_without_its_bad_rows_when_someone_says_so(self, staged, flipped, world, at):
        batch = staged(["甲1", "白"], ["甲2", None])
        choose(batch=batch, lines=None, set_bad_aside=True, version=1, actor=world.act("officer_wang"), at=at)
        assert flipped(batch, 2).applied_count == 1
        assert shells_kept() == ["甲1白"]

    def test_goes_in_by_the_rows_chosen(self, staged, flipped, world, at):
        batch = staged(["甲1", "白"], ["甲2", "花"], ["甲3", None])
        choose(batch=batch, lines={3, 4}, set_bad_aside=True, version=1, actor=world.act("officer_wang"), at=at)
        assert not batch.rows.get(line=4).chosen  # bad rows are no choice
        flipped(batch, 2)
        assert shells_kept() == ["甲2花"]

    def test_leaves_nothing_behind_when_a_row_is_refused(self, staged, flipped):
        batch = staged(["甲1", "白"], ["甲2", "拒收"])
        with pytest.raises(RowRefused, match="第3行：这枚贝壳不收。整份清单都没有导入。"):
            flipped(batch)
        assert shells_kept() == []
        assert not Record.objects.filter(verb__in=["imports.flipped", "shells.kept"]).exists()

    def test_is_not_let_in_by_another_office(self, staged, world, at):
        with pytest.raises(NotAllowed):
            flip(batch=staged(["甲1", "白"]), version=1, actor=world.act("officer_li"), at=at)


class TestACorrectedList:
    @pytest.fixture(autouse=True)
    def first(self, staged, flipped):
        flipped(staged(["甲1", "白"], ["甲2", "花"]))

    def test_skips_equal_rows_and_shows_changes_to_confirm(self, staged, flipped):
        batch = staged(["甲1", "白"], ["甲2", "紫"], ["甲3", "新"])
        assert counts(batch) == {"new": 1, "equal": 1, "original": 0, "changed": 1, "bad": 0}
        assert batch.rows.get(verdict="changed").changes == [
            {"field": "name", "label": "名称", "old": "花", "new": "紫"}
        ]
        flipped(batch)
        assert shells_kept() == ["甲1白", "甲2紫", "甲3新"]

    def test_with_nothing_new_is_said_to_be_so(self, staged, flipped):
        with pytest.raises(NothingChosen):
            flipped(staged(["甲1", "白"]))

    def test_is_stopped_when_the_house_moved_on_since_the_preview(self, staged, flipped, world, at):
        batch = staged(["甲2", "紫"], ["甲3", "新"])
        CongressBody.objects.filter(name="贝甲2").update(contact_name="绿")
        with pytest.raises(StalePreview, match="第2行"):
            flipped(batch)
        batch = restage(batch=batch, version=1, actor=world.act("officer_wang"), at=at)
        assert batch.rows.get(line=2).changes[0]["old"] == "绿"
        assert flipped(batch, 2).status == "done"


class TestALongList:
    ROWS = tuple([f"号{n}", "拒收" if n == 45 else "贝"] for n in range(1, 51))

    def test_begins_at_once_and_goes_on_in_chunks_under_the_same_root(self, staged, flipped):
        batch = flipped(staged(*self.ROWS))
        assert (batch.status, batch.cursor, len(shells_kept())) == ("flipping", 21, 20)
        assert go_on(batch_id=batch.pk) is True
        assert go_on(batch_id=batch.pk) is False
        batch.refresh_from_db()
        assert (batch.status, batch.applied_count, len(shells_kept())) == ("done", 49, 49)
        root = Record.objects.get(verb="imports.flipped")
        assert root.children.count() == 50
        assert not Record.objects.filter(parent=None, verb="shells.kept").exists()

    def test_sets_a_row_aside_that_is_refused_later(self, staged, flipped):
        batch = flipped(staged(*self.ROWS))
        assert continue_waiting() == 1
        assert [row.sentences for row in batch.rows.filter(verdict="bad")] == [["第46行：这枚贝壳不收。"]]

    def test_resumes_where_a_crash_left_it(self, staged, flipped, monkeypatch, shells):
        from dataclasses import replace

        from huiyin.imports import registry

        flipped(staged(*self.ROWS))
        seen = []

        def crash(row, context, actor):
            seen.append(row.line)
            if len(seen) == 3:
                raise KeyboardInterrupt
            return shells.apply(row, context, actor)

        monkeypatch.setitem(registry._kinds, shells.code, replace(shells, apply=crash))
        with pytest.raises(KeyboardInterrupt):
            continue_waiting()
        assert len(shells_kept()) == 20
        assert continue_waiting() == 1
        assert continue_waiting() == 0
        assert len(shells_kept()) == 49


class TestWordOriginals:
    @pytest.fixture
    def batch(self, staged):
        return staged(["162001", "甲"], ["闭160002", "乙"], ["160002", "丙"])

    def attach(self, batch, world, at, *names):
        files = [examine(content=samples.word(name), name=name) for name in names]
        return attach_originals(batch=batch, files=files, version=batch.version, actor=world.act("officer_wang"), at=at)

    def test_find_their_rows_by_the_number_in_their_names(self, batch, world, at):
        names = ["第162001号建议（甲）.docx", "闭160002 乙.docx", "建议1620012.docx"]
        listed = self.attach(batch, world, at, *names)
        assert [found.row.line if found.row else None for found in listed] == [2, 3, None]

    def test_can_be_pointed_to_a_row_by_hand_and_away(self, batch, world, at):
        (listed,) = self.attach(batch, world, at, "没有编号.docx")
        by = {"batch": batch, "listed": listed, "actor": world.act("officer_wang"), "at": at}
        match_original(**by, line=4, version=2)
        assert batch.rows.get(line=4).original == listed.file
        match_original(**by, line=None, version=3)
        assert batch.rows.get(line=4).original is None

    def test_stay_with_their_rows_when_the_list_is_read_again(self, batch, world, at):
        (listed,) = self.attach(batch, world, at, "162001.docx")
        batch = restage(batch=batch, version=2, actor=world.act("officer_wang"), at=at)
        assert batch.rows.get(line=2).original == listed.file

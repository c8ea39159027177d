"""The list first, the Word originals a week later with the same list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.support.lists import GOOD, SECOND, original, staged_list
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.files.operations import examine
from huiyin.imports.models import Batch
from huiyin.imports.operations import attach_originals, choose, flip, match_original, restage
from huiyin.imports.operations.flipping import NothingChosen, StalePreview
from huiyin.imports.queries import counts
from huiyin.matters.models import Matter
from huiyin.matters.rules import Status

WORD = original("校园周边建议的原文。")


class Later:
    """The list comes in, and comes again."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world, self.at = world, at

    def again(self, *rows: Any, files: dict[str, bytes]) -> Batch:
        self.at += timedelta(days=7)
        batch = staged_list(self.world, self.at, *(rows or (GOOD, SECOND)))
        return self.attach(batch, files)

    def attach(self, batch: Batch, files: dict[str, bytes]) -> Batch:
        examined = [examine(content=content, name=name) for name, content in files.items()]
        attach_originals(batch=batch, files=examined, version=batch.version, actor=self.officer, at=self.at)
        batch.refresh_from_db()
        return batch

    def flip(self, batch: Batch) -> None:
        flip(batch=batch, version=batch.version, actor=self.officer, at=self.at)

    @property
    def officer(self) -> Any:
        return self.world.act("officer_wang")


@pytest.fixture
def later(in_force: World, at: datetime) -> Later:
    flow = Later(in_force, at)
    flow.flip(staged_list(in_force, at, GOOD, SECOND))
    return flow


def _originals(number: str = "162001") -> list[str]:
    files = Matter.objects.get(external_number=number).attachments.filter(kind="original").order_by("id")
    return [each.file.name for each in files.select_related("file")]


class TestAnOriginal:
    def test_is_given_to_the_suggestion_that_has_none(self, later: Later) -> None:
        batch = later.again(files={"第162001号.docx": WORD})
        assert counts(batch) == {"new": 0, "equal": 1, "original": 1, "changed": 0, "bad": 0}
        later.flip(batch)
        assert (_originals("162001"), _originals("162002")) == (["第162001号.docx"], [])
        note = Record.objects.get(verb="matters.attached")
        assert (note.facts["files"], note.parent.verb) == (["第162001号.docx"], "imports.flipped")

    def test_that_is_there_already_is_skipped_under_any_name(self, later: Later) -> None:
        later.flip(later.again(files={"第162001号.docx": WORD}))
        batch = later.again(files={"162001（再送）.docx": WORD})
        assert counts(batch)["equal"] == 2
        with pytest.raises(NothingChosen):
            later.flip(batch)
        assert _originals() == ["第162001号.docx"]

    def test_that_differs_is_a_change_to_confirm_and_the_first_stays(self, later: Later) -> None:
        later.flip(later.again(files={"第162001号.docx": WORD}))
        batch = later.again(files={"162001 修改.docx": original("改过的原文。")})
        change = batch.rows.get(verdict="changed").changes
        assert [(each["label"], each["old"]) for each in change] == [("原文", "第162001号.docx")]
        assert change[0]["new"] == "162001 修改.docx（加进材料，原有的保留）"
        later.flip(batch)
        assert _originals() == ["第162001号.docx", "162001 修改.docx"]

    def test_is_left_out_where_a_person_does_not_confirm_it(self, later: Later) -> None:
        batch = later.again(("162009", *GOOD[1:]), GOOD, files={"第162001号.docx": WORD})
        choose(batch=batch, lines={2}, set_bad_aside=False, version=batch.version, actor=later.officer, at=later.at)
        later.flip(batch)
        assert (_originals("162001"), Matter.objects.count()) == ([], 3)

    def test_comes_with_other_changes_of_its_row(self, later: Later) -> None:
        batch = later.again((GOOD[0], "关于治理校园周边电子烟的建议", *GOOD[2:]), files={"162001.docx": WORD})
        assert [change["field"] for change in batch.rows.get().changes] == ["title", "original"]
        later.flip(batch)
        assert (_originals(), Matter.objects.get(external_number="162001").title) == (
            ["162001.docx"], "关于治理校园周边电子烟的建议",
        )  # fmt: skip

    def test_may_be_pointed_to_its_row_by_hand_and_away(self, later: Later) -> None:
        batch = later.again(files={"原文.docx": WORD})
        listed = batch.files.get()
        for line, wanted in ((2, 1), (None, 0)):
            match_original(
                batch=batch, listed=listed, line=line, version=batch.version, actor=later.officer, at=later.at
            )
            batch.refresh_from_db()
            assert counts(batch)["original"] == wanted

    def test_pointed_to_by_hand_stays_so_when_the_list_is_read_again(self, later: Later) -> None:
        batch = later.again(files={"原文.docx": WORD})
        match_original(
            batch=batch, listed=batch.files.get(), line=3, version=batch.version, actor=later.officer, at=later.at
        )
        batch.refresh_from_db()
        batch = restage(batch=batch, version=batch.version, actor=later.officer, at=later.at)
        assert (counts(batch)["original"], batch.rows.get(verdict="original").line) == (1, 3)

    def test_is_the_first_of_two_for_one_row_the_other_stays_loose(self, later: Later) -> None:
        batch = later.again(files={"162001.docx": WORD, "162001 附件.docx": original("附件。")})
        assert [each.row.line if each.row else None for each in batch.files.order_by("id")] == [2, None]

    def test_finds_its_row_though_a_spreadsheet_dropped_zeros(self, later: Later) -> None:
        batch = later.again(("23", *GOOD[1:]), files={"第0023号建议.docx": WORD})
        assert batch.rows.get().original is not None

    def test_given_by_a_colleague_meanwhile_stops_the_list(self, later: Later) -> None:
        first, second = (later.again(files={"162001.docx": WORD}) for _ in range(2))
        later.flip(first)
        with pytest.raises(StalePreview):
            later.flip(second)

    def test_comes_too_late_for_what_is_archived(self, later: Later) -> None:
        Matter.objects.filter(external_number="162001").update(status=Status.ARCHIVED, is_open=False)
        assert counts(later.again(files={"162001.docx": WORD}))["original"] == 0

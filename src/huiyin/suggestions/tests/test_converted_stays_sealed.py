"""What went to a case inquiry does not come back: not by the list, not by a correction, not as an original."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.support.conversions import CASE, converted_part, converted_whole
from tests.support.lists import GOOD, original, staged_list
from tests.support.world import World

from huiyin.files.operations import examine, store
from huiyin.imports.operations import attach_originals, flip
from huiyin.imports.operations.flipping import NothingChosen
from huiyin.matters.models import Matter
from huiyin.matters.operations.attachments import OriginalSealed, add_attachments
from huiyin.suggestions.operations.correct import Converted, correct_suggestion, facts_now

ROW = ("162001", f"关于{CASE}及进度告知的建议", *GOOD[2:])
ROADS = {"part": converted_part, "whole": converted_whole}


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    """Came in with a list, the case in its title."""
    batch = staged_list(in_force, at, ROW)
    flip(batch=batch, version=batch.version, actor=in_force.act("officer_wang"), at=at)
    return Matter.objects.get(external_number="162001", kind="suggestion")


@pytest.mark.parametrize("extent", ROADS)
class TestAConvertedSuggestion:
    def test_takes_nothing_of_the_same_list_again(
        self, matter: Matter, in_force: World, at: datetime, extent: str
    ) -> None:
        ROADS[extent](in_force, matter, at)
        later, officer = at + timedelta(days=7), in_force.act("officer_wang")
        batch = staged_list(in_force, later, ROW)
        word = examine(content=original(f"{CASE}为何没有结果"), name="第162001号.docx")
        attach_originals(batch=batch, files=[word], version=batch.version, actor=officer, at=later)
        batch.refresh_from_db()
        row = batch.rows.get()
        assert (row.changes, len([each for each in row.notes if "不再写入" in each["sentence"]])) == ([], 1)
        with pytest.raises(NothingChosen):
            flip(batch=batch, version=batch.version, actor=officer, at=later)
        matter.refresh_from_db()
        assert (CASE in matter.title, matter.attachments.exists()) == (False, False)

    def test_takes_no_corrected_title_and_no_original(
        self, matter: Matter, in_force: World, at: datetime, extent: str
    ) -> None:
        ROADS[extent](in_force, matter, at)
        matter.refresh_from_db()
        officer = in_force.act("officer_wang")
        with pytest.raises(Converted, match="不能再更正"):
            correct_suggestion(
                matter=matter, correction=replace(facts_now(matter), title=f"关于{CASE}的建议"), reason="更正",
                actor=officer, version=matter.version, at=at,
            )  # fmt: skip
        word = store(
            content=original(CASE), name="原文.docx", procuratorate=in_force.city, actor_key=officer.key, at=at
        )
        with pytest.raises(OriginalSealed, match="随之密封"):
            add_attachments(matter=matter, kind="original", files=[word], request_key=uuid4(), actor=officer, at=at)

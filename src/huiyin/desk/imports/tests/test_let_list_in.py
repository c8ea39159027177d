"""Choosing rows, letting a list in, setting bad rows aside, giving a list up."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.lists import BAD, GOOD, SECOND, staged_list
from tests.support.visit import visit
from tests.support.world import World

from huiyin.imports.models import Batch
from huiyin.imports.rules import BatchStatus
from huiyin.matters.models import Matter


def url(verb: str, batch: Batch) -> str:
    return reverse(f"desk:imports:{verb}", args=[batch.pk])


def ticks(batch: Batch, *lines: int, **more: Any) -> dict[str, Any]:
    """The preview's form: all rows shown, these ticked."""
    shown = ",".join(str(row.line) for row in batch.rows.order_by("line"))
    return {"version": batch.version, "shown": shown, "line": list(lines), "then": "flip", **more}


class TestThePreview:
    def test_shows_what_a_corrected_list_would_change(self, in_force: World, desk: Desk, at: datetime) -> None:
        first = staged_list(in_force, at, GOOD)
        desk("officer_wang").post(url("flip", first), ticks(first, 2))
        corrected = (GOOD[0], "关于治理校园周边电子烟的建议", *GOOD[2:])
        second = staged_list(in_force, at, corrected)
        page = visit(desk("officer_wang"), url("detail", second)).content.decode()
        assert "标题：<del>关于加强校园周边电子烟治理的建议</del> → <ins>关于治理校园周边电子烟的建议</ins>" in page

    def test_can_be_narrowed_to_bad_rows(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, BAD)
        page = visit(desk("officer_wang"), f"{url('detail', batch)}?verdict=bad").content.decode()
        assert GOOD[1] not in page
        assert "不能为空" in page


class TestLettingItIn:
    def test_registers_the_chosen_rows_and_links_to_them(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, SECOND)
        desk("officer_wang").post(url("flip", batch), ticks(batch, 2))
        matter = Matter.objects.get()
        assert matter.external_number == "162001"
        page = visit(desk("officer_wang"), url("detail", batch)).content.decode()
        assert f'href="/desk/matters/{matter.pk}/"' in page
        assert "写入1行" in page

    def test_is_all_or_nothing_while_a_chosen_row_is_bad_and_keeps_the_ticks(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        batch = staged_list(in_force, at, GOOD, SECOND, BAD)
        answer = desk("officer_wang").post(url("flip", batch), ticks(batch, 2, 4))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "整份清单都没有导入" in page
        assert not Matter.objects.exists()
        assert 'value="2" aria-label="选择第2行" checked' in page
        assert 'value="3" aria-label="选择第3行">' in page

    def test_sets_bad_rows_aside_in_a_file(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, BAD)
        browser = desk("officer_wang")
        browser.post(url("flip", batch), ticks(batch, 2, 3, set_bad_aside="on"))
        assert Matter.objects.count() == 1
        answer = browser.get(url("bad_rows", batch))
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
        assert rows[1][0] == "162003"
        assert "不能为空" in str(rows[1][-1])

    def test_keeps_a_choice_for_later(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, SECOND)
        desk("officer_wang").post(url("flip", batch), ticks(batch, 3, then="keep"))
        assert [row.chosen for row in batch.rows.order_by("line")] == [False, True]
        assert not Matter.objects.exists()

    def test_leaves_rows_of_other_pages_as_they_were_chosen(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, SECOND)
        desk("officer_wang").post(url("flip", batch), ticks(batch, shown="2", then="keep"))
        assert [row.chosen for row in batch.rows.order_by("line")] == [False, True]

    def test_goes_once(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        browser, typed = desk("officer_wang"), ticks(batch, 2)
        browser.post(url("flip", batch), typed)
        answer = browser.post(url("flip", batch), typed)
        assert answer.status_code == 422
        assert "这份清单刚才已被同事改动、导入或者放弃" in answer.content.decode()
        assert Matter.objects.count() == 1

    def test_refuses_a_row_that_is_not_on_the_list(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        assert desk("officer_wang").post(url("flip", batch), ticks(batch, 99)).status_code == 422

    def test_shows_how_far_a_long_list_has_come(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, SECOND)
        Batch.objects.filter(pk=batch.pk).update(status=BatchStatus.FLIPPING, applied_count=1, flipped_at=at)
        page = visit(desk("officer_wang"), url("detail", batch)).content.decode()
        assert "已导入 1 行，共 2 行" in page
        assert '<progress max="2" value="1"' in page


class TestReadingItAgain:
    def test_finds_what_was_registered_meanwhile(self, in_force: World, desk: Desk, at: datetime) -> None:
        waiting, first = staged_list(in_force, at, GOOD), staged_list(in_force, at, GOOD)
        browser = desk("officer_wang")
        browser.post(url("flip", first), ticks(first, 2))
        answer = browser.post(url("flip", waiting), ticks(waiting, 2))
        assert "请点“重新核对”" in answer.content.decode()
        waiting.refresh_from_db()
        browser.post(url("recheck", waiting), {"version": waiting.version})
        assert "相同1" in visit(browser, url("detail", waiting)).content.decode()


class TestGivingItUp:
    def test_writes_nothing(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        desk("officer_wang").post(url("drop", batch), {"version": batch.version})
        assert "已经放弃" in visit(desk("officer_wang"), url("detail", batch)).content.decode()
        assert not Matter.objects.exists()

    def test_comes_too_late_once_it_is_in(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        browser = desk("officer_wang")
        browser.post(url("flip", batch), ticks(batch, 2))
        batch.refresh_from_db()
        assert browser.post(url("drop", batch), {"version": batch.version}).status_code == 422


class TestSomebodyElse:
    def test_of_another_office_finds_no_such_list(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        for verb in ("flip", "drop", "recheck"):
            assert desk("officer_li").post(url(verb, batch), ticks(batch, 2)).status_code == 404
        assert desk("officer_li").get(url("bad_rows", batch)).status_code == 404

    def test_of_another_duty_is_refused(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        for verb in ("flip", "drop", "recheck"):
            assert desk("deputy_chief").post(url(verb, batch), ticks(batch, 2)).status_code == 403

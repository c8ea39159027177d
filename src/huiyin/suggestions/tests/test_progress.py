"""办理进度表: written line by line on set dates, signed off by the office (practice 24)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.support.history import in_hand, registered
from tests.support.world import World

from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.models import ProgressTable, TableState
from huiyin.suggestions.operations.progress import (
    CannotReport,
    ProgressMovedOn,
    Written,
    open_progress,
    remind_of_progress,
    sign_off_progress,
    urge_progress,
    write_progress,
)
from huiyin.suggestions.progress_queries import cells_of, lines_open_to, next_set_date, unwritten, with_row_facts

DUE = date(2026, 3, 31)


def opened(world: World, at: datetime, **changes: Any) -> ProgressTable:
    usual: dict[str, Any] = {
        "title": "3月办理进度表", "list_number": "", "due_on": DUE, "actor": world.act("officer_wang"),
        "request_key": uuid4(),
    }  # fmt: skip
    return open_progress(at=at, **usual | changes)


def wrote(world: World, table: ProgressTable, at: datetime, who: str = "handler_second", text: str = "已见面") -> None:
    lines = {line.pk: Written(text, line.version) for line in lines_open_to(world.posts[who]).filter(table=table)}
    write_progress(table=table, lines=lines, actor=world.act(who), at=at)


class TestAProgressTable:
    def test_asks_each_department_that_answers_and_stays_as_signed_off(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        matter = in_hand(in_force, at)
        registered(in_force, at, external_number="162002")  # routed to nobody yet
        table = opened(in_force, at)
        assert [(line.matter, line.department.short_name) for line in table.lines.all()] == [(matter, "未检部")]
        told = set(Message.objects.filter(event_key=f"progress:{table.pk}:opened").values_list("post", flat=True))
        assert told == {in_force.posts["head_second"].pk, in_force.posts["handler_second"].pk}
        assert unwritten(in_force.posts["head_second"]).count() == 1
        assert not lines_open_to(in_force.posts["head_first"]).exists()
        head = in_force.act("office_head")
        with pytest.raises(CannotReport, match="还有1件没有填写"):
            sign_off_progress(table=table, missing_note="", actor=head, version=table.version, at=at)
        wrote(in_force, table, at)
        sign_off_progress(table=table, missing_note="", actor=head, version=table.version, at=at)
        type(matter).objects.filter(pk=matter.pk).update(title="后来改的标题")
        line = with_row_facts(table.lines.all())[0]
        assert cells_of([line])[line.pk] == (
            "162001", "关于加强校园周边电子烟治理的建议", "张示例", "独办", "未检部", "2026-06-02", "已见面",
            "办理中", "韦承办", "10000008000",
        )  # fmt: skip
        with pytest.raises(ProgressMovedOn, match="已经审定"):
            wrote(in_force, table, at, text="再改。")

    def test_refuses_a_stale_line_another_department_and_nothing_to_report(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        with pytest.raises(CannotReport, match="没有正在办理"):
            opened(in_force, at)
        in_hand(in_force, at)
        key = uuid4()
        table = opened(in_force, at, request_key=key)
        assert opened(in_force, at, request_key=key) == table
        with pytest.raises(CannotReport, match="已经布置过"):
            opened(in_force, at)
        with pytest.raises(NotAllowed):
            wrote(in_force, table, at, who="handler_first")
        wrote(in_force, table, at)
        line = table.lines.get()
        with pytest.raises(ProgressMovedOn, match="刚刚由同事改过"):
            write_progress(table=table, lines={line.pk: Written("旧页面", 1)}, actor=in_force.act("head_second"), at=at)
        with pytest.raises(CannotReport, match="没填的内容"):
            write_progress(
                table=table, lines={line.pk: Written("会同XX部门办理", line.version)},
                actor=in_force.act("head_second"), at=at,
            )  # fmt: skip

    def test_reminds_on_each_rung_once_whoever_has_not_written(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        in_hand(in_force, at)
        table = opened(in_force, at)
        near = at + timedelta(days=22)
        assert (remind_of_progress(near), remind_of_progress(near)) == (2, 0)
        assert urge_progress(table=table, actor=in_force.act("officer_wang"), at=near) == 2
        wrote(in_force, table, near)
        assert remind_of_progress(at + timedelta(days=40)) == 0
        assert ProgressTable.objects.get().state == TableState.WRITING

    def test_is_due_on_the_days_of_the_book(self, in_force: World, at: datetime) -> None:
        found = next_set_date(stack_for(in_force.city, on=at.date()), at.date())
        assert found is not None
        assert found.on == date(2026, 4, 30)

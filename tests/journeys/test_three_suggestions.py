"""The three suggestions that a published report of 2022 names, through the same import as any list, to their end.

151060 is ours alone, 151090 we lead together with the court, 151086 we assist: three are closed, two are answered and
rated (practice 17)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from huiyin.audit.models import Record
from huiyin.demo import letters
from huiyin.demo.letters import Answer
from huiyin.demo.lists import as_spreadsheet
from huiyin.demo.road import Road, Routing, agreed_sheet
from huiyin.files.operations import examine
from huiyin.gongwen.structure import lines_of
from huiyin.imports.operations import choose, flip, stage
from huiyin.imports.registry import kind_of
from huiyin.imports.rules import Verdict
from huiyin.matters.models import Matter, Rating
from huiyin.matters.operations.closing import CannotClose
from huiyin.matters.rules import HandlerRole, ProblemClass, Status
from huiyin.statistics.models import Report
from huiyin.statistics.operations.reported import put_beside
from huiyin.statistics.operations.reports import begin_report, issue_report
from huiyin.statistics.queries.reports import blocks_of, corrections, letter_of
from tests.support.books import in_force
from tests.support.deputies import deputies
from tests.support.world import moment

__all__ = ["deputies", "in_force"]
SAMPLE = Path(__file__).parents[2] / "samples" / "suggestions_2022.csv"


def imported(world) -> dict[str, Road]:
    """The list comes in on 1 March 2022; every row goes in."""
    kind, at, officer = kind_of("suggestions.list"), moment("2022-03-01 09:00"), world.act("officer_wang")
    upload = examine(content=as_spreadsheet(SAMPLE, title="代表建议交办清单"), name="交办清单.xlsx")
    header = {
        "assigner": str(world.bodies["congress"].pk), "list_number": "样人代〔2022〕3号", "assigned_on": "2022-02-28",
        "received_on": "2022-03-01", "term": "15", "session": "1",
    }  # fmt: skip
    batch = stage(kind=kind, upload=upload, header=header, request_key=uuid4(), actor=officer, at=at)
    assert [row.verdict for row in batch.rows.all()] == [Verdict.NEW] * 3, [row.problems for row in batch.rows.all()]
    batch = choose(batch=batch, lines=None, set_bad_aside=False, version=batch.version, actor=officer, at=at)
    flip(batch=batch, version=batch.version, actor=officer, at=at)
    return {matter.external_number: Road(world, matter) for matter in Matter.objects.all()}


def carry_to_the_end(world, roads: dict[str, Road]) -> None:
    """Routed, talked over, answered, rated where we answer, closed and filed."""
    alone, joint, assisted = (roads[number] for number in ("151060", "151090", "151086"))
    routings = [Routing(alone, "first"), Routing(joint, "first", organs=("court",)), Routing(assisted, "second")]
    agreed_sheet(world, routings, date(2022, 3, 2))
    for road in (alone, joint, assisted):
        road.signed_for(date(2022, 3, 3))
        letters.talked(road, date(2022, 3, 10), words="请先说明目前的做法。") if road is not assisted else None

    first = letters.answered(
        alone, date(2022, 4, 20), Answer(lines=["一、关于网上阅卷", "我院已推广网上阅卷和异地查询。"])
    )
    letters.opinions_given(joint, date(2022, 4, 1), "同意共同优化查询，统一告知口径。")
    both = Answer(
        lines=[
            "一、关于查询",
            "我院优化了程序性信息告知。",
            "样本市中级人民法院会办认为，应统一告知口径，共同优化查询。",
        ],
        cites={"样本市中级人民法院": 4},
    )
    second = letters.answered(joint, date(2022, 4, 22), both)
    opinion = letters.answered(assisted, date(2022, 3, 25), Answer(lines=["一、支持落实入职查询和强制报告制度。"]))
    for road, reply in ((alone, first), (joint, second)):
        letters.delivered(road, reply, date(2022, 4, 25))
        letters.rated(road, reply, date(2022, 4, 28), "satisfied")
    letters.closed(alone, date(2022, 5, 5))
    with pytest.raises(CannotClose, match="王虚构、赵占位还没有书面评价"):
        letters.closed(joint, date(2022, 5, 5))
    letters.closed(joint, date(2022, 5, 19))  # the co-signers' fifteen working days are over

    assert {road.fresh().status for road in roads.values()} == {Status.CLOSED}
    assert [first.kind, second.kind, opinion.kind] == ["reply", "reply", "opinion"]
    assert sorted(Rating.objects.values_list("matter__external_number", flat=True)) == ["151060", "151090"]
    numbers = [reply.number.text for reply in (first, second, opinion)]
    assert numbers == ["样检函〔2022〕1号", "样检函〔2022〕2号", "样检函〔2022〕3号"]
    for road in roads.values():
        letters.filed(road, date(2022, 6, 30), missing_reason="纸质材料另存")
    assert {road.fresh().status for road in roads.values()} == {Status.ARCHIVED}


class TestTheThreeSuggestions:
    @pytest.fixture
    def roads(self, in_force, deputies):
        return imported(in_force)

    def test_come_in_with_their_roles_and_dates(self, roads):
        roles = {number: road.matter.handler_role for number, road in roads.items()}
        assert roles == {"151060": HandlerRole.SOLE, "151090": HandlerRole.LEAD, "151086": HandlerRole.ASSIST}
        due = {
            number: road.matter.deadlines.get(label="答复代表").due_on
            for number, road in roads.items()
            if number != "151086"
        }
        assert due == {"151060": date(2022, 5, 30), "151090": date(2022, 5, 30)}  # 28 May 2022 was a Saturday
        assert roads["151086"].matter.deadlines.get(limit_code="SUG_ASSIST").due_on == date(2022, 4, 1)

    def test_leave_one_root_record_for_the_import(self, roads):
        assert Record.objects.filter(verb="imports.flipped", parent=None).count() == 1
        assert Record.objects.filter(verb="suggestions.registered", parent=None).count() == 0

    def test_are_carried_to_the_end_and_accounted_for(self, in_force, roads):
        carry_to_the_end(in_force, roads)
        self.the_figures_are_those_of_2022(in_force)

    def the_figures_are_those_of_2022(self, world):
        """Begun, compared with what was reported, issued, and counted again a year later."""
        at, officer, head = moment("2022-11-20 10:00"), world.act("officer_wang"), world.act("office_head")
        report = begin_report(
            matter_kind="suggestion", period="t15-1", as_of_on=at.date(), salutation="样本市人大常委会：",
            actor=officer, request_key=uuid4(), at=at,
        )  # fmt: skip
        put_beside(
            report=report, indicator="satisfied_result_final", value="100%（3/3）", source="当年公开的报告", why="",
            actor=officer, request_key=uuid4(), at=at,
        )  # fmt: skip
        issue_report(
            report=report, number="样检报〔2022〕6号", signer="程检", issued_on=at.date(), is_checked=False, actor=head,
            version=report.version, at=at,
        )  # fmt: skip
        report = Report.objects.select_related("procuratorate").get(pk=report.pk)
        frozen = {row.indicator: (row.value, row.n) for row in report.snapshots.all()}
        by_hand = {
            "closed": ("3", 3), "closure_rate": ("100%（3/3）", 3), "answered": ("3", 3),
            "received@role=sole": ("1", 1),
            "received@role=lead": ("1", 1), "received@role=assist": ("1", 1), "on_time": ("100%（3/3）", 3),
            "first_contact": ("100%（2/2）", 2), "met": ("100%（2/2）", 2), "resolved": ("100%（2/2）", 2),
            "satisfied_result_first": ("100%（2/2）", 2), "satisfied_result_final": ("100%（2/2）", 2),
            "satisfied_attitude_final": ("100%（2/2）", 2), "rated": ("100%（2/2）", 2), "promised": ("0", 0),
            "received@problem_class=none": ("3", 3),
        }  # fmt: skip
        assert {code: frozen[code] for code in by_hand} == by_hand
        assert len(report.snapshots.get(indicator="closure_rate").ids) == 3
        printed = letter_of(report, blocks_of(report))
        said = "\n".join(lines_of(printed.body))
        assert "最终为100%（2/2）" in said
        assert "第151060号建议、第151086号建议、第151090号建议尚未明确问题分类。" in said
        assert "2022年3月25日向主办单位提出会办意见" in said
        [annex] = printed.annexes
        assert (
            "100%（3/3） | 当年公开的报告 | 100%（2/2） | 报出的数以3件为总数，把协办的1件（第151086号）"
            in lines_of(annex.blocks)[1]
        )
        assert corrections(report) == []
        late = Road(world, Matter.objects.get(external_number="151086")).classified
        late(date(2023, 2, 1), "未成年人检察", ProblemClass.COMMON)
        again = Report.objects.select_related("procuratorate").get(pk=report.pk)
        assert letter_of(again, blocks_of(again)) == printed
        changed = {each.code: (each.was, each.now) for each in corrections(again)}
        assert changed["received@problem_class=none"] == ("3", "2")
        assert changed["common"] == ("0", "1")

    def test_are_skipped_when_the_same_list_comes_again(self, in_force, roads):
        kind, at, officer = kind_of("suggestions.list"), moment("2022-03-02 09:00"), in_force.act("officer_wang")
        upload = examine(content=as_spreadsheet(SAMPLE, title="再发一次"), name="清单2.xlsx")
        header = {
            "assigner": str(in_force.bodies["congress"].pk), "list_number": "样人代〔2022〕3号",
            "assigned_on": "2022-02-28", "received_on": "2022-03-01", "term": "15", "session": "1",
        }  # fmt: skip
        batch = stage(kind=kind, upload=upload, header=header, request_key=uuid4(), actor=officer, at=at)
        assert {row.verdict for row in batch.rows.all()} == {Verdict.EQUAL}

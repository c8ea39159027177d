"""The three suggestions of 2022 counted by hand, reported, frozen, and counted again (practice 17)."""

from __future__ import annotations

import subprocess
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.support.books import in_force
from tests.support.deputies import deputies
from tests.support.world import World, moment

from huiyin.audit.models import Record
from huiyin.demo import letters
from huiyin.demo.letters import Answer
from huiyin.demo.road import Road, Routing, agreed_sheet
from huiyin.gongwen.docx import write_docx
from huiyin.matters.models import Matter
from huiyin.matters.rules import HandlerRole, ProblemClass
from huiyin.organisations.permissions import NotAllowed
from huiyin.statistics.models import Report
from huiyin.statistics.operations.reported import put_beside
from huiyin.statistics.operations.reports import begin_report, drop_report, issue_report, save_report
from huiyin.statistics.queries.loading import cases_of, listed, of_office, within
from huiyin.statistics.queries.reports import behind, blocks_of, corrections, frozen_figure, letter_of, named
from huiyin.statistics.rules.groups import all_figures
from huiyin.statistics.rules.periods import Basis, Period
from huiyin.statistics.rules.reports import (
    DayOutOfRange,
    FigureUnknown,
    NumbersNotChecked,
    PeriodUnknown,
    ReportMovedOn,
    ReportStepNotAllowed,
    TextNotReady,
)
from huiyin.statistics.rules.texts import gongwen_blocks
from huiyin.suggestions.facts import Signer, SuggestionFacts
from huiyin.suggestions.operations.studies import StudyFacts, record_study

__all__ = ["deputies", "in_force"]
AT = moment("2022-06-15 10:00")
DAY = AT.date()


def suggestion(world: World, number: str, **more: Any) -> Road:
    """One of the first session of the fifteenth congress, received on 1 March 2022."""
    usual = {
        "title": f"关于第{number[-3:]}件事的建议", "assigner": world.bodies["congress"], "term": 15, "session": 1,
        "external_number": number, "assigned_on": date(2022, 2, 28), "received_on": date(2022, 3, 1),
        "handler_role": HandlerRole.SOLE, "lead": Signer(name="张示例", delegation="第三代表团"),
    }  # fmt: skip
    return Road.registered(world, SuggestionFacts(**usual | more))


@pytest.fixture
def roads(in_force: World, deputies: Any) -> dict[str, Road]:
    """151060 ours alone, 151090 led together with the court, 151086 assisted: closed, two of them rated."""
    world = in_force
    court = world.bodies["court"].name
    alone = suggestion(world, "151060").classified(date(2022, 3, 1), "律师执业", ProblemClass.INDIVIDUAL)
    joint = suggestion(
        world, "151090", handler_role=HandlerRole.LEAD, other_units=court, lead=Signer(name="李样本")
    ).classified(date(2022, 3, 1), "律师执业", ProblemClass.COMMON)
    assisted = suggestion(
        world, "151086", handler_role=HandlerRole.ASSIST, lead_unit="样本市教育体育局", lead=Signer(name="王虚构")
    )
    routings = [Routing(alone, "first"), Routing(joint, "first", organs=("court",)), Routing(assisted, "second")]
    agreed_sheet(world, routings, date(2022, 3, 2))
    for road in (alone, joint, assisted):
        road.signed_for(date(2022, 3, 3))
    for road in (alone, joint):
        letters.talked(road, date(2022, 3, 10), words="请先说明目前的做法。")
    first = letters.answered(alone, date(2022, 4, 20), Answer(lines=["一、关于网上阅卷", "已推广网上阅卷。"]))
    letters.opinions_given(joint, date(2022, 4, 1), "同意共同优化查询。")
    both = Answer(
        lines=["一、关于查询", "已优化。", f"{court}会办认为，应统一告知口径，共同优化查询。"], cites={court: 4}
    )
    second = letters.answered(joint, date(2022, 4, 22), both)
    letters.answered(assisted, date(2022, 3, 25), Answer(lines=["一、支持落实入职查询制度。"]))
    for road, reply in ((alone, first), (joint, second)):
        letters.delivered(road, reply, date(2022, 4, 25))
        letters.rated(road, reply, date(2022, 4, 28), "satisfied")
        letters.closed(road, date(2022, 5, 5))
    return {"alone": alone, "joint": joint, "assisted": assisted}


def begun(world: World, **more: Any) -> Report:
    usual = {
        "matter_kind": "suggestion", "period": "t15-1", "as_of_on": DAY, "salutation": "样本市人大常委会：",
        "actor": world.act("officer_wang"), "request_key": uuid.uuid4(), "at": AT,
    }  # fmt: skip
    return begin_report(**usual | more)


def saved(world: World, report: Report, text: str) -> Report:
    return save_report(
        report=report, title=report.title, salutation=report.salutation, text=text, closing=report.closing,
        actor=world.act("officer_wang"), version=report.version, at=AT,
    )  # fmt: skip


def issued(world: World, report: Report, **more: Any) -> Report:
    usual = {
        "number": "样检报〔2022〕6号", "issued_on": DAY, "is_checked": False, "actor": world.act("office_head"),
        "version": report.version, "at": AT,
    }  # fmt: skip
    return issue_report(report=report, **usual | more)


class TestTheFigures:
    def test_are_those_counted_by_hand(self, roads, in_force):
        figures = all_figures(cases_of(within(of_office(in_force.city), Period(term=15, session=1))), DAY)
        by_hand = {
            "received": "3", "received@role=sole": "1", "received@role=lead": "1", "received@role=assist": "1",
            "received@problem_class=individual": "1", "received@problem_class=common": "1",
            "received@problem_class=none": "1", "received@outcome=resolved": "2", "answered": "3",
            "closure_rate": "100%（3/3）", "on_time": "100%（3/3）", "satisfied_result_first": "100%（2/2）",
            "satisfied_result_final": "100%（2/2）", "satisfied_attitude_final": "100%（2/2）", "rated": "100%（2/2）",
            "contacted_before": "100%（2/2）", "met": "100%（2/2）", "redone": "0", "overdue": "0", "with_court": "1",
            "with_court_common": "1", "resolved": "100%（2/2）", "unconfirmed_ratings": "0",
        }  # fmt: skip
        assert {code: figures[code].value for code in by_hand} == by_hand
        assert figures["received@role=assist"].counted == (roads["assisted"].matter.pk,)

    def test_name_the_letter_of_the_book(self, roads, in_force):
        figures = all_figures(cases_of(of_office(in_force.city)), DAY)
        assert figures["received@outcome=resolved"].label == "收到·已经解决或者基本解决（A）"

    def test_of_an_earlier_day_know_nothing_of_later_ones(self, roads, in_force):
        cases = cases_of(of_office(in_force.city))
        on = {day: all_figures(cases, date.fromisoformat(day)) for day in ("2022-02-28", "2022-03-25", "2022-04-27")}
        assert on["2022-02-28"]["received"].value == "0"
        assert on["2022-03-25"]["answered"].counted == (roads["assisted"].matter.pk,)
        assert on["2022-04-27"]["satisfied_result_final"].value == "—（n=0）"

    @pytest.mark.parametrize(
        ("period", "count"),
        [
            (Period(year=2022), 1), (Period(year=2022, basis=Basis.RECEIVED), 1), (Period(year=2021), 0),
            (Period(term=15), 2), (Period(term=15, session=1), 1), (Period(term=15, session=0), 1),
            (Period(term=15, session=2), 0),
        ],
    )  # fmt: skip
    def test_go_over_the_period_asked_for(self, in_force, period, count):
        suggestion(in_force, "151060")
        suggestion(in_force, "闭150001", session=None, assigned_on=date(2023, 5, 4), received_on=date(2023, 5, 5))
        assert within(of_office(in_force.city), period).count() == count

    def test_take_a_year_by_the_day_assigned_or_received(self, in_force):
        suggestion(in_force, "151099", assigned_on=date(2021, 12, 31), received_on=date(2022, 1, 4))
        rows = of_office(in_force.city)
        assert within(rows, Period(year=2021)).count() == 1
        assert within(rows, Period(year=2022, basis=Basis.RECEIVED)).count() == 1
        assert within(rows, Period(year=2022)).count() == 0

    def test_ask_as_much_for_many_as_for_one(self, roads, in_force, django_assert_num_queries):
        with django_assert_num_queries(12):
            cases_of(of_office(in_force.city))


class TestSight:
    def test_of_a_deputy_chief_are_his_own_matters(self, roads, in_force):
        assert listed(in_force.posts["office_head"]).count() == 3
        assert listed(in_force.posts["deputy_chief"]).count() == 3
        Matter.objects.filter(pk=roads["assisted"].matter.pk).update(leader=None)
        Matter.objects.get(pk=roads["assisted"].matter.pk).approval_links.all().delete()
        assert listed(in_force.posts["deputy_chief"]).count() == 2
        assert listed(in_force.posts["officer_li"]).count() == 0

    def test_says_how_many_of_n_are_not_listed(self, roads, in_force):
        figures = all_figures(cases_of(of_office(in_force.city)), DAY)
        rows = of_office(in_force.city).exclude(pk=roads["joint"].matter.pk)
        found = behind(figures["closure_rate"], rows, in_force.city)
        assert (found.matters.count(), found.hidden) == (2, 1)
        ratings = behind(figures["satisfied_result_final"], rows, in_force.city)
        assert (list(ratings.matters), ratings.hidden) == ([roads["alone"].fresh()], 1)
        assert ratings.notes == {roads["alone"].matter.pk: ["张示例（2022-04-28）"]}

    def test_of_another_office_finds_no_record(self, roads, in_force):
        figures = all_figures(cases_of(of_office(in_force.city)), DAY)
        found = behind(figures["satisfied_result_final"], listed(in_force.posts["officer_li"]), in_force.other)
        assert (found.matters.count(), found.hidden) == (0, 2)


class TestAReport:
    def test_begins_with_a_text_that_could_be_issued(self, roads, in_force):
        report = issued(in_force, begun(in_force))
        said = "\n".join(block.text for block in gongwen_blocks(report.content) if hasattr(block, "text"))
        assert report.title == "样本市人民检察院关于十五届一次会议代表建议办理情况的报告"
        assert "十五届一次会议，我院共收到代表建议3件，其中独办1件、主办1件、协办1件。" in said
        assert "首次为100%（2/2）、最终为100%（2/2）" in said
        assert "法院也承担办理的1件，其中共性问题1件。" in said

    def test_tells_of_the_leaderships_meeting(self, in_force):
        discussed = suggestion(in_force, "151090").matter
        facts = StudyFacts(
            held_on=date(2022, 6, 1), title="党组会", chaired_by="程检", attendees="院领导", decisions="逐件落实。",
            matters=(discussed,),
        )  # fmt: skip
        officer = in_force.act("officer_wang")
        record_study(facts=facts, minutes=None, request_key=uuid.uuid4(), actor=officer, at=AT)
        assert "2022年6月1日，党组会专题研究代表建议办理工作，研究了第151090号建议。" in begun(in_force).text

    def test_is_begun_once_by_two_clicks(self, in_force):
        key = uuid.uuid4()
        assert begun(in_force, request_key=key) == begun(in_force, request_key=key)
        assert Record.objects.filter(verb="statistics.report_begun").count() == 1

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [({"period": "gone"}, PeriodUnknown), ({"as_of_on": DAY + timedelta(days=1)}, DayOutOfRange)],
    )
    def test_is_not_begun_over_what_is_no_period_or_has_not_come(self, in_force, more, refusal):
        with pytest.raises(refusal):
            begun(in_force, **more)
        assert not Report.objects.exists()

    def test_is_written_by_the_office_and_issued_by_its_head(self, in_force):
        report = begun(in_force)
        with pytest.raises(NotAllowed):
            issued(in_force, report, actor=in_force.act("officer_wang"))
        with pytest.raises(NotAllowed):
            begun(in_force, actor=in_force.act("chief"))
        with pytest.raises(NotAllowed):
            issued(in_force, report, actor=in_force.act("officer_li"))

    def test_is_not_issued_with_names_nobody_knows(self, in_force):
        report = saved(in_force, begun(in_force), "共【总数】件，×××。")
        with pytest.raises(TextNotReady, match=r"【总数】不是统计项目的名称.*共有2处"):
            issued(in_force, report)

    def test_is_not_issued_with_numbers_of_its_own_unless_they_were_checked(self, in_force):
        suggestion(in_force, "151060")
        report = saved(in_force, begun(in_force), "共收到10件，其中独办1件。")
        with pytest.raises(NumbersNotChecked, match="1处"):
            issued(in_force, report)
        issued(in_force, report, is_checked=True)
        assert Record.objects.get(verb="statistics.report_issued").facts["typed"] == ["10件"]

    @pytest.mark.parametrize("day", [date(2022, 6, 14), date(2022, 6, 16)])
    def test_is_dated_between_its_figures_and_today(self, in_force, day):
        with pytest.raises(DayOutOfRange):
            issued(in_force, begun(in_force), issued_on=day)

    def test_is_changed_by_one_of_two(self, in_force):
        report = begun(in_force)
        saved(in_force, Report.objects.get(pk=report.pk), "一稿")
        with pytest.raises(ReportMovedOn):
            saved(in_force, report, "另一稿")
        assert Report.objects.get(pk=report.pk).text == "一稿"

    def test_may_be_given_up_while_it_is_a_draft(self, in_force):
        report, officer = begun(in_force), in_force.act("officer_wang")
        drop_report(report=report, actor=officer, version=report.version, at=AT)
        with pytest.raises(ReportStepNotAllowed):
            issued(in_force, report)
        done = issued(in_force, begun(in_force))
        with pytest.raises(ReportStepNotAllowed, match="已印发"):
            drop_report(report=done, actor=officer, version=done.version, at=AT)


class TestAnIssuedReport:
    @pytest.fixture
    def report(self, in_force):
        suggestion(in_force, "151060")
        return issued(in_force, begun(in_force))

    def test_keeps_every_figure_with_its_records_and_definition(self, roads, in_force):
        report = issued(in_force, begun(in_force))
        row = report.snapshots.get(indicator="satisfied_result_final")
        assert (row.value, row.n, row.unit, row.definition_version) == ("100%（2/2）", 2, "人次", 1)
        closed = report.snapshots.get(indicator="closure_rate")
        assert sorted(closed.of_ids) == sorted(road.matter.pk for road in roads.values())
        assert frozen_figure(closed).value == closed.value

    def test_prints_the_same_next_year_whatever_happened_since(self, roads, in_force):
        report = issued(in_force, begun(in_force))
        assert corrections(report) == []
        before = letter_of(report, blocks_of(report))
        suggestion(in_force, "151099")
        Matter.objects.filter(pk=roads["alone"].matter.pk).update(closed_at=None, handler_role="lead", title="改了名")
        again = Report.objects.select_related("procuratorate").get(pk=report.pk)
        assert letter_of(again, blocks_of(again)) == before

    def test_agrees_with_a_count_of_the_same_days(self, report):
        assert corrections(report) == []

    def test_says_what_was_entered_late(self, report, in_force):
        late = suggestion(in_force, "151099")
        found = {each.code: each for each in corrections(report)}
        assert (found["received"].was, found["received"].now) == ("1", "2")
        assert found["closure_rate"].now == "0%（0/2）"
        assert found["received"].entered == (late.matter.pk,)
        rows = named([found["received"]], listed(in_force.posts["office_head"]), in_force.city)
        assert [[each.number for each in row.entered] for row in rows] == [[late.matter.number]]

    def test_is_not_touched_by_what_was_dated_later(self, report, in_force):
        suggestion(in_force, "151100", received_on=date(2022, 7, 1), assigned_on=date(2022, 6, 30))
        assert corrections(report) == []

    def test_is_issued_once(self, report, in_force):
        with pytest.raises(ReportStepNotAllowed):
            issued(in_force, report)
        with pytest.raises(ReportStepNotAllowed):
            saved(in_force, report, "改一改")

    def test_has_beside_it_what_was_reported_elsewhere(self, report, in_force):
        said = {
            "report": report, "indicator": "satisfied_result_final", "value": "100%（3/3）", "source": "当年的公开报告",
            "why": "协办的一件由主办单位答复，没有我院的评价。", "actor": in_force.act("officer_wang"), "at": AT,
        }  # fmt: skip
        key = uuid.uuid4()
        assert put_beside(**said, request_key=key) == put_beside(**said, request_key=key)
        with pytest.raises(FigureUnknown):
            put_beside(**said | {"indicator": "nothing"}, request_key=uuid.uuid4())
        assert report.reported.get().value == "100%（3/3）"

    def test_cannot_stand_issued_without_a_day(self, report):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(issued_on=None)

    @pytest.mark.office
    def test_opens_in_an_office_program(self, report, tmp_path):
        (tmp_path / "report.docx").write_bytes(write_docx(letter_of(report, blocks_of(report))))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text",
             "--outdir", str(tmp_path), str(tmp_path / "report.docx")],
            check=True, capture_output=True,
        )  # fmt: skip
        text = (tmp_path / "report.txt").read_text(encoding="utf-8")
        for words in ("样本市人大常委会：", "办结率0%（0/1）", "特此报告。", "2022年6月15日"):
            assert words in text

"""督办: an order to a department, signed at its level, reported on, ended or sent back, raised when nobody answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.support import following
from tests.support.history import in_hand, registered
from tests.support.world import World, moment

from huiyin.audit.models import Record
from huiyin.gongwen.docx import write_docx
from huiyin.matters.filing_documents import documents_of
from huiyin.matters.filing_papers import papers_of
from huiyin.matters.follow_handover import SuccessorCannotOrder
from huiyin.matters.models import Deadline, Matter, Supervision
from huiyin.matters.operations.recompute import recompute_matter
from huiyin.matters.operations.reminders import remind
from huiyin.matters.operations.supervision_reports import ReportIncomplete, judge_supervision
from huiyin.matters.operations.supervisions import (
    CannotSupervise,
    NotAskedToOrder,
    order_supervision,
    withdraw_supervision,
)
from huiyin.matters.papers.supervision import supervision_sheet
from huiyin.matters.rules.supervision import SupervisionMovedOn
from huiyin.matters.supervising import answer_day, supervisions_open_to, worth_supervising
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.queries import work_of
from huiyin.organisations.registry import open_work
from huiyin.regulations.queries import stack_for


@pytest.fixture
def matter(in_force: World, at: datetime) -> Matter:
    """In hand since 5 March; due 2 June, 未检部 6 May."""
    return in_hand(in_force, at)


def told(world: World, who: str) -> list[str]:
    sent = Message.objects.filter(post=world.posts[who], link__startswith="/desk/supervisions/").order_by("id")
    return [message.title for message in sent]


class TestProposing:
    def test_asks_whom_the_level_names(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = following.proposed(in_force, at, matter)
        assert (order.state, order.number_id, order.level_title) == ("proposed", None, "一般督办")
        assert told(in_force, "office_head") == ["待签发：一般督办督办单"]
        assert told(in_force, "head_second") == []
        wrong = in_force.posts["deputy_chief"]
        with pytest.raises(CannotSupervise, match="一般督办由办公室负责人签发"):
            following.proposed(in_force, at, matter, orderer=wrong)

    def test_once_a_department_and_only_of_what_it_handles(self, in_force: World, matter: Matter, at: datetime) -> None:
        following.proposed(in_force, at, matter)
        with pytest.raises(CannotSupervise, match="已经对第二检察部"):
            following.proposed(in_force, at, matter)
        with pytest.raises(CannotSupervise, match="没有交第一检察部"):
            following.proposed(in_force, at, matter, department=in_force.departments["first"])
        with pytest.raises(NotAllowed):
            following.proposed(in_force, at, matter, by="handler_second")

    def test_by_the_signer_himself_issues_at_once(self, in_force: World, matter: Matter, at: datetime) -> None:
        chief = in_force.posts["chief"]
        order = following.proposed(in_force, at, matter, by="chief", level="listed", orderer=chief)
        assert (order.state, str(order.number)) == ("issued", "样检督〔2026〕1号")

    def test_covers_several_matters_of_one_department(self, in_force: World, matter: Matter, at: datetime) -> None:
        other = in_hand(in_force, at, registered(in_force, at, external_number="162002"))
        order = following.ordered(in_force, at, matter, other)
        assert order.deadlines.count() == 2
        remind(moment("2026-03-20 08:00"))  # one message, not one a matter
        assert [title.split("：")[0] for title in told(in_force, "head_second")] == ["一般督办", "已逾期"]


class TestAnOrder:
    def test_has_a_number_and_the_levels_day_with_why(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = following.ordered(in_force, at, matter)
        day = answer_day(order)
        assert day is not None
        assert (str(order.number), day.due_on) == ("样检督〔2026〕1号", date(2026, 3, 19))
        assert "第十九条" in day.explanation[0]
        assert "督办之日为2026年3月5日" in day.explanation[1]
        assert told(in_force, "handler_second") == told(in_force, "head_second") == ["一般督办：请签收督办单"]

    def test_keeps_a_day_named_by_hand_when_rules_change(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = following.ordered(in_force, at, matter, answer_by_on=date(2026, 3, 10))
        recompute_matter(matter, cause="测试", at=at)
        day = answer_day(order)
        assert day is not None
        assert day.due_on == date(2026, 3, 10)
        assert day.explanation[0] == "督办单定为2026年3月10日（周二）前回报。"

    def test_is_signed_by_whom_it_asks_alone(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = following.proposed(in_force, at, matter)
        with pytest.raises(NotAskedToOrder):
            order_supervision(supervision=order, agrees=True, remark="", actor=in_force.act("chief"), version=1, at=at)
        head = in_force.act("office_head")
        with pytest.raises(CannotSupervise, match="写明意见"):
            order_supervision(supervision=order, agrees=False, remark="", actor=head, version=1, at=at)
        order_supervision(supervision=order, agrees=False, remark="再等三天。", actor=head, version=1, at=at)
        assert told(in_force, "officer_wang") == ["督办单没有签发"]
        assert not Deadline.objects.filter(supervision=order).exists()

    def test_is_read_by_its_department_alone(self, in_force: World, matter: Matter, at: datetime) -> None:
        following.proposed(in_force, at, matter)
        seen = {who: supervisions_open_to(post, on=at.date()).count() for who, post in in_force.posts.items()}
        assert {who for who, count in seen.items() if count} == {
            "officer_wang", "office_head", "chief", "deputy_chief"
        }  # fmt: skip
        order = Supervision.objects.get()
        order_supervision(
            supervision=order, agrees=True, remark="", actor=in_force.act("office_head"), version=1, at=at
        )
        seen = {who: supervisions_open_to(post, on=at.date()).count() for who, post in in_force.posts.items()}
        assert seen["handler_second"] == seen["head_second"] == 1
        assert not {who for who in ("head_first", "handler_first", "officer_li", "officer_province") if seen[who]}

    def test_goes_to_a_successor_of_the_same_role(self, in_force: World, matter: Matter, at: datetime) -> None:
        following.proposed(in_force, at, matter)
        old = in_force.posts["office_head"]
        assert ("待签发的督办单", 1) in work_of(old)
        kind = next(each for each in open_work() if each.code == "matters.supervisions")
        with pytest.raises(SuccessorCannotOrder):
            kind.hand_over(old, in_force.posts["head_first"], in_force.act("officer_wang"), at)


class TestAReport:
    def test_meets_the_day_and_ends_when_the_office_agrees(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = following.reported(in_force, at, matter)
        assert order.deadlines.exclude(met_at=None).count() == 1
        judge_supervision(
            supervision=order, ends=True, remarks="同意。", actor=in_force.act("officer_wang"),
            version=order.version, at=at,
        )  # fmt: skip
        assert order.state == "ended"
        last = Record.objects.filter(verb="matters.supervision_judged").latest("id")
        assert last.target_label == "样检督〔2026〕1号 督办单（第二检察部（未成年人检察））"

    def test_sent_back_has_a_new_day(self, in_force: World, matter: Matter, at: datetime) -> None:
        order, later = following.reported(in_force, at, matter), at + timedelta(days=4)
        office = in_force.act("office_head")
        with pytest.raises(ReportIncomplete):
            judge_supervision(supervision=order, ends=False, remarks=" ", actor=office, version=order.version, at=later)
        order.refresh_from_db()
        judge_supervision(
            supervision=order, ends=False, remarks="没有说明原因。", actor=office, version=order.version, at=later
        )
        day = answer_day(order)
        assert day is not None
        assert (order.state, day.due_on) == ("acknowledged", date(2026, 3, 23))
        assert told(in_force, "head_second")[-1] == "督办单样检督〔2026〕1号退回再办"

    def test_comes_from_its_department_and_only_once_signed_for(
        self, in_force: World, matter: Matter, at: datetime
    ) -> None:
        order = following.ordered(in_force, at, matter)
        stale = order.version
        with pytest.raises(SupervisionMovedOn, match="待签收"):
            judge_supervision(
                supervision=order, ends=True, remarks="", actor=in_force.act("office_head"), version=stale, at=at
            )
        with pytest.raises(NotAllowed):
            following.acknowledge_supervision(supervision=order, actor=in_force.act("head_first"), version=stale, at=at)


class TestTheSystem:
    def test_proposes_when_the_department_is_late_and_the_answer_is_near(self, in_force: World, matter: Matter) -> None:
        office = in_force.city

        def why(day: str) -> list[str]:
            on = date.fromisoformat(day)
            return [each.why for each in worth_supervising(office, on, stack_for(office, on=on))]

        assert why("2026-05-07") == []  # the department is late, the answer is far
        assert why("2026-05-25") == ["部门办理期限2026-05-06已过，答复代表期限临近（2026-06-02）"]
        following.ordered(in_force, moment("2026-05-25 09:00"), matter)
        assert why("2026-05-26") == []
        assert why("2026-06-09") == ["样检督〔2026〕1号回报期限2026-06-08已过，建议升级为重点督办"]

    def test_raises_an_order_nobody_answered(self, in_force: World, matter: Matter, at: datetime) -> None:
        lower = following.ordered(in_force, at, matter)
        leader = in_force.posts["deputy_chief"]
        with pytest.raises(CannotSupervise, match="高于一般督办"):
            following.proposed(in_force, at, matter, follows=lower)
        higher = following.ordered(in_force, at, matter, follows=lower, level="key", orderer=leader)
        lower.refresh_from_db()
        assert (lower.state, higher.state) == ("raised", "issued")
        assert list(Deadline.objects.filter(supervision=lower).values_list("met_at", "rung_on")) == [(None, None)]
        assert not lower.deadlines.filter(dropped_at=None).exists()


class TestTheFile:
    def test_holds_the_sheet_with_its_number(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = following.reported(in_force, at, matter)
        papers = papers_of(matter, at.date())
        assert ("督办单", True) in {(paper.title, paper.is_there) for paper in papers}
        named = [each for each in documents_of(matter, papers) if each.code == "supervision"]
        assert [each.number for each in named] == ["样检督〔2026〕1号"]
        assert write_docx(supervision_sheet(order))[:2] == b"PK"

    def test_keeps_the_number_of_an_order_withdrawn(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = following.ordered(in_force, at, matter)
        withdraw_supervision(
            supervision=order, reason="已经办出。", actor=in_force.act("officer_wang"), version=order.version, at=at
        )
        assert (order.state, str(order.number)) == ("withdrawn", "样检督〔2026〕1号")
        matter.refresh_from_db()
        assert not order.deadlines.filter(dropped_at=None).exists()

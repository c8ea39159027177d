"""What an answer promises has its own day and ends with a second letter of its own; the first stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.support.history import in_hand
from tests.support.letters import (
    all_signed,
    delivered,
    drafted,
    fresh,
    handed_over,
    issued,
    sent_out,
)
from tests.support.world import World

from huiyin.files.models import StoredFile
from huiyin.gongwen.structure import block_of, lines_of
from huiyin.matters.drafting import latest, problems, text_of
from huiyin.matters.filing_papers import papers_of
from huiyin.matters.letters import Promise
from huiyin.matters.models import Commitment, Deadline, Matter, Rating, Reminder, Reply
from huiyin.matters.operations.closing import CannotClose, RedoNotDue, close, redo
from huiyin.matters.operations.commitments import (
    CommitmentNotKept,
    NoSecondLetter,
    begin_second_letter,
    keep_commitment,
)
from huiyin.matters.operations.items import ItemRow, set_items
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.operations.reminders import remind
from huiyin.matters.operations.replies import save_version
from huiyin.matters.operations.replies_signing import recall, submit
from huiyin.matters.rules import RatingSource, ReplyStatus, Status
from huiyin.matters.second_letters import awaiting_letter
from huiyin.organisations.permissions import NotAllowed

DUE = date(2026, 6, 30)
LATER = timedelta(days=60)


@pytest.fixture
def first(in_force: World, deputies: object, at: datetime) -> Reply:
    """第1号: in progress, with a promise until the end of June."""
    return delivered(in_force, in_hand(in_force, at), at, **promising())


@pytest.fixture
def scan(world: World, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        public_id="form", procuratorate=world.city, name="征询意见表.pdf", path="form", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip


def promising(**more: Any) -> dict[str, Any]:
    promise = Promise(text="在两个镇试行周末开放", due_on=DUE)
    return {"outcome": "in_progress", "reason": "先试点后推开。", "promises": (promise,)} | more


def promised(matter: Matter) -> Commitment:
    return Commitment.objects.get(matter=matter)


def kept(world: World, matter: Matter, at: datetime) -> Commitment:
    return keep_commitment(
        commitment=promised(matter), done_on=at.date(), note="两个镇已经周末开放。",
        actor=world.act("handler_second"), at=at,
    )  # fmt: skip


def begun(world: World, matter: Matter, at: datetime, *, who: str = "handler_second") -> Reply:
    matter = Matter.objects.select_related("procuratorate", "leader").get(pk=matter.pk)
    mine = list(Commitment.objects.filter(matter=matter))
    return begin_second_letter(matter=matter, commitments=mine, actor=world.act(who), at=at)


def written(world: World, matter: Matter, at: datetime, **changes: Any) -> Reply:
    letter = begun(world, matter, at)
    usual = {"outcome": "resolved", "publish": True, "contact_name": "韦承办", "contact_phone": "1000000-8000"}
    text = replace(text_of(latest(letter)), **usual | changes)
    save_version(reply=letter, text=text, actor=world.act("handler_second"), version=letter.version, at=at)
    return fresh(letter)


def out(world: World, matter: Matter, at: datetime, **changes: Any) -> Reply:
    letter = written(world, matter, at, **changes)
    letter = submit(reply=letter, actor=world.act("handler_second"), version=letter.version, at=at)
    return sent_out(world, all_signed(world, letter, at), at)


def rated(world: World, reply: Reply, scan: StoredFile, at: datetime, result: str = "satisfied") -> Rating:
    facts = RatingFacts(source=RatingSource.SIGNED_FORM, attitude="satisfied", result=result, rated_on=at.date())
    lead = reply.matter.participants.get(role="lead")
    return record_rating(
        reply=fresh(reply), participant=lead, facts=facts, scan=scan, actor=world.act("officer_wang"), at=at
    )


def ended(world: World, reply: Reply, at: datetime) -> Matter:
    matter = fresh(reply).matter
    return close(matter=matter, actor=world.act("officer_wang"), version=matter.version, at=at)


class TestAPromise:
    def test_has_its_own_day_with_why(self, first: Reply) -> None:
        day = Deadline.objects.get(commitment=promised(first.matter))
        assert (day.label, day.due_on, day.limit_code) == ("再行答复", DUE, "SUG_COMMIT")
        assert day.explanation[0] == "样检函〔2026〕1号承诺于2026年6月30日（周二）前完成：在两个镇试行周末开放。"
        assert "第十条" in day.explanation[1]

    def test_outlives_the_close_of_the_matter(
        self, first: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        rated(in_force, first, scan, at)
        matter = ended(in_force, first, at)
        assert (matter.status, matter.is_open, matter.next_due_on) == (Status.CLOSED, False, DUE)

    def test_is_reminded_of_like_any_day(self, first: Reply, at: datetime) -> None:
        remind(datetime(2026, 6, 29, 8, tzinfo=at.tzinfo))
        told = Reminder.objects.filter(deadline__commitment=promised(first.matter))
        assert {reminder.rung for reminder in told} == {"last"}
        assert "handler" in {reminder.post.role for reminder in told}

    def test_marks_the_request_it_answers(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = in_hand(in_force, at)
        asked, other = set_items(
            matter=matter, rows=[ItemRow(text="周末开放"), ItemRow(text="公布电话")],
            actor=in_force.act("officer_wang"), version=matter.version, at=at,
        )  # fmt: skip
        promise = Promise(text="两个镇试点", due_on=DUE, item=asked.pk)
        issued(in_force, matter, at, **promising(promises=(promise,)))
        asked.refresh_from_db()
        other.refresh_from_db()
        assert (asked.outcome, asked.commitment, other.outcome) == ("in_progress", "两个镇试点", "")

    def test_is_asked_for_each_request_in_progress(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = in_hand(in_force, at)
        rows = [ItemRow(text="周末开放", outcome="in_progress"), ItemRow(text="公布电话", outcome="resolved")]
        set_items(matter=matter, rows=rows, actor=in_force.act("officer_wang"), version=matter.version, at=at)
        letter = drafted(in_force, matter, at, **promising())
        assert problems(letter, text_of(latest(letter)), at.date()) == [
            "第1项要求的结果为“正在解决或者列入计划”，请列出这一项的承诺和完成时间。"
        ]

    def test_gets_its_day_later_where_the_letter_is_older_than_such_days(self, first: Reply, at: datetime) -> None:
        Deadline.objects.filter(commitment=promised(first.matter)).delete()
        remind(at + timedelta(hours=1))
        assert Deadline.objects.get(commitment=promised(first.matter)).due_on == DUE

    def test_is_not_kept_before_the_letter_was_out(self, first: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(CommitmentNotKept, match="不能早于答复印发日"):
            keep_commitment(
                commitment=promised(first.matter), done_on=at.date() - timedelta(days=1), note="已办。",
                actor=in_force.act("handler_second"), at=at,
            )  # fmt: skip


class TestASecondLetter:
    def test_begins_with_the_number_of_the_first_and_what_was_kept(
        self, first: Reply, in_force: World, at: datetime
    ) -> None:
        kept(in_force, first.matter, at + LATER)
        letter = begun(in_force, first.matter, at + LATER)
        text = text_of(latest(letter))
        assert (letter.kind, letter.follows, letter.round) == ("second", first, 1)
        assert text.title == "关于市十六届人大二次会议第162001号建议的再行答复"
        assert lines_of(text.body) == [
            "我院2026年3月5日以样检函〔2026〕1号答复时承诺的事项，现将办理情况再行答复如下：",
            "一、关于在两个镇试行周末开放",
            "该项工作已于2026年5月4日完成。两个镇已经周末开放。",
        ]
        assert text.outcome == "resolved"

    def test_waits_until_the_promise_is_kept_or_due(self, first: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(NoSecondLetter, match="还没有登记完成，也没有到期"):
            begun(in_force, first.matter, at + LATER)
        assert begun(in_force, first.matter, datetime(2026, 7, 1, 9, tzinfo=at.tzinfo)).kind == "second"

    def test_is_begun_once(self, first: Reply, in_force: World, at: datetime) -> None:
        kept(in_force, first.matter, at + LATER)
        letter = begun(in_force, first.matter, at + LATER)
        assert begun(in_force, first.matter, at + LATER, who="officer_wang") == letter

    def test_is_written_by_those_who_answered(self, first: Reply, in_force: World, at: datetime) -> None:
        kept(in_force, first.matter, at + LATER)
        with pytest.raises(NotAllowed):
            begun(in_force, first.matter, at + LATER, who="handler_first")

    def test_goes_its_own_road_and_moves_nothing_of_the_first(
        self, first: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        rated(in_force, first, scan, at)
        closed = ended(in_force, first, at)
        before = Reply.objects.filter(pk=first.pk).values().get()
        answered = Deadline.objects.get(matter=closed, limit_code="SUG_REPLY").met_at
        kept(in_force, closed, at + LATER)
        letter = handed_over(in_force, out(in_force, closed, at + LATER), at + LATER)
        assert str(letter.number) == "样检函〔2026〕2号"
        assert letter.approval_id != first.approval_id
        assert (letter.status, letter.delivered_on) == (ReplyStatus.DELIVERED, (at + LATER).date())
        closed.refresh_from_db()
        assert (closed.status, closed.round, closed.is_open, closed.outcome) == (Status.CLOSED, 1, False, "resolved")
        assert Reply.objects.filter(pk=first.pk).values().get() == before
        assert Deadline.objects.get(matter=closed, limit_code="SUG_REPLY").met_at == answered
        assert Deadline.objects.get(commitment__matter=closed).met_at == at + LATER
        assert not awaiting_letter().filter(matter=closed).exists()

    def test_may_be_called_back_and_the_matter_stands(self, first: Reply, in_force: World, at: datetime) -> None:
        kept(in_force, first.matter, at + LATER)
        letter = written(in_force, first.matter, at + LATER)
        letter = submit(reply=letter, actor=in_force.act("handler_second"), version=letter.version, at=at + LATER)
        recall(
            reply=fresh(letter), reason="再核数字", actor=in_force.act("handler_second"),
            version=fresh(letter).version, at=at + LATER,
        )  # fmt: skip
        assert (fresh(letter).status, fresh(letter).matter.status) == (ReplyStatus.DRAFT, Status.REPLIED)

    def test_is_rated_within_its_own_time(self, first: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        rated(in_force, first, scan, at)
        matter = ended(in_force, first, at)
        kept(in_force, matter, at + LATER)
        letter = handed_over(in_force, out(in_force, matter, at + LATER), at + LATER)
        limit = Deadline.objects.get(letter=letter)
        assert (limit.limit_code, limit.label, limit.met_at) == ("SUG_RATING", "评价再行答复", None)
        rated(in_force, letter, scan, at + LATER)
        limit.refresh_from_db()
        assert limit.met_at == at + LATER

    def test_rated_badly_asks_for_a_redo(self, first: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        rated(in_force, first, scan, at)
        kept(in_force, first.matter, at + LATER)
        letter = handed_over(in_force, out(in_force, first.matter, at + LATER), at + LATER)
        rated(in_force, letter, scan, at + LATER, "not_satisfied")
        with pytest.raises(CannotClose, match="应当重新办理"):
            ended(in_force, first, at + LATER)

    def test_may_promise_again(self, first: Reply, in_force: World, at: datetime) -> None:
        after = datetime(2026, 7, 1, 9, tzinfo=at.tzinfo)
        again = Promise(text="第二个镇开放", due_on=date(2026, 9, 30))
        body = (block_of("一个镇已经周末开放，另一个镇场地正在修缮。"),)
        letter = out(
            in_force, first.matter, after, outcome="in_progress", reason="场地在修。", reason_code="other",
            promises=(again,), body=body,
        )  # fmt: skip
        assert fresh(letter).matter.outcome == "in_progress"
        owed = awaiting_letter().get(matter=first.matter)
        assert (owed.reply, owed.promised_on) == (letter, date(2026, 9, 30))

    def test_has_a_place_in_the_file(self, first: Reply, in_force: World, at: datetime) -> None:
        day = (at + LATER).date()
        owed = next(paper for paper in papers_of(first.matter, day) if paper.code == "second_letter")
        assert (owed.is_there, owed.about) == (False, "承诺2026年6月30日前完成")
        kept(in_force, first.matter, at + LATER)
        out(in_force, first.matter, at + LATER)
        there = next(paper for paper in papers_of(first.matter, day) if paper.code == "second_letter")
        assert (there.is_there, there.about, there.on) == (True, "样检函〔2026〕2号", day)


class TestARedo:
    def test_replaces_what_was_promised(self, first: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        rated(in_force, first, scan, at, "not_satisfied")
        kept(in_force, first.matter, at + LATER)
        letter = begun(in_force, first.matter, at + LATER)
        begin_anew(in_force, first.matter, at + LATER)
        given_up = fresh(letter)
        assert (given_up.status, given_up.voided_at) == (ReplyStatus.VOIDED, at + LATER)
        assert given_up.void_reason == "重新办理，另行答复"
        assert not awaiting_letter().exists()
        assert Deadline.objects.get(commitment=promised(first.matter)).dropped_at == at + LATER

    def test_waits_for_a_second_letter_on_its_road(
        self, first: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        rated(in_force, first, scan, at, "not_satisfied")
        kept(in_force, first.matter, at + LATER)
        letter = written(in_force, first.matter, at + LATER)
        submit(reply=letter, actor=in_force.act("handler_second"), version=letter.version, at=at + LATER)
        with pytest.raises(RedoNotDue, match="再行答复正在审签"):
            begin_anew(in_force, first.matter, at + LATER)


def begin_anew(world: World, matter: Matter, at: datetime) -> Matter:
    matter.refresh_from_db()
    return redo(matter=matter, asked_on=at.date(), actor=world.act("officer_wang"), version=matter.version, at=at)

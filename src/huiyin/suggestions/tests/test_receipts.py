"""What a system outside exports is taken in, and our matters leave for it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.extensions import scan
from tests.support.history import in_hand, registered
from tests.support.letters import delivered, fresh
from tests.support.outside import receipts, system
from tests.support.world import World

from huiyin.imports.models import Batch
from huiyin.imports.operations import choose, flip
from huiyin.matters.entering import references_open_to
from huiyin.matters.models import ExternalReference, Rating
from huiyin.matters.operations.closing import redo
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.operations.references import NotToBeEntered, take_receipt
from huiyin.matters.rules import RATING_SOURCE_LABELS, RatingSource
from huiyin.suggestions import outward

HEAD = ("建议编号", "标题", "流水号", "签收日期", "办结时间", "录入日期", "态度评价", "结果评价", "评价时间")


def let_in(world: World, batch: Batch, at: datetime) -> Batch:
    actor = world.act("officer_wang")
    choose(batch=batch, lines=None, set_bad_aside=True, version=batch.version, actor=actor, at=at)
    return flip(batch=batch, version=batch.version, actor=actor, at=at)


class TestTheirExport:
    def test_fills_the_reference_and_enters_the_rating_of_record(self, in_force: World, at: datetime) -> None:
        day = at.date().isoformat()
        there = system(in_force, at)
        reply = delivered(in_force, in_hand(in_force, at), at)
        registered(in_force, at, external_number="162002", title="关于规范校外托管机构的建议")
        early = receipts(in_force, at, there, HEAD, ("162001", "", "", "", day, "", "满意", "满意", "2026-03-01"))
        assert "评价日期应在印发日" in early.rows.get().sentences[0]
        undated = receipts(in_force, at, there, HEAD, ("162001", "", "", "", day, "2026-02-27", "满意", "满意", ""))
        remarks = undated.rows.get().remarks
        assert ("以前录入的，不写入" in remarks[0], f"按办结日期{day}登记" in remarks[1]) == (True, True)
        row = ("162001", "别的题目", "RD-0088", "2026-03-03", day, day, "满意", "不满意", day)
        batch = receipts(in_force, at, there, HEAD, row, ("162002",), ("169999",))
        said = {each.line: (each.verdict, each.sentences, each.remarks) for each in batch.rows.all()}
        assert (said[2][0], said[3][0], said[4][0]) == ("changed", "changed", "bad")
        assert "不改动" in said[2][2][0]
        assert "没有编号“169999”" in said[4][1][0]
        let_in(in_force, batch, at)
        reference = ExternalReference.objects.get(matter=reply.matter)
        rating = Rating.objects.get()
        reply.refresh_from_db()
        assert (reference.number, reference.reported_on, reference.imported_on) == ("RD-0088", at.date(), at.date())
        assert (reference.received_on, reply.uploaded_on) == (date(2026, 3, 3), at.date())
        assert (rating.source, rating.is_of_record, rating.result) == ("congress_system", True, "not_satisfied")
        again = receipts(in_force, at, there, HEAD, ("RD-0088", "", "", "", "", day, "不满意", "不满意", day))
        assert [each.verdict for each in again.rows.all()] == ["equal"]
        assert "首次评价不改写" in again.rows.get().remarks[0]
        officer, scanned = in_force.act("officer_wang"), scan(in_force, at)
        form = RatingFacts(
            source=RatingSource.SIGNED_FORM, attitude="satisfied", result="not_satisfied", rated_on=at.date()
        )
        record_rating(
            reply=fresh(reply), participant=rating.participant, facts=form, scan=scanned, actor=officer, at=at
        )  # fmt: skip
        (told,) = outward.records(references_open_to(officer.post).filter(matter=reply.matter), at.date())
        assert [each["source"] for each in told["ratings"]] == [RATING_SOURCE_LABELS[RatingSource.SIGNED_FORM]]
        other = receipts(in_force, at, there, HEAD, ("162001",), ("RD-0088",), session="3")
        assert {each.verdict for each in other.rows.all()} == {"bad"}  # numbers begin anew in every session
        reply.matter.refresh_from_db()
        redo(matter=reply.matter, asked_on=at.date(), actor=officer, version=reply.matter.version, at=at)
        old = receipts(in_force, at, there, HEAD, ("162001", "", "", "", "", day)).rows.get()
        assert (old.verdict, "不写入" in old.remarks[0]) == ("equal", True)
        with pytest.raises(NotToBeEntered, match="本次答复印发"):
            take_receipt(
                matter=reply.matter, system=there, said={"reported_on": at.date()}, actor=officer, at=at
            )  # fmt: skip

    def test_is_refused_where_a_rating_comes_before_the_answer(self, in_force: World, at: datetime) -> None:
        there = system(in_force, at)
        registered(in_force, at)
        row = ("162001", "", "", "", "", "", "满意", "很好", "2026-03-09")
        sentences = receipts(in_force, at, there, HEAD, row).rows.get().sentences
        assert any("还没有印发答复" in each for each in sentences)
        assert any("这里写的是“很好”" in each for each in sentences)


class TestTheReport:
    def test_tells_answer_delivery_and_rating_and_no_telephone(self, in_force: World, at: datetime) -> None:
        system(in_force, at)
        reply = delivered(in_force, in_hand(in_force, at), at)
        (said,) = outward.records(references_open_to(in_force.posts["officer_wang"]), at.date())
        row = dict(zip((name for name, _ in outward.COLUMNS), outward.row_of(said), strict=True))
        assert (row["编号"], row["答复文号"], row["送达日期"]) == ("162001", str(reply.number), at.date().isoformat())
        assert row["送达"] == "张示例：当面送达"
        assert "1000000" not in str(said)

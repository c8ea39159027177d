"""A suggestion is taken back in writing by all who brought it, and then nothing of it is handled any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.support import following, history
from tests.support import letters as written
from tests.support import withdrawals as road
from tests.support.world import World

from huiyin.matters.filing_documents import file_of
from huiyin.matters.models import Matter
from huiyin.matters.operations.closing import RedoNotDue, redo
from huiyin.matters.operations.filing import file_matter
from huiyin.matters.operations.orders import Order
from huiyin.matters.rules import Status
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.books import RuleNotFound, Stack
from huiyin.regulations.books.vocabulary import Consent
from huiyin.regulations.queries import stack_for
from huiyin.statistics.queries.loading import listed
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.models import Withdrawal, WithdrawalPaper
from huiyin.suggestions.operations.ending import CannotEnd
from huiyin.suggestions.operations.withdrawals import (
    CannotWithdraw,
    WithdrawalMovedOn,
    drop_withdrawal,
    finish_withdrawal,
    remove_withdrawal,
)
from huiyin.suggestions.queries import sees_withdrawal, still_to_withdraw


def joint(world: World, at: datetime) -> Matter:
    """Brought by three: two named, one on no list; in hand."""
    matter = history.registered(world, at, cosigners=(Signer(name="李样本"),), signer_count=3)
    return history.in_hand(world, at, matter)


def whole(world: World, at: datetime, matter: Matter) -> Withdrawal:
    return road.recorded(world, at, matter, ("张示例", "李样本"), others=["王虚构"])


def _finished(world: World, at: datetime, withdrawal: Withdrawal, *, who: str = "officer_wang") -> Withdrawal:
    return finish_withdrawal(withdrawal=withdrawal, actor=world.act(who), version=withdrawal.version, at=at)


class TestAWithdrawal:
    def test_needs_every_signer_and_leaves_everything_running_until_then(self, in_force: World, at: datetime) -> None:
        matter = joint(in_force, at)
        withdrawal = road.recorded(in_force, at, matter)
        assert still_to_withdraw(withdrawal).words == "李样本和没有列名的1人"
        with pytest.raises(CannotWithdraw, match="还有李样本和没有列名的1人没有书面撤回"):
            road.sent(in_force, at, withdrawal)
        with pytest.raises(CannotWithdraw, match="张示例的书面撤回已经登记过"):
            road.recorded(in_force, at, matter)
        with pytest.raises(CannotWithdraw, match="没有列名的联名人还有1人，这里填了2人"):
            road.recorded(in_force, at, matter, (), others=["王虚构", "赵占位"])
        road.recorded(in_force, at, matter, ("李样本",), others=["王虚构"])
        assert not still_to_withdraw(withdrawal).count
        assert Message.objects.filter(post=in_force.posts["officer_wang"], title="已全部撤回：162001").exists()
        matter.refresh_from_db()
        assert (matter.status, matter.is_open) == (Status.IN_HAND, True)

    def test_is_recorded_once_with_day_and_scan_by_the_office(self, in_force: World, at: datetime) -> None:
        matter, key = history.registered(in_force, at), uuid4()
        with pytest.raises(CannotWithdraw, match="扫描件"):
            road.recorded(in_force, at, matter, scan=None)
        with pytest.raises(CannotWithdraw, match="签署日期"):
            road.recorded(in_force, at, matter, signed_on=at.date() + timedelta(days=1))
        with pytest.raises(CannotWithdraw, match="请勾选"):
            road.recorded(in_force, at, matter, ())
        assert not Withdrawal.objects.exists()
        first = road.recorded(in_force, at, matter, request_key=key)
        assert road.recorded(in_force, at, matter, request_key=key) == first
        paper = WithdrawalPaper.objects.get()
        seen = {name for name, post in in_force.posts.items() if sees_withdrawal(post, paper.scan)}
        assert "officer_wang" in seen
        assert not seen & {"officer_li", "head_first", "handler_other"}

    def test_can_be_undone_before_it_is_complete(self, in_force: World, at: datetime) -> None:
        matter, actor = joint(in_force, at), in_force.act("officer_wang")
        withdrawal = road.recorded(in_force, at, matter)
        stale = withdrawal.version
        paper = withdrawal.papers.select_related("withdrawal__matter").get()
        remove_withdrawal(paper=paper, reason="不是本人签名", actor=actor, version=stale, at=at)
        with pytest.raises(WithdrawalMovedOn):
            drop_withdrawal(withdrawal=withdrawal, reason="代表改变主意", actor=actor, version=stale, at=at)
        withdrawal.refresh_from_db()
        drop_withdrawal(withdrawal=withdrawal, reason="代表改变主意", actor=actor, version=withdrawal.version, at=at)
        assert withdrawal.state == "dropped"
        assert road.recorded(in_force, at, matter) != withdrawal

    def test_refused_by_the_congress_office_goes_on_with_its_days(self, in_force: World, at: datetime) -> None:
        matter = joint(in_force, at)
        asked = road.sent(in_force, at, whole(in_force, at, matter))
        assert asked.consent is not None
        assert (asked.consent.kind, asked.consent.request_number) == ("withdrawal", "样检函〔2026〕1号")
        road.answered(in_force, at, asked, agreed=False)
        matter.refresh_from_db()
        assert (asked.state, matter.status) == ("refused", Status.IN_HAND)
        assert matter.deadlines.get(limit_code="SUG_REPLY").dropped_at is None

    def test_agreed_ends_handling_and_keeps_the_file(self, in_force: World, at: datetime) -> None:
        matter = joint(in_force, at)
        draft = written.drafted(in_force, matter, at)
        road.answered(in_force, at, road.sent(in_force, at, whole(in_force, at, matter)))
        matter.refresh_from_db()
        draft.refresh_from_db()
        assert (matter.status, matter.outcome, matter.is_open) == (Status.CLOSED, "withdrawn", False)
        assert not matter.deadlines.filter(met_at=None, dropped_at=None).exists()
        assert "撤回，期限终止" in "".join(matter.deadlines.get(limit_code="SUG_REPLY").explanation)
        assert (draft.status, draft.void_reason) == ("voided", "提出人书面撤回")
        assert set(matter.undertakings.values_list("status", flat=True)) == {"withdrawn"}
        for who in ("head_second", "handler_second", "deputy_chief"):
            assert Message.objects.filter(post=in_force.posts[who], title="已撤回：162001").exists()
        assert not listed(in_force.posts["office_head"]).exists()
        titles = [document.title for document in file_of(matter, at.date()).documents]
        assert {"书面撤回", "商请撤回的函", "样本市人大常委会代表工作委员会来文（撤回建议）"} <= set(titles)
        order = Order(organ="市人大", document_number="1号", dated_on=at.date())
        with pytest.raises(RedoNotDue, match="已经由提出人撤回"):
            redo(
                matter=matter, asked_on=at.date(), order=order, actor=in_force.act("officer_wang"),
                version=matter.version, at=at,
            )  # fmt: skip
        file_matter(matter=matter, actor=in_force.act("officer_wang"), version=matter.version, at=at)
        assert matter.status == Status.ARCHIVED

    def test_ends_the_order_that_presses_for_it_alone(self, in_force: World, at: datetime) -> None:
        matter = history.in_hand(in_force, at)
        other = history.in_hand(in_force, at, history.registered(in_force, at, external_number="162002"))
        mine = following.ordered(in_force, at, matter)
        third = history.in_hand(in_force, at, history.registered(in_force, at, external_number="162003"))
        both = following.ordered(in_force, at, third, other)
        for each in (matter, third):
            asked = road.sent(in_force, at, road.recorded(in_force, at, each))
            road.answered(in_force, at, asked)
        mine.refresh_from_db()
        both.refresh_from_db()
        assert (mine.state, mine.end_reason) == ("withdrawn", "提出人书面撤回")
        assert not mine.deadlines.filter(dropped_at=None).exists()
        assert both.is_running
        assert [day.matter for day in both.deadlines.filter(dropped_at=None)] == [other]

    def test_ends_by_the_office_alone_where_the_book_asks_nobody_else(
        self, in_force: World, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = stack_for(in_force.city, on=at.date()).withdrawal(at.date())
        monkeypatch.setattr(Stack, "withdrawal", lambda stack, on: replace(said, consent=Consent.NOT_NEEDED))
        matter = history.registered(in_force, at)
        withdrawal = road.recorded(in_force, at, matter)
        with pytest.raises(NotAllowed):
            _finished(in_force, at, withdrawal, who="head_second")
        _finished(in_force, at, withdrawal)
        matter.refresh_from_db()
        assert (matter.status, matter.outcome) == (Status.CLOSED, "withdrawn")

    def test_asks_the_congress_office_where_no_book_says(
        self, in_force: World, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def silent(stack: Stack, on: object) -> None:
            raise RuleNotFound("没有规定")

        monkeypatch.setattr(Stack, "withdrawal", silent)
        withdrawal = road.recorded(in_force, at, history.registered(in_force, at))
        assert withdrawal.needs_consent
        with pytest.raises(CannotWithdraw, match="须经交办机关同意"):
            _finished(in_force, at, withdrawal)

    def test_waits_for_papers_that_are_on_their_road(self, in_force: World, at: datetime) -> None:
        matter = history.drafted(in_force, at).rows.get().matter
        with pytest.raises(CannotEnd, match="移出那张拟办单"):
            road.recorded(in_force, at, matter)
        other = history.registered(in_force, at, external_number="162002")
        history.sent(in_force, at, other)
        other.refresh_from_db()
        with pytest.raises(CannotEnd, match="请先撤回送批、送审的文稿"):
            road.recorded(in_force, at, other)
        assert not Withdrawal.objects.exists()

"""上级院交办督办: an office above opens a lower office's matter by a recorded order alone, and as long as it runs."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.superior import below, given, reported
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.files.models import StoredFile
from huiyin.files.permissions import may_open
from huiyin.matters.models import Attachment, Deadline, Matter
from huiyin.matters.operations.superior import CannotOrder, end_superior, open_superior, report_superior
from huiyin.matters.rules import Visibility
from huiyin.matters.rules.superior import OrderState, SuperiorOrderMovedOn
from huiyin.matters.superior import opened_by_order, orders_open_to
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def matter(in_force: World, at: datetime) -> Matter:
    return below(in_force, at)


def opens(world: World, who: str = "officer_wang") -> bool:
    return opened_by_order(world.posts[who]).exists()


class TestAnOrder:
    def test_opens_the_matter_to_read_until_it_ends(self, in_force: World, matter: Matter, at: datetime) -> None:
        file = StoredFile.objects.create(public_id="a", path="a", size=1, name="原文.pdf", stored_at=at)
        Attachment.objects.create(matter=matter, kind="original", file=file, added_by="", added_at=at)
        city, office_head = in_force.posts["officer_wang"], in_force.posts["office_head"]
        assert Matter.objects.listed_for(city).filter(pk=matter.pk).exists()
        assert (opens(in_force), may_open(city, file)) == (False, False)
        order = given(in_force, at, matter)
        assert opens(in_force)
        assert may_open(office_head, file)
        assert [opens(in_force, who) for who in ("head_second", "registry", "officer_province")] == [False] * 3
        assert not Matter.objects.open_to(city).filter(pk=matter.pk).exists()
        assert opens(in_force, "deputy_chief")
        open_superior(order=order, actor=in_force.act("officer_wang"), at=at)
        seen = Record.objects.get(verb="matters.superior_opened")
        assert (seen.target_key, seen.actor_label) == (str(matter.pk), city.label)
        order = end_superior(order=order, remark="已了解。", actor=in_force.act("chief"), version=1, at=at)
        assert (opens(in_force), may_open(city, file)) == (False, False)
        with pytest.raises(NotAllowed):
            open_superior(order=order, actor=in_force.act("officer_wang"), at=at)

    def test_never_opens_what_was_sealed(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = given(in_force, at, matter)
        Matter.objects.filter(pk=matter.pk).update(visibility=Visibility.SEALED)
        assert not opens(in_force)
        assert not orders_open_to(in_force.posts["officer_wang"]).exists()
        with pytest.raises(NotAllowed):
            open_superior(order=order, actor=in_force.act("officer_wang"), at=at)

    @pytest.mark.parametrize("who", ["officer_li", "head_second", "officer_wang"])
    def test_is_given_by_an_office_above_alone(self, in_force: World, matter: Matter, at: datetime, who: str) -> None:
        own = matter if who != "officer_wang" else below(in_force, at, by="officer_wang", external_number="9")
        with pytest.raises(NotAllowed):
            given(in_force, at, own, by=who)

    def test_needs_a_number_or_a_ground_and_is_one_at_a_time(
        self, in_force: World, matter: Matter, at: datetime
    ) -> None:
        with pytest.raises(CannotOrder, match="没有文号的写明依据"):
            given(in_force, at, matter, number=" ")
        given(in_force, at, matter, number="", ground="院领导批示")
        with pytest.raises(CannotOrder, match="已经有一件没有结束的"):
            given(in_force, at, matter)
        assert given(in_force, at, matter, by="officer_province").is_running
        assert given(in_force, at, below(in_force, at, external_number="2"), by="deputy_chief").is_running


class TestTheLowerOffice:
    def test_is_told_has_the_day_and_reports_on_it(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = given(in_force, at, matter, answer_by_on=date(2026, 3, 20))
        told = Message.objects.get(post=in_force.posts["officer_li"], link=f"/desk/superior/{order.pk}/")
        assert told.title == "上级院督办：162001"
        assert "请在2026年3月20日" in told.body
        day = Deadline.objects.get(superior=order)
        assert (day.due_on, day.label, day.article) == (date(2026, 3, 20), "上级院督办反馈", "上级院督办")
        matter.refresh_from_db()
        assert matter.next_due_on == date(2026, 3, 20)
        order = reported(in_force, at, order)
        day.refresh_from_db()
        assert (order.state, day.met_at) == (OrderState.REPORTED, at)
        assert Message.objects.filter(post=in_force.posts["officer_wang"], title="督办已反馈：162001").exists()
        with pytest.raises(SuperiorOrderMovedOn):
            reported(in_force, at, order)

    def test_alone_reports(self, in_force: World, matter: Matter, at: datetime) -> None:
        order = given(in_force, at, matter)
        with pytest.raises(NotAllowed):
            report_superior(order=order, text="已办。", actor=in_force.act("officer_wang"), version=1, at=at)
        with pytest.raises(NotAllowed):
            end_superior(order=order, remark="不办。", actor=in_force.act("officer_li"), version=1, at=at)

"""Opening posts, closing them with a hand-over, and being in charge."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.audit.models import Record
from huiyin.organisations import registry
from huiyin.organisations.models import Charge, Post
from huiyin.organisations.operations import close_post, open_post, put_in_charge
from huiyin.organisations.operations.posts import HandOverNeeded, PostChanged, PostUnfit, SeatHolder
from huiyin.organisations.registry import OpenWork, register_open_work
from huiyin.organisations.rules import Role

FROM = date(2026, 3, 1)
UNTIL = date(2026, 4, 1)


@pytest.fixture
def opening(world, sysadmin, at, newcomer):
    def do(**facts):
        given = {
            "staff": newcomer,
            "procuratorate": world.city,
            "role": Role.HANDLER,
            "department": world.departments["second"],
            "title": "检察官助理",
            "office_phone": "",
            "from_on": FROM,
        }
        return open_post(**given | facts, actor=sysadmin, at=at)

    return do


@pytest.fixture
def two_matters_in_hand(monkeypatch):
    """A room above that says how much work a post has, and where it was handed."""
    monkeypatch.setattr(registry, "_kinds", {})
    moved = []

    def hand_over(post, successor, actor, at):
        moved.append((post.pk, successor.pk))
        return 2

    register_open_work(OpenWork(code="tests.matters", label="承办事项", count=lambda post: 2, hand_over=hand_over))
    return moved


class TestOpenPost:
    def test_gives_the_post_from_a_day_on(self, opening):
        post = opening()
        assert list(Post.objects.held_on(FROM).filter(staff=post.staff)) == [post]
        assert not Post.objects.held_on(date(2026, 2, 28)).filter(staff=post.staff).exists()

    def test_refuses_an_administrator(self, opening, world):
        with pytest.raises(SeatHolder, match="管理员不能再任业务岗位"):
            opening(staff=world.seats["secadmin"].staff)

    @pytest.mark.parametrize("role", [Role.HANDLER, Role.DEPARTMENT_HEAD])
    def test_refuses_a_department_role_without_department(self, opening, role):
        with pytest.raises(PostUnfit, match="要指明所在部门"):
            opening(role=role, department=None)

    def test_refuses_a_department_of_another_office(self, opening, world):
        with pytest.raises(PostUnfit, match="不是样本市人民检察院的部门"):
            opening(department=world.departments["other"])

    def test_refuses_a_period_that_ends_before_it_begins(self, opening):
        with pytest.raises(PostUnfit, match="晚于开始日期"):
            opening(until_on=FROM)

    def test_refuses_the_same_post_in_the_same_time(self, opening):
        opening(until_on=UNTIL)
        with pytest.raises(PostUnfit, match="已经任同一岗位"):
            opening(from_on=date(2026, 3, 31))
        assert opening(from_on=UNTIL).from_on == UNTIL


class TestClosePost:
    def test_ends_the_post_on_the_day(self, opening, sysadmin, at):
        post = opening()
        close_post(post=post, until_on=UNTIL, hand_over_to=None, actor=sysadmin, at=at)
        held = Post.objects.filter(pk=post.pk)
        assert held.held_on(date(2026, 3, 31)).exists()
        assert not held.held_on(UNTIL).exists()

    def test_demands_a_successor_while_work_is_open(self, opening, sysadmin, at, two_matters_in_hand):
        post = opening()
        with pytest.raises(HandOverNeeded, match="承办事项2件"):
            close_post(post=post, until_on=UNTIL, hand_over_to=None, actor=sysadmin, at=at)
        post.refresh_from_db()
        assert post.until_on is None

    def test_hands_the_work_over(self, opening, world, sysadmin, at, two_matters_in_hand):
        post, successor = opening(), world.posts["handler_second"]
        moved = close_post(post=post, until_on=UNTIL, hand_over_to=successor, actor=sysadmin, at=at)
        assert moved == {"tests.matters": 2}
        assert two_matters_in_hand == [(post.pk, successor.pk)]
        assert Record.objects.get(verb="organisations.post_closed").facts["moved"] == {"tests.matters": 2}

    def test_refuses_a_successor_elsewhere(self, opening, world, sysadmin, at, two_matters_in_hand):
        with pytest.raises(PostUnfit, match="本院的另一个岗位"):
            close_post(post=opening(), until_on=UNTIL, hand_over_to=world.posts["handler_other"], actor=sysadmin, at=at)

    def test_refuses_a_successor_no_longer_in_post(self, opening, world, sysadmin, at, two_matters_in_hand):
        successor = world.posts["handler_second"]
        Post.objects.filter(pk=successor.pk).update(until_on=UNTIL)
        with pytest.raises(PostUnfit, match="不在任"):
            close_post(post=opening(), until_on=UNTIL, hand_over_to=successor, actor=sysadmin, at=at)

    def test_lets_one_of_two_clerks_win(self, opening, sysadmin, at):
        post = opening()
        stale = Post.objects.get(pk=post.pk)
        close_post(post=post, until_on=UNTIL, hand_over_to=None, actor=sysadmin, at=at)
        with pytest.raises(PostChanged, match="刚刚被别人修改"):
            close_post(post=stale, until_on=date(2026, 5, 1), hand_over_to=None, actor=sysadmin, at=at)


class TestPutInCharge:
    def test_keeps_begins_and_ends(self, world, sysadmin, at):
        post, departments = world.posts["deputy_chief"], world.departments
        put_in_charge(
            post=post, departments=[departments["first"], departments["cases"]], from_on=FROM, actor=sysadmin, at=at
        )
        now_on = Charge.objects.filter(post=post, from_on__lte=FROM).exclude(until_on__lte=FROM)
        assert {charge.department for charge in now_on} == {departments["first"], departments["cases"]}

    def test_refuses_departments_of_another_office(self, world, sysadmin, at):
        with pytest.raises(PostUnfit, match="本院的部门"):
            put_in_charge(
                post=world.posts["deputy_chief"],
                departments=[world.departments["other"]],
                from_on=FROM,
                actor=sysadmin,
                at=at,
            )

"""Entering, disabling and restoring staff."""

from __future__ import annotations

import pytest

from huiyin.audit.models import Record
from huiyin.organisations.models import Staff
from huiyin.organisations.operations import disable_staff, enable_staff, enter_staff
from huiyin.organisations.operations.passwords import PasswordUnfit
from huiyin.organisations.operations.staff import StillInPost, UsernameTaken, UsernameUnfit
from huiyin.organisations.permissions import NotAllowed


def enter(actor, at, **facts):
    given = {"username": "newcomer", "name": "辛来者", "password": "first-word-2026"} | facts
    return enter_staff(**given, actor=actor, at=at)


class TestEnterStaff:
    def test_enters_a_person_whose_first_password_must_be_changed(self, sysadmin, at):
        staff = enter(sysadmin, at)
        assert staff.password_is_initial
        assert staff.check_password("first-word-2026")

    def test_leaves_one_record_without_the_password(self, sysadmin, at):
        enter(sysadmin, at)
        row = Record.objects.get()
        assert (row.verb, row.target_label) == ("organisations.staff_entered", "辛来者")
        assert "first-word" not in str(row.facts)

    @pytest.mark.parametrize("username", ["Officer", "王联络", "a", "1abc", "x" * 41, "a b", "offıcer"])
    def test_refuses_a_name_that_two_keyboards_write_differently(self, sysadmin, at, username):
        with pytest.raises(UsernameUnfit, match="小写字母"):
            enter(sysadmin, at, username=username)

    def test_refuses_a_name_in_use(self, sysadmin, at):
        with pytest.raises(UsernameTaken, match="officer_wang"):
            enter(sysadmin, at, username="officer_wang")
        assert Staff.objects.filter(username="officer_wang").count() == 1

    @pytest.mark.parametrize("password", ["short", "1234567890123", "password123"])
    def test_refuses_a_weak_password(self, sysadmin, at, password):
        with pytest.raises(PasswordUnfit, match="新密码不合要求"):
            enter(sysadmin, at, password=password)

    def test_is_not_for_other_administrators_or_posts(self, world, secadmin, at):
        for actor in (secadmin, world.act("office_head")):
            with pytest.raises(NotAllowed):
                enter(actor, at)


class TestDisableStaff:
    def test_closes_the_door(self, newcomer, sysadmin, at):
        disable_staff(staff=newcomer, actor=sysadmin, at=at)
        newcomer.refresh_from_db()
        assert not newcomer.is_active

    def test_refuses_while_a_post_is_held(self, world, sysadmin, at):
        with pytest.raises(StillInPost, match="联络办公室干警"):
            disable_staff(staff=world.posts["officer_wang"].staff, actor=sysadmin, at=at)

    def test_refuses_while_a_seat_is_held(self, world, sysadmin, at):
        with pytest.raises(StillInPost, match="席位"):
            disable_staff(staff=world.seats["auditadmin"].staff, actor=sysadmin, at=at)

    def test_can_be_taken_back(self, newcomer, sysadmin, at):
        disable_staff(staff=newcomer, actor=sysadmin, at=at)
        enable_staff(staff=newcomer, actor=sysadmin, at=at)
        newcomer.refresh_from_db()
        assert newcomer.is_active

"""Passwords and locks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from tests.support.world import DEMO_PASSWORD

from huiyin.audit.models import Record
from huiyin.organisations.actors import in_person
from huiyin.organisations.operations import change_password, note_sign_in, note_sign_out, reset_password, unlock
from huiyin.organisations.operations.passwords import PasswordUnfit
from huiyin.organisations.operations.signing import NotLocked, OwnPassword, WrongPassword
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.queries import lock_of, locks


@pytest.fixture
def wang(world):
    return world.posts["officer_wang"].staff


@pytest.fixture
def failing(db):
    """`failing("name", 5, moment)`: so many wrong passwords, the last at that moment."""

    def do(username, failures, moment, agent="browser"):
        attempt = AccessAttempt.objects.create(username=username, user_agent=agent, failures_since_start=failures)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=moment)

    return do


class TestChangePassword:
    def change(self, staff, at, **facts):
        given = {"old": DEMO_PASSWORD, "new": "another-word-27"} | facts
        change_password(staff=staff, **given, actor=in_person(staff), at=at)

    def test_takes_the_new_one(self, wang, at):
        self.change(wang, at)
        wang.refresh_from_db()
        assert wang.check_password("another-word-27")
        assert wang.password_changed_at == at

    def test_makes_a_first_password_an_own_one(self, newcomer, at):
        self.change(newcomer, at, old="first-word-2026")
        newcomer.refresh_from_db()
        assert not newcomer.password_is_initial

    def test_refuses_without_the_present_one(self, wang, at):
        with pytest.raises(WrongPassword):
            self.change(wang, at, old="guess")

    def test_refuses_the_same_again(self, wang, at):
        with pytest.raises(PasswordUnfit, match="换一个"):
            self.change(wang, at, new=DEMO_PASSWORD)

    def test_refuses_a_weak_one(self, wang, at):
        with pytest.raises(PasswordUnfit):
            self.change(wang, at, new="123")


class TestResetPassword:
    def test_gives_a_first_password_again(self, wang, secadmin, at):
        reset_password(staff=wang, new="given-word-2026", actor=secadmin, at=at)
        wang.refresh_from_db()
        assert wang.password_is_initial

    def test_is_not_for_the_system_administrator(self, wang, sysadmin, at):
        with pytest.raises(NotAllowed):
            reset_password(staff=wang, new="given-word-2026", actor=sysadmin, at=at)

    def test_is_not_for_oneself(self, secadmin, at):
        with pytest.raises(OwnPassword):
            reset_password(staff=secadmin.seat.staff, new="given-word-2026", actor=secadmin, at=at)


class TestALock:
    def test_ends_half_an_hour_after_the_last_failure(self, wang, at, failing):
        failing("officer_wang", 5, at)
        assert lock_of("officer_wang", at).until_at == at + timedelta(minutes=30)
        assert lock_of("officer_wang", at + timedelta(minutes=31)) is None

    def test_is_none_under_five_failures(self, wang, at, failing):
        failing("officer_wang", 4, at)
        assert lock_of("officer_wang", at) is None

    def test_counts_over_all_browsers_and_ends_when_enough_of_them_have_lapsed(self, wang, at, failing):
        failing("officer_wang", 2, at - timedelta(minutes=20), "one")
        failing("officer_wang", 3, at, "other")
        lock = lock_of("officer_wang", at)
        assert (lock.failures, lock.until_at) == (5, at + timedelta(minutes=10))

    def test_is_listed_the_latest_first_with_names_nobody_has(self, wang, at, failing):
        failing("officer_wang", 5, at - timedelta(minutes=1))
        failing("nobody_here", 7, at)
        assert [(lock.username, lock.staff) for lock in locks(at)] == [("nobody_here", None), ("officer_wang", wang)]


class TestUnlock:
    def test_opens_the_door_again(self, wang, secadmin, at, failing):
        failing("officer_wang", 5, at)
        unlock(staff=wang, actor=secadmin, at=at)
        assert lock_of("officer_wang", at) is None
        assert Record.objects.get().verb == "organisations.unlocked"

    def test_says_when_there_is_nothing_to_open(self, wang, secadmin, at):
        with pytest.raises(NotLocked):
            unlock(staff=wang, actor=secadmin, at=at)


class TestSigningInAndOut:
    def test_are_recorded_with_person_and_address(self, wang, at):
        note_sign_in(staff=wang, remote="127.0.0.1", at=at)
        note_sign_out(staff=wang, remote="127.0.0.1", at=at)
        rows = Record.objects.order_by("id").values_list("verb", "actor_label", "remote")
        assert list(rows) == [
            ("organisations.signed_in", "王联络", "127.0.0.1"),
            ("organisations.signed_out", "王联络", "127.0.0.1"),
        ]

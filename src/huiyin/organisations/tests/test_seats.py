"""The three administrators stand apart, in the operations and in the database (practice 5)."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from tests.support.world import build_world

from huiyin.audit.actors import SYSTEM
from huiyin.audit.models import Record
from huiyin.organisations import raw_sql
from huiyin.organisations.models import AdminSeat, Post, Staff
from huiyin.organisations.operations import appoint_seat, vacate_seat
from huiyin.organisations.operations.seats import SeatUnfit
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.rules import Role, Seat

DAY = date(2026, 3, 5)


class TestAppointSeat:
    def test_is_for_the_command_line_only(self, world, newcomer, sysadmin, at):
        with pytest.raises(NotAllowed):
            appoint_seat(staff=newcomer, role=Seat.SECADMIN, from_on=DAY, actor=sysadmin, at=at)
        seat = appoint_seat(staff=newcomer, role=Seat.SECADMIN, from_on=DAY, actor=SYSTEM, at=at)
        assert str(seat) == "辛来者（安全管理员）"

    def test_refuses_a_second_seat(self, world, at):
        with pytest.raises(SeatUnfit, match="不能兼任"):
            appoint_seat(staff=world.seats["auditadmin"].staff, role=Seat.SYSADMIN, from_on=DAY, actor=SYSTEM, at=at)

    def test_refuses_someone_in_a_post(self, world, at):
        with pytest.raises(SeatUnfit, match="业务岗位"):
            appoint_seat(staff=world.posts["chief"].staff, role=Seat.SYSADMIN, from_on=DAY, actor=SYSTEM, at=at)

    def test_admits_someone_whose_posts_are_over(self, world, at):
        post = world.posts["handler_first"]
        Post.objects.filter(pk=post.pk).update(until_on=DAY)
        assert appoint_seat(staff=post.staff, role=Seat.SYSADMIN, from_on=DAY, actor=SYSTEM, at=at).pk


class TestVacateSeat:
    def test_leaves_a_record(self, world, at):
        vacate_seat(seat=world.seats["auditadmin"], actor=SYSTEM, at=at)
        assert not AdminSeat.objects.filter(role=Seat.AUDITADMIN).exists()
        assert Record.objects.get().verb == "organisations.seat_vacated"


class TestTheDatabase:
    def test_refuses_a_second_seat(self, world):
        with pytest.raises(IntegrityError), transaction.atomic():
            AdminSeat.objects.create(staff=world.seats["secadmin"].staff, role=Seat.SYSADMIN, from_on=DAY)

    def test_refuses_a_seat_beside_a_post(self, world):
        with pytest.raises(IntegrityError, match="never both"), transaction.atomic():
            AdminSeat.objects.create(staff=world.posts["chief"].staff, role=Seat.SYSADMIN, from_on=DAY)

    @pytest.mark.parametrize("until_on", [None, DAY + timedelta(days=400)])
    def test_refuses_a_post_beside_a_seat(self, world, until_on):
        with pytest.raises(IntegrityError, match="never both"), transaction.atomic():
            Post.objects.create(
                staff=world.seats["sysadmin"].staff,
                procuratorate=world.city,
                role=Role.CHIEF,
                from_on=DAY,
                until_on=until_on,
            )

    def test_refuses_to_move_a_post_onto_an_administrator(self, world):
        with pytest.raises(IntegrityError, match="never both"), transaction.atomic():
            Post.objects.filter(pk=world.posts["chief"].pk).update(staff=world.seats["sysadmin"].staff)

    def test_refuses_to_prolong_a_post_into_a_seat(self, world):
        post = world.posts["handler_first"]
        Post.objects.filter(pk=post.pk).update(until_on=DAY)
        AdminSeat.objects.create(staff=post.staff, role=Seat.SYSADMIN, from_on=DAY)
        with pytest.raises(IntegrityError, match="never both"), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(until_on=None)

    def test_has_its_guards_and_gets_them_back_by_migrating(self, db):
        assert raw_sql.missing_guards(connection) == []
        on = " ON organisations_post" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER organisations_post_alone_on_insert{on}")
        assert raw_sql.missing_guards(connection) == ["organisations_post_alone_on_insert"]
        call_command("migrate", verbosity=0)
        assert raw_sql.missing_guards(connection) == []


@pytest.mark.committed
class TestAPostAndASeatGivenAtOnce:
    def test_end_with_one_of_them(self, committed_db):
        world = build_world()
        staff = Staff.objects.create(username="newcomer", name="辛来者")
        start = threading.Barrier(2)
        refused: list[str] = []

        def give(create) -> None:
            start.wait()
            try:
                with transaction.atomic():
                    create()
            except IntegrityError as error:
                refused.append(str(error))
            finally:
                connection.close()

        gifts = [
            lambda: AdminSeat.objects.create(staff=staff, role=Seat.SYSADMIN, from_on=DAY),
            lambda: Post.objects.create(staff=staff, procuratorate=world.city, role=Role.CHIEF, from_on=DAY),
        ]
        threads = [threading.Thread(target=give, args=[gift]) for gift in gifts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert AdminSeat.objects.filter(staff=staff).count() + Post.objects.filter(staff=staff).count() == 1
        assert len(refused) == 1

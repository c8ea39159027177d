"""Allotting numbers."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from tests.support.world import build_world, moment

from huiyin.audit.actors import SYSTEM
from huiyin.numbering.models import Number, Series
from huiyin.numbering.operations import NumberVoided, ReasonMissing, allot, void
from huiyin.organisations.permissions import NotAllowed

PATTERN = "{prefix}函〔{year}〕{value}号"


def take(office, at, *, code="letter", year=2026, pattern=PATTERN) -> Number:
    with transaction.atomic():
        return allot(procuratorate=office, code=code, year=year, pattern=pattern, actor=SYSTEM, at=at)


def take_and_fail(office, at) -> None:
    with transaction.atomic():
        allot(procuratorate=office, code="letter", year=2026, pattern=PATTERN, actor=SYSTEM, at=at)
        raise ZeroDivisionError


class TestANumber:
    def test_begins_at_one_and_carries_the_office_prefix_and_year(self, world, at):
        assert take(world.city, at).text == "样检函〔2026〕1号"
        assert take(world.city, at).text == "样检函〔2026〕2号"

    def test_can_be_padded_by_its_pattern(self, world, at):
        assert take(world.city, at, pattern="收{year}{value:04d}").text == "收20260001"

    def test_runs_by_itself_in_each_office_series_and_year(self, world, at):
        take(world.city, at)
        others = [
            take(world.other, at),
            take(world.city, at, code="register"),
            take(world.city, at, year=2027),
        ]
        assert [number.value for number in others] == [1, 1, 1]

    def test_leaves_no_gap_when_its_operation_fails(self, world, at):
        take(world.city, at)
        with pytest.raises(ZeroDivisionError):
            take_and_fail(world.city, at)
        assert take(world.city, at).value == 2


class TestVoidingANumber:
    def test_keeps_it_with_its_reason_and_never_gives_it_again(self, world, at):
        number = take(world.city, at)
        void(number=number, reason="  打印错误 ", actor=world.act("registry"), at=at)
        number.refresh_from_db()
        assert (number.voided_at, number.void_reason) == (at, "打印错误")
        assert take(world.city, at).value == 2

    def test_wants_a_reason(self, world, at):
        with pytest.raises(ReasonMissing):
            void(number=take(world.city, at), reason=" \n", actor=world.act("registry"), at=at)

    def test_happens_once(self, world, at):
        number = take(world.city, at)
        void(number=number, reason="重号", actor=world.act("registry"), at=at)
        with pytest.raises(NumberVoided, match="样检函〔2026〕1号 已经作废"):
            void(number=number, reason="再来一次", actor=world.act("registry"), at=at)

    @pytest.mark.parametrize("who", ["handler_second", "officer_li"])
    def test_is_not_for_a_handler_nor_for_another_office(self, world, at, who):
        with pytest.raises(NotAllowed):
            void(number=take(world.city, at), reason="重号", actor=world.act(who), at=at)


@pytest.mark.committed
class TestFortyAllotmentsAtOnce:
    def test_give_forty_consecutive_numbers_each_once(self, committed_db):
        office, at = build_world().city, moment("2026-03-05 10:00")
        connection.close()
        start = threading.Barrier(8)
        failures: list[BaseException] = []

        def work() -> None:
            try:
                start.wait()
                for _ in range(5):
                    take(office, at)
            except BaseException as failure:
                failures.append(failure)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert sorted(Number.objects.values_list("value", flat=True)) == list(range(1, 41))
        assert Series.objects.get().last == 40

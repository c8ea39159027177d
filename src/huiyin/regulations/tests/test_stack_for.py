"""What other rooms are given: the stack of an office, cheaply."""

from __future__ import annotations

from datetime import date

from huiyin.regulations.operations import put_in_force
from huiyin.regulations.queries import calendar, stack_for

DAY = date(2026, 3, 5)


class TestStackFor:
    def test_has_no_gaps_as_shipped(self, in_force):
        for day in (DAY, date(2022, 3, 5)):
            assert stack_for(in_force.city, day).faults(day) == ()
            assert stack_for(in_force.city, day).ladder(day)

    def test_gives_the_offices_below_the_same_books(self, in_force):
        assert stack_for(in_force.county, DAY) == stack_for(in_force.city, DAY)

    def test_gives_the_office_above_nothing(self, in_force):
        assert stack_for(in_force.province, DAY).books == ()

    def test_asks_the_database_once_for_the_stack_and_once_for_the_calendar(self, in_force, django_assert_num_queries):
        stack_for(in_force.city, DAY), calendar()
        with django_assert_num_queries(2):
            stack_for(in_force.city, on=DAY)
            calendar()

    def test_sees_a_new_version_at_once(self, world, load_own, at):
        put_in_force(version=load_own(), actor=world.act("office_head"), at=at)
        assert stack_for(world.city, DAY).limit("SUG_TELL", DAY).count == 5

        put_in_force(version=load_own(version="2", start="2026-03-01", count=9), actor=world.act("office_head"), at=at)

        assert stack_for(world.city, DAY).limit("SUG_TELL", DAY).count == 9
        assert stack_for(world.city, DAY).limit("SUG_TELL", date(2026, 2, 1)).count == 5

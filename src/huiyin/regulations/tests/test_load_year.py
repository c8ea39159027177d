"""The calendar: the past seeded once, each new year from a file."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.models import CalendarDay, CalendarYear, Recomputation
from huiyin.regulations.operations import YearConflict, YearUnchanged, load_year, seed_calendar
from huiyin.regulations.queries import calendar
from huiyin.regulations.yearly import YearFileFaulty

YEAR = """
year = 2027
source = "虚构的放假通知"
[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
makeup = [2027-01-09]
"""


@pytest.fixture
def load(world, at):
    """Load a file as Officer Wang."""

    def take(text: str, file: str = "2027.toml") -> CalendarYear:
        return load_year(text=text, file=file, source="虚构的通知", actor=world.act("officer_wang"), at=at)

    return take


class TestLoadYear:
    def test_makes_the_year_known_at_once(self, load):
        assert not calendar().is_known(date(2027, 1, 9))

        load(YEAR)

        assert calendar().is_known(date(2027, 1, 9))
        assert calendar().is_working(date(2027, 1, 9))
        assert calendar().name_of(date(2027, 1, 1)) == "元旦"

    def test_asks_for_all_open_dates(self, load):
        load(YEAR)
        assert (Recomputation.objects.get().procuratorates, Recomputation.objects.get().since) == ([], None)

    def test_replaces_what_stood_for_the_year(self, load):
        load(YEAR)
        assert calendar().is_working(date(2027, 1, 4))

        load(YEAR.replace("2027-01-03", "2027-01-04"))

        assert not calendar().is_working(date(2027, 1, 4))
        assert CalendarYear.objects.filter(year=2027).count() == 1

    def test_says_when_nothing_changes(self, load):
        load(YEAR)
        with pytest.raises(YearUnchanged, match="没有变动"):
            load(YEAR)

    def test_names_every_fault_and_keeps_nothing(self, load):
        with pytest.raises(YearFileFaulty) as refusal:
            load(YEAR.replace("2027-01-03", "2026-12-01").replace("2027-01-09", "2030-01-09"))

        assert refusal.value.sentences
        assert not CalendarDay.objects.exists()

    def test_refuses_a_day_that_another_years_notice_arranged(self, load):
        load(YEAR + '[[holiday]]\nname = "岁末节"\nfrom = 2027-12-25\n')
        taken = "年份,类别,名称,日期\n2028,放假,元旦,2028-01-01\n2028,上班,元旦,2027-12-25\n"
        with pytest.raises(YearConflict, match="2027年岁末节放假"):
            load(taken, file="2028.csv")

    def test_refuses_a_post_without_the_right(self, world, at):
        with pytest.raises(NotAllowed):
            load_year(text=YEAR, file="2027.toml", source="虚构", actor=world.act("handler_first"), at=at)


class TestSeedCalendar:
    def test_knows_2004_to_2026_and_nothing_after(self, world, at):
        assert seed_calendar(at=at) == 23
        assert set(calendar().known_years) == set(range(2004, 2027))

    def test_changes_nothing_the_second_time(self, world, at):
        seed_calendar(at=at)
        days = CalendarDay.objects.count()

        assert seed_calendar(at=at) == 0
        assert CalendarDay.objects.count() == days

    def test_leaves_a_year_someone_loaded(self, world, load, at):
        load(YEAR.replace("2027-01-09", "2027-01-10").replace("2027", "2026"), file="2026.toml")
        assert seed_calendar(at=at) == 22
        assert calendar().is_working(date(2026, 10, 1))  # as the loaded file has it

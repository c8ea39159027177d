"""The books of eight places: what differs from place to place, each over the national law.

The dates are counted by hand on a wall calendar of 2026, from Monday 2 March (handed over and received that day).
"""

from datetime import date
from importlib.resources import files

import pytest

from huiyin.regulations.books import load, shipped_books, stack
from huiyin.regulations.rules import compute

pytestmark = pytest.mark.pure

DAY = date(2026, 3, 2)
LEAVE = {"chongqing_2018": "not_needed", "henan_2017": "explained", "qingdao_2021": "assigning_organ"}
PLACES = {
    file.name.removesuffix(".toml"): load(file.read_text(encoding="utf-8"), file.name)
    for file in files("huiyin.regulations").joinpath("places").iterdir()
    if file.name.endswith(".toml")
}


def stack_of(place):
    """The national law and the place's book over it."""
    national = [book for name, book in shipped_books().items() if name.startswith("national/")]
    return stack([*national, PLACES[place]])


@pytest.mark.parametrize("place", sorted(PLACES))
class TestABookOfAPlace:
    def test_has_no_loose_ends_below_an_office_s_own_rules(self, place):
        assert stack([*shipped_books().values(), PLACES[place]]).faults(DAY) == ()

    def test_keeps_the_three_and_six_months_of_the_law(self, place):
        rule = stack_of(place).limit("SUG_REPLY", DAY)
        assert (rule.length, rule.cap.length) == ("3个月", "6个月")

    def test_marks_what_nobody_has_checked(self, place):
        for entry in PLACES[place].entries:
            assert entry.basis.unconfirmed == ("待核对" in entry.basis.article)


class TestTheDaysThatDiffer:
    @pytest.mark.parametrize(
        ("place", "code", "due"),
        [
            ("qingdao_2021", "SUG_RETURN", (3, 9)),
            ("shandong_2017", "SUG_RETURN", (3, 9)),  # five days end on a Saturday
            ("shanghai_2015", "SUG_RETURN", (3, 11)),
            ("zhejiang_2016", "SUG_RETURN", (3, 12)),
            ("chongqing_2018", "SUG_RETURN", (3, 16)),
            ("henan_2017", "SUG_RETURN", (3, 16)),
            ("chongqing_2018", "SUG_FIRST_CONTACT", (3, 30)),
            ("qingdao_2021", "SUG_ASSIST", (4, 2)),
            ("shanghai_2015", "SUG_ASSIST", (4, 2)),
            ("shandong_2017", "SUG_ASSIST", (4, 2)),
            ("chongqing_2018", "SUG_ASSIST", (4, 14)),  # thirty working days around Qingming
            ("zhejiang_2016", "SUG_ASSIST", (5, 6)),  # two months end in the May holiday
            ("henan_2017", "SUG_ASSIST", (5, 6)),
            ("henan_2017", "SUG_RATING", (3, 16)),
            ("beijing_2014", "SUG_RATING", (3, 23)),
            ("chongqing_2018", "SUG_RATING", (3, 30)),
            ("shanghai_2015", "SUG_REDO", (4, 2)),
            ("beijing_2014", "SUG_REDO", (5, 6)),
            ("chongqing_2018", "SUG_REDO", (5, 6)),
            ("sichuan_proposals_2024", "PRO_REPLY", (8, 3)),  # five months end on a Sunday
            ("sichuan_proposals_2024", "PRO_REPLY_BETWEEN", (6, 2)),
        ],
    )
    def test_are_these(self, calendar, place, code, due):
        assert compute(stack_of(place).limit(code, DAY), DAY, calendar).due_on == date(2026, *due)

    def test_and_who_is_answered(self):
        modes = {place: stack_of(place).reply_to(DAY).mode.value for place in ("qingdao_2021", "shanghai_2015")}
        assert modes == {"qingdao_2021": "lead", "shanghai_2015": "each"}

    def test_and_whose_leave_an_extension_or_a_withdrawal_needs(self):
        leave = {place: stack_of(place).extension(DAY).consent.value for place in LEAVE}
        assert leave == LEAVE
        assert stack_of("shanghai_2015").withdrawal(DAY).consent.value == "not_needed"

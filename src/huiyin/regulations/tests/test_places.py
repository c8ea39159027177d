"""The books of eight places: what differs from place to place, each over the national law.

The dates are counted by hand on a wall calendar of 2026, from Monday 2 March (handed over and received that day).
"""

from datetime import date

import pytest

from huiyin.regulations.books import (
    Cadence,
    ExtensionRule,
    Limit,
    Outcome,
    Redo,
    ReplyTo,
    RequiredPaper,
    library,
    shipped_books,
    stack,
)
from huiyin.regulations.rules import compute

pytestmark = pytest.mark.pure

DAY = date(2026, 3, 2)
LEAVE = {"chongqing_2018": "not_needed", "henan_2017": "explained", "qingdao_2021": "assigning_organ"}
PLACES = {
    each.name.removeprefix("places/").removesuffix(".toml"): each.book
    for each in library()
    if each.name.startswith("places/")
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

    def test_and_whose_leave_an_extension_or_a_withdrawal_needs(self):
        leave = {place: stack_of(place).extension(DAY).consent.value for place in LEAVE}
        assert leave == LEAVE
        assert stack_of("shanghai_2015").withdrawal(DAY).consent.value == "not_needed"


PERIODS = {
    #                       闭会交办  退回        协办         最长    反馈         重办
    "qingdao_2021": ("5个工作日", "5个工作日", "1个月", "6个月", "代表测评表", "未定天数"),
    "chongqing_2018": ("10个工作日", "10个工作日", "30个工作日", "6个月", "20个工作日", "2个月"),
    "shanghai_2015": ("7个工作日", "7个工作日", "1个月", "6个月", "代表反馈表", "1个月"),
    "beijing_2014": ("", "", "", "6个月", "15个工作日", "2个月"),
    "henan_2017": ("", "10个工作日", "2个月", "6个月", "10个工作日", "1个月"),
    "zhejiang_2016": ("", "10日", "2个月", "6个月", "征询意见表", "1个月"),
    "shandong_2017": ("5日", "5日", "1个月", "6个月", "平台评价表（打印件）", "1个月"),
}
CONSENTS = {
    "qingdao_2021": "assigning_organ", "chongqing_2018": "not_needed", "shanghai_2015": "assigning_organ",
    "beijing_2014": "assigning_organ", "henan_2017": "explained", "zhejiang_2016": "assigning_organ",
    "shandong_2017": "assigning_organ",
}  # fmt: skip
ANSWERED = {
    "qingdao_2021": "lead", "chongqing_2018": "each", "shanghai_2015": "each", "beijing_2014": "", "henan_2017": "each",
    "zhejiang_2016": "each", "shandong_2017": "agreed",
}  # fmt: skip


@pytest.mark.parametrize("place", sorted(PERIODS))
class TestTheTableOfPlaces:
    """What the seven local rules vary on, cell by cell; an empty cell: the place's own book is silent."""

    def test_has_these_periods(self, place):
        book = PLACES[place]
        lengths = {entry.code: stack_of(place).limit(entry.code, DAY).length for entry in book.of(Limit)}
        form = next((each.title for each in book.of(RequiredPaper) if each.code == "feedback_form"), "")
        feedback = lengths.get("SUG_RATING", form)
        redo = lengths.get("SUG_REDO") or ("未定天数" if book.of(Redo) else "")
        codes = ("SUG_ASSIGN_BETWEEN", "SUG_RETURN", "SUG_ASSIST", "SUG_CAP")
        assert (*(lengths.get(code, "") for code in codes), feedback, redo) == PERIODS[place]

    def test_asks_this_leave_and_answers_these(self, place):
        book = PLACES[place]
        asked = next((each.consent.value for each in book.of(ExtensionRule)), "")
        answered = next((each.mode.value for each in book.of(ReplyTo)), "")
        assert (asked, answered) == (CONSENTS[place], ANSWERED[place])


def test_the_particulars_of_single_places():
    assert stack_of("chongqing_2018").limit("SUG_ASSIST_REDO", DAY).length == "5个工作日"
    assert stack_of("henan_2017").limit("SUG_REASSIGN", DAY).length == "10个工作日"
    marks = [(each.code.value, each.mark) for each in PLACES["zhejiang_2016"].of(Outcome)]
    assert marks == [("resolved", "A"), ("in_progress", "B"), ("not_feasible", "C")]
    reports = {place: PLACES[place].of(Cadence) for place in ("henan_2017", "qingdao_2021", "shanghai_2015")}
    by = {place: [(e.by[0].month, e.by[0].day) for e in found if e.by] for place, found in reports.items()}
    assert by == {"henan_2017": [(8, 31)], "qingdao_2021": [(12, 31)], "shanghai_2015": []}


def test_a_provincial_book_of_proposals_has_limits_of_its_own():
    rules = stack_of("sichuan_proposals_2024")
    codes = ("PRO_REPLY", "PRO_REPLY_BETWEEN", "PRO_CAP", "PRO_REDO")
    assert [rules.limit(code, DAY).length for code in codes] == ["5个月", "3个月", "6个月", "3个月"]

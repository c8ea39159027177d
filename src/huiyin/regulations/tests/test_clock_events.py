"""What extensions, suspensions, completed materials and withdrawals do to a limit."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyin.regulations.rules import (
    ClockState,
    DayOutOfReach,
    Extension,
    ExtensionBeyondCap,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooShort,
    MaterialsCompleted,
    Recalled,
    Suspension,
    Unit,
    Withdrawn,
    check_extension,
    compute,
    is_late,
)
from huiyin.regulations.tests.conftest import limit

pytestmark = pytest.mark.pure

START = date(2026, 3, 2)
SUG_CAP = limit(6, "month")
SUG_REPLY = limit(3, "month", cap=SUG_CAP, extension_allowed=True)
ASKED = date(2026, 5, 20)


class TestAnExtension:
    def test_lengthens_the_limit_to_a_total(self, calendar):
        answer = compute(SUG_REPLY, START, calendar, [Extension(granted_on=ASKED, count=5)])
        assert (answer.raw_on, answer.due_on) == (date(2026, 8, 2), date(2026, 8, 3))

    def test_may_be_given_in_another_unit(self, calendar):
        answer = compute(SUG_REPLY, START, calendar, [Extension(granted_on=ASKED, count=120, unit=Unit.CALENDAR_DAY)])
        assert answer.raw_on == date(2026, 6, 30)

    def test_or_to_a_named_day(self, calendar):
        answer = compute(SUG_REPLY, START, calendar, [Extension(granted_on=ASKED, to_on=date(2026, 7, 10))])
        assert answer.due_on == date(2026, 7, 10)

    def test_never_shortens(self, calendar):
        answer = compute(SUG_REPLY, START, calendar, [Extension(granted_on=ASKED, to_on=date(2026, 5, 25))])
        assert answer.due_on == date(2026, 6, 2)
        assert "但不晚于原届满日，期限不变" in answer.why

    def test_never_passes_the_cap(self, calendar):
        answer = compute(SUG_REPLY, START, calendar, [Extension(granted_on=ASKED, count=9)])
        assert answer.due_on == answer.cap_on == date(2026, 9, 2)
        assert "本期限已到此为止" in answer.why

    def test_changes_nothing_where_the_book_knows_none(self, calendar):
        answer = compute(limit(3, "month"), START, calendar, [Extension(granted_on=ASKED, count=5)])
        assert answer.due_on == date(2026, 6, 2)
        assert "本期限不得延长，已记录的延期不计" in answer.why

    def test_has_a_total_or_a_day_and_not_both(self):
        with pytest.raises(ValueError):
            Extension(granted_on=ASKED)
        with pytest.raises(ValueError):
            Extension(granted_on=ASKED, count=4, to_on=ASKED)


class TestAskingForAnExtension:
    def test_shows_the_new_limit(self, calendar):
        wanted = Extension(granted_on=ASKED, count=6)
        assert check_extension(SUG_REPLY, START, calendar, wanted).due_on == date(2026, 9, 2)

    @pytest.mark.parametrize(
        ("rule", "extension", "refusal", "sentence"),
        [
            (limit(3, "month"), Extension(granted_on=ASKED, count=4), ExtensionNotAllowed, "不得延长"),
            (SUG_REPLY, Extension(granted_on=date(2026, 6, 3), count=4), ExtensionTooLate, "届满前申请"),
            (SUG_REPLY, Extension(granted_on=ASKED, count=3), ExtensionTooShort, "应晚于现在的届满日2026年6月2日"),
            (SUG_REPLY, Extension(granted_on=ASKED, count=7), ExtensionBeyondCap, "不得超过2026年9月2日"),
        ],
    )
    def test_is_refused_with_a_sentence(self, calendar, rule, extension, refusal, sentence):
        with pytest.raises(refusal, match=sentence):
            check_extension(rule, START, calendar, extension)


class TestASuspension:
    rule = limit(30, "calendar_day", suspension_allowed=True)

    def test_leaves_its_days_uncounted(self, calendar):
        stop = Suspension(from_on=date(2026, 3, 10), until_on=date(2026, 3, 15))
        answer = compute(self.rule, START, calendar, [stop])
        assert answer.raw_on == date(2026, 4, 6)
        assert "3月10日至14日中止计算，期间不计入，算至2026年4月6日（周一）。" in answer.why

    def test_counts_a_day_once_though_two_overlap(self, calendar):
        stops = [
            Suspension(from_on=date(2026, 3, 10), until_on=date(2026, 3, 15)),
            Suspension(from_on=date(2026, 3, 12), until_on=date(2026, 3, 16)),
        ]
        assert compute(self.rule, START, calendar, stops).raw_on == date(2026, 4, 7)

    def test_lengthens_months_by_its_days(self, calendar):
        rule = limit(3, "month", suspension_allowed=True)
        stop = Suspension(from_on=date(2026, 5, 30), until_on=date(2026, 6, 9))
        assert compute(rule, START, calendar, [stop]).raw_on == date(2026, 6, 12)

    def test_takes_only_working_days_from_working_days(self, calendar):
        rule = limit(5, "working_day", suspension_allowed=True)
        stop = Suspension(from_on=date(2026, 3, 6), until_on=date(2026, 3, 10))  # Friday to Monday
        assert compute(rule, START, calendar, [stop]).due_on == date(2026, 3, 11)

    def test_still_open_makes_nothing_late(self, calendar):
        answer = compute(self.rule, START, calendar, [Suspension(from_on=date(2026, 3, 10))])
        assert answer.state is ClockState.STOPPED
        assert answer.late_from is None
        assert not is_late(answer, datetime(2030, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")))

    def test_opened_after_the_due_day_comes_too_late(self, calendar):
        answer = compute(self.rule, START, calendar, [Suspension(from_on=date(2026, 4, 2))])
        assert answer.state is ClockState.RUNNING
        assert answer.late_from.date() == date(2026, 4, 2)

    def test_does_not_move_a_cap_that_knows_none(self, calendar):
        rule = limit(3, "month", suspension_allowed=True, cap=limit(3, "month"))
        stop = Suspension(from_on=date(2026, 4, 1), until_on=date(2026, 5, 1))
        assert compute(rule, START, calendar, [stop]).due_on == date(2026, 6, 2)

    def test_changes_nothing_where_the_book_knows_none(self, calendar):
        stop = Suspension(from_on=date(2026, 3, 10), until_on=date(2026, 3, 15))
        answer = compute(limit(30, "calendar_day"), START, calendar, [stop])
        assert answer.raw_on == date(2026, 4, 1)
        assert "不因中止而顺延" in answer.why

    def test_ends_after_it_begins(self):
        with pytest.raises(ValueError):
            Suspension(from_on=START, until_on=START)


class TestTheClock:
    def test_starts_anew_when_materials_are_complete(self, calendar):
        answer = compute(limit(7, "calendar_day"), START, calendar, [MaterialsCompleted(on=date(2026, 3, 9))])
        assert (answer.start_on, answer.due_on) == (date(2026, 3, 9), date(2026, 3, 16))
        assert "补齐材料" in answer.why

    @pytest.mark.parametrize(("event", "word"), [(Withdrawn, "撤回"), (Recalled, "被交办机关收回")])
    def test_ends_when_the_matter_is_taken_back(self, calendar, event, word):
        answer = compute(SUG_REPLY, START, calendar, [event(on=date(2026, 4, 1))])
        assert (answer.state, answer.late_from) == (ClockState.ENDED, None)
        assert word in answer.why

    def test_stays_late_when_the_matter_is_taken_back_after_the_due_day(self, calendar):
        answer = compute(SUG_REPLY, START, calendar, [Withdrawn(on=date(2026, 6, 10))])
        assert answer.state is ClockState.ENDED
        assert answer.late_from.date() == date(2026, 6, 3)

    def test_does_not_mind_the_order_in_which_events_were_recorded(self, calendar):
        rule = limit(30, "calendar_day", suspension_allowed=True, extension_allowed=True)
        events = [
            Extension(granted_on=date(2026, 3, 20), count=45),
            Suspension(from_on=date(2026, 3, 25), until_on=date(2026, 4, 1)),
            MaterialsCompleted(on=date(2026, 3, 9)),
        ]
        assert compute(rule, START, calendar, events) == compute(rule, START, calendar, events[::-1])

    def test_refuses_a_year_that_can_only_be_a_slip(self, calendar):
        with pytest.raises(DayOutOfReach, match="请核对年份"):
            compute(SUG_REPLY, date(9999, 12, 1), calendar)
        with pytest.raises(DayOutOfReach):
            compute(SUG_REPLY, START, calendar, [Extension(granted_on=START, to_on=date(9999, 12, 31))])


class TestLateness:
    def test_begins_at_the_first_moment_after_the_due_day(self, calendar):
        answer = compute(SUG_REPLY, START, calendar)
        midnight = datetime(2026, 6, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
        assert is_late(answer, midnight)
        assert not is_late(answer, midnight - timedelta(microseconds=1))

    def test_is_the_same_moment_in_any_zone(self, calendar):
        answer = compute(SUG_REPLY, START, calendar)
        assert is_late(answer, datetime(2026, 6, 2, 16, 0, tzinfo=ZoneInfo("UTC")))
        assert not is_late(answer, datetime(2026, 6, 2, 15, 59, 59, tzinfo=ZoneInfo("UTC")))

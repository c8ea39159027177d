"""The answer to "why this date", sentence by sentence."""

from dataclasses import replace
from datetime import date

import pytest

from huiyin.regulations.rules import Counts, Extension, LineKind, ProposerTold, Roll, StartEvent, by_day, compute
from huiyin.regulations.tests.conftest import BASIS, limit

pytestmark = pytest.mark.pure


class TestTheExplanation:
    def test_names_article_day_not_counted_month_end_holiday_and_first_late_moment(self, calendar):
        answer = compute(limit(3, "month"), date(2025, 5, 31), calendar)
        assert [line.text for line in answer.explanation] == [
            "依据《虚构办法》第三条：收到后按期办理。",
            "收到之日为2025年5月31日（周六），当日不计入，从次日起算。",
            "期限3个月，算至2025年8月31日（周日）。",
            "最后一日不是工作日，遇8月31日周日，顺延至其后第一个工作日2025年9月1日（周一）。",
            "应于2025年9月1日（周一）24时前完成，2025年9月2日（周二）零时起为逾期。",
        ]

    @pytest.mark.parametrize(
        ("code", "done"), [("SUG_REPLY", "办结"), ("SUG_REDO", "办结"), ("SUG_FIRST_CONTACT", "完成")]
    )
    def test_calls_only_an_answer_the_end_of_the_matter(self, calendar, code, done):
        answer = compute(limit(1, "month", code=code), date(2026, 1, 5), calendar)
        assert f"24时前{done}，" in answer.explanation[-1].text

    def test_says_that_a_month_is_too_short(self, calendar):
        answer = compute(limit(6, "month"), date(2025, 8, 31), calendar)
        assert "2026年2月没有31日，以当月最后一日为届满日。" in answer.why

    def test_names_the_festival_and_the_days_it_takes(self, calendar):
        answer = compute(limit(1, "month"), date(2026, 1, 16), calendar)
        assert "遇2月16日至23日春节，顺延至其后第一个工作日2026年2月24日（周二）" in answer.why

    def test_says_which_days_working_days_leave_out_and_take_in(self, calendar):
        answer = compute(limit(7, "working_day"), date(2026, 2, 9), calendar)
        assert (
            "第7个工作日是2026年2月25日（周三），其间2月15日至23日春节不计，2月14日春节调休上班按工作日计" in answer.why
        )

    def test_names_the_latest_day_of_all(self, calendar):
        cap = limit(6, "month", basis=replace(BASIS, article="第四条"))
        answer = compute(limit(3, "month", cap=cap), date(2026, 4, 1), calendar)
        assert (
            "依据《虚构办法》第四条，最长6个月，至2026年10月1日（周四），遇休息日至2026年10月8日（周四），延长不得超过该日。"
            in answer.why
        )

    def test_tells_an_extension_with_its_day(self, calendar):
        rule = limit(3, "month", extension_allowed=True)
        answer = compute(rule, date(2026, 3, 2), calendar, [Extension(granted_on=date(2026, 5, 20), count=4)])
        assert "2026年5月20日（周三）同意延期，延至2026年7月2日（周四）。" in answer.why

    def test_tells_who_allowed_it_why_and_when_the_proposer_was_told(self, calendar):
        rule = limit(3, "month", extension_allowed=True)
        allowed = Extension(
            granted_on=date(2026, 5, 20), to_on=date(2026, 7, 1), by="虚构代工委（虚函〔2026〕9号）", why="须逐户核实"
        )
        answer = compute(rule, date(2026, 3, 2), calendar, [allowed, ProposerTold(on=date(2026, 5, 21))])
        assert (
            "2026年5月20日（周三）虚构代工委（虚函〔2026〕9号）同意延期，延至2026年7月1日（周三）。理由：须逐户核实。"
            in answer.why
        )
        assert "延期的情况已于2026年5月21日（周四）告知提出人。" in answer.why
        assert "告知提出人" not in compute(rule, date(2026, 3, 2), calendar, [ProposerTold(on=date(2026, 5, 21))]).why

    def test_says_when_the_rule_was_not_checked_against_its_text(self, calendar):
        rule = limit(3, "month", basis=replace(BASIS, unconfirmed=True))
        assert "该条尚未与正式文本核对" in compute(rule, date(2026, 3, 2), calendar).why

    def test_counts_backward_in_words(self, calendar):
        rule = limit(2, "working_day", counts=Counts.BEFORE, roll=Roll.BACKWARD, starts_from=StartEvent.DUE)
        assert [line.text for line in compute(rule, date(2026, 10, 9), calendar).explanation][1:] == [
            "答复期限届满之日为2026年10月9日（周五），当日不计入，从前一日起倒推。",
            "只计工作日，倒数第2个工作日是2026年9月30日（周三），其间10月1日至7日国庆节不计。",
            "应于2026年9月30日（周三）24时前完成，2026年10月1日（周四）零时起为逾期。",
        ]

    def test_says_why_a_day_came_forward(self, calendar):
        answer = by_day(2026, 6, 20, calendar, basis=BASIS)
        assert "遇6月19日至20日端午节，应提前到之前最近的工作日2026年6月18日（周四）" in answer.why
        assert answer.basis == BASIS

    def test_begins_with_the_basis_and_ends_with_the_day(self, calendar):
        kinds = [line.kind for line in compute(limit(5, "working_day"), date(2026, 3, 2), calendar).explanation]
        assert (kinds[0], kinds[-1]) == (LineKind.BASIS, LineKind.END)


class TestAYearWithoutHolidays:
    def test_makes_a_date_provisional_and_says_so(self, calendar):
        answer = compute(limit(3, "month"), date(2026, 11, 22), calendar)
        assert answer.provisional
        assert "2027年的放假安排尚未录入，暂以周一至周五为工作日推算，录入后自动重算。" in answer.why

    def test_counts_monday_to_friday(self, calendar):
        answer = compute(limit(5, "working_day"), date(2027, 2, 5), calendar)  # a Friday near the festival
        assert answer.due_on == date(2027, 2, 12)

    def test_lies_before_the_table_as_well_as_after(self, calendar):
        assert compute(limit(1, "month"), date(2003, 12, 20), calendar).provisional
        assert compute(limit(1, "month"), date(2026, 12, 20), calendar).provisional

    def test_leaves_a_window_inside_the_table_certain(self, calendar):
        assert not compute(limit(1, "month"), date(2003, 12, 31), calendar).provisional
        assert not compute(limit(10, "working_day"), date(2026, 12, 17), calendar).provisional

    def test_in_the_cap_alone_leaves_the_day_itself_certain(self, calendar):
        answer = compute(limit(3, "month", cap=limit(6, "month")), date(2026, 8, 3), calendar)
        assert (answer.provisional, answer.cap_provisional) == (False, True)

"""Shares and percentages as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.statistics.rules.figures import Figure, Unit, percent_text, share_text, shares, tenths
from huiyin.statistics.rules.periods import Basis, Period, period_of

pytestmark = pytest.mark.pure


class TestAShare:
    @pytest.mark.parametrize(
        ("part", "whole", "text"),
        [
            (2, 3, "66.7%（2/3）"),
            (1, 3, "33.3%（1/3）"),
            (2, 2, "100%（2/2）"),
            (0, 4, "0%（0/4）"),
            (1, 2, "50%（1/2）"),
            (0, 0, "—（n=0）"),
            (7968, 7969, "99.9%（7968/7969）"),
            (1, 7969, "0.1%（1/7969）"),
            (4333, 7969, "54.4%（4333/7969）"),
        ],
    )
    def test_is_printed_with_its_numbers(self, part, whole, text):
        assert share_text(part, whole) == text

    @given(st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
    def test_is_all_or_none_only_when_it_is(self, given):
        part, whole = given
        value = tenths(part, whole)
        assert (value == 1000) == (part == whole)
        assert (value == 0) == (part == 0)
        assert abs(value * whole - 1000 * part) <= whole

    @given(st.lists(st.integers(0, 500), min_size=1, max_size=8))
    def test_of_several_sums_to_a_hundred(self, counts):
        found = shares(counts)
        assert sum(found) == (1000 if any(counts) else 0)
        for count, value in zip(counts, found, strict=True):
            assert abs(value * sum(counts) - 1000 * count) < max(sum(counts), 1)
            assert value == 0 or count

    def test_in_thirds_gives_the_rest_to_the_first(self):
        assert [percent_text(value) for value in shares([1, 1, 1])] == ["33.4%", "33.3%", "33.3%"]


class TestAFigure:
    def test_says_how_much_and_out_of_how_many(self):
        count = Figure(code="x", label="收到", version=1, unit=Unit.MATTER, counted=(4, 5))
        share = Figure(code="y", label="办结率", version=1, unit=Unit.MATTER, counted=(4, 5), of=(4, 5, 6))
        assert [(each.value, each.n) for each in (count, share)] == [("2", 2), ("66.7%（2/3）", 3)]
        assert share.percent == "66.7%"


class TestAPeriod:
    @pytest.mark.parametrize(
        ("period", "code", "label"),
        [
            (Period(year=2026), "y2026a", "2026年"),
            (Period(year=2026, basis=Basis.RECEIVED), "y2026r", "2026年"),
            (Period(term=16, session=2), "t16-2", "十六届二次会议"),
            (Period(term=16, session=0), "t16-x", "十六届闭会期间"),
            (Period(term=16), "t16", "十六届"),
        ],
    )
    def test_is_found_again_by_its_code(self, period, code, label):
        assert (period.code, period.label) == (code, label)
        assert period_of(code) == period

    @pytest.mark.parametrize(
        "code", ["", "2026", "y0001a", "y99999a", "y２０２６a", "t0", "t16-0", "t16-00", "t-2", "t1234"]
    )
    def test_is_nothing_for_other_texts(self, code):
        assert period_of(code) is None

"""Slip numbers, paces."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.exchange.rules import AccessRules, is_slip_number, pause_before, slip_number

pytestmark = pytest.mark.pure


class TestASlipNumber:
    def test_is_read_back_as_ours(self):
        assert slip_number(2026, 123).startswith("回2026-000123-")
        assert is_slip_number(slip_number(2026, 123))
        assert is_slip_number(f" {slip_number(2027, 1_234_567)} ")

    def test_shows_every_wrong_digit_and_every_swapped_pair(self):
        digits = [*range(1, 5), *range(6, 12), 13, 14]
        number = slip_number(2026, 907_231)
        for place in digits:
            for digit in "0123456789":
                wrong = number[:place] + digit + number[place + 1 :]
                assert is_slip_number(wrong) == (wrong == number)
        for place in (6, 7, 8, 9, 10, 13):
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            assert is_slip_number(swapped) == (swapped == number)

    def test_is_not_any_text(self):
        assert not is_slip_number("回2026-12-3")
        assert not is_slip_number("")


class TestPauses:
    def test_grow_to_an_hour_and_stay_there(self):
        pauses = [pause_before(tries) for tries in range(12)]
        assert pauses == sorted(pauses)
        assert pauses[0] == timedelta(seconds=15)
        assert pauses[-1] == timedelta(hours=1)


class TestAccessRules:
    def test_keep_codes_as_long_as_the_longest_pace_counts(self):
        read = AccessRules.read(
            {"digits": 6, "minutes": 5, "tries": 3, "per_phone": [(60, 1)], "per_address": [(7200, 9)]}
        )
        assert read.kept == timedelta(hours=2)
        assert read.lives == timedelta(minutes=5)

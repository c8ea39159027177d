from datetime import date

import pytest

from huiyin.kernel.months import add_months, half_year, half_year_bounds

pytestmark = pytest.mark.pure


class TestAddMonths:
    @pytest.mark.parametrize(
        ("day", "months", "result"),
        [
            (date(2025, 11, 30), 3, date(2026, 2, 28)),
            (date(2026, 1, 16), 1, date(2026, 2, 16)),
            (date(2025, 8, 31), 6, date(2026, 2, 28)),
            (date(2026, 7, 1), 3, date(2026, 10, 1)),
            (date(2023, 11, 30), 3, date(2024, 2, 29)),
            (date(2026, 3, 31), -1, date(2026, 2, 28)),
        ],
    )
    def test_clips_at_month_end(self, day, months, result):
        assert add_months(day, months) == result


class TestHalfYear:
    @pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 6, 30)])
    def test_first(self, day):
        assert half_year(day) == half_year_bounds(2026, 1) == (date(2026, 1, 1), date(2026, 7, 1))

    @pytest.mark.parametrize("day", [date(2026, 7, 1), date(2026, 12, 31)])
    def test_second(self, day):
        assert half_year(day) == half_year_bounds(2026, 2) == (date(2026, 7, 1), date(2027, 1, 1))

    def test_there_is_no_third(self):
        with pytest.raises(ValueError, match="not 3"):
            half_year_bounds(2026, 3)

"""Names, standings, and when two of one name are two."""

from __future__ import annotations

import pytest

from huiyin.people.ethnicities import ETHNICITIES, ethnicity_code
from huiyin.people.rules import clean_name, standing, told_apart

pytestmark = pytest.mark.pure


class TestANameOnTheRegister:
    def test_loses_the_space_that_lists_put_between_two_characters(self):
        assert clean_name(" 张　三 ") == "张三"

    def test_has_one_kind_of_middle_dot(self):
        assert clean_name("阿依•示例") == clean_name("阿依・示例") == "阿依·示例"

    def test_keeps_the_spaces_of_a_name_in_letters(self):
        assert clean_name("Zhang San") == "Zhang San"

    def test_keeps_rare_characters(self):
        assert clean_name("䶮演示") == "䶮演示"


class TestTwoOfOneName:
    @pytest.mark.parametrize(
        ("number", "year", "other_number", "other_year", "two"),
        [
            ("001", None, "002", None, True),
            ("001", 1975, "001", 1980, False),  # one 证号 is one person, whatever the year
            ("001", 1975, "", 1980, True),
            ("", 1975, "", 1975, False),
            ("", 1975, "", None, False),
            ("", None, "", None, False),
        ],
    )
    def test_are_two_only_where_something_tells_them_apart(self, number, year, other_number, other_year, two):
        assert told_apart(number, year, other_number, other_year) is two


class TestAStanding:
    def test_names_level_term_and_kind(self):
        assert standing("deputy", "city", 16) == "市级第十六届人大代表"

    def test_needs_neither_level_nor_term(self):
        assert standing("lawyer", "", None) == "律师"


class TestEthnicities:
    def test_are_fifty_six_with_the_codes_of_the_standard(self):
        assert len([code for code in ETHNICITIES if int(code) <= 56]) == 56
        assert (ETHNICITIES["05"], ETHNICITIES["30"], ETHNICITIES["56"]) == ("维吾尔族", "土族", "基诺族")

    @pytest.mark.parametrize("text", ["汉", "汉族", "01"])
    def test_are_read_with_and_without_their_last_character(self, text):
        assert ethnicity_code(text) == "01"

"""Cells of a register as they really come."""

from __future__ import annotations

import pytest

from huiyin.people.deputy_cells import CellUnreadable, read_birth_year, read_ethnicity, read_sex, read_term

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("text", ["1975", "1975年", "1975年3月", "1975-03-02", "1975.3", "197503", "19750302"])
def test_a_year_of_birth_is_read_from_any_day(text):
    assert read_birth_year(text) == 1975


@pytest.mark.parametrize("text", ["75", "197", "一九七五", "2175", "51岁"])
def test_what_is_no_year_gets_a_sentence(text):
    with pytest.raises(CellUnreadable, match="四位数的年份"):
        read_birth_year(text)


@pytest.mark.parametrize("text", ["16", "十六", "第十六届", "第十六届人大", "16届"])
def test_a_term_is_read_as_number_or_in_words(text):
    assert read_term(text) == 16


@pytest.mark.parametrize("text", ["本届", "第一百届", "0"])
def test_what_is_no_term_gets_a_sentence(text):
    with pytest.raises(CellUnreadable, match="届次"):
        read_term(text)


def test_sex_and_ethnicity_are_written_one_way():
    assert (read_sex("女"), read_sex("男性"), read_sex("未填"), read_ethnicity("苗")) == ("女", "男", "", "苗族")
    for read in (read_sex, read_ethnicity):
        with pytest.raises(CellUnreadable, match="应写"):
            read("星")

from datetime import date

import pytest

from huiyin.kernel.numerals import chinese_ordinal, document_date, ordinal_before, parse_chinese_ordinal

pytestmark = pytest.mark.pure

VECTORS = [
    (1, "一"), (10, "十"), (11, "十一"), (16, "十六"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百零一"),
    (110, "一百一十"), (116, "一百一十六"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"),
    (1100, "一千一百"), (2026, "二千零二十六"), (9999, "九千九百九十九"),
]  # fmt: skip


class TestChineseOrdinal:
    @pytest.mark.parametrize(("number", "numeral"), VECTORS)
    def test_writes(self, number, numeral):
        assert chinese_ordinal(number) == numeral

    @pytest.mark.parametrize("number", [0, -1, 10_000])
    def test_knows_one_to_9999_only(self, number):
        with pytest.raises(ValueError, match="9999"):
            chinese_ordinal(number)


class TestParseChineseOrdinal:
    def test_reads_back_every_number_written(self):
        assert all(parse_chinese_ordinal(chinese_ordinal(number)) == number for number in range(1, 10_000))

    @pytest.mark.parametrize("text", ["第十六", "一十六", "16", "１６", " 十六 "])
    def test_reads_other_spellings(self, text):
        assert parse_chinese_ordinal(text) == 16

    @pytest.mark.parametrize("text", ["", "第", "十十", "三百百", "六一", "零", "0", "甲", "百一千", "十六届", "99999"])
    def test_refuses_what_is_no_numeral(self, text):
        with pytest.raises(ValueError, match=r"numeral|9999"):
            parse_chinese_ordinal(text)


class TestOrdinalBefore:
    @pytest.mark.parametrize("text", ["样本市第十六届人大第二次会议", "市十六届人大二次会议", "市16届人大2次会议"])
    def test_finds_term_and_session(self, text):
        assert ordinal_before(text, "届") == 16
        assert ordinal_before(text, "次") == 2

    def test_finds_nothing_where_no_number_stands(self):
        assert ordinal_before("本届闭会期间", "届") is None
        assert ordinal_before("十十届", "届") is None


class TestDocumentDate:
    def test_has_no_leading_zeros(self):
        assert document_date(date(2026, 6, 8)) == "2026年6月8日"

from datetime import date

import pytest

from huiyin.kernel.identity import (
    CreditCodeInvalid,
    IdNumberInvalid,
    MobileInvalid,
    Sex,
    normalise_mobile,
    parse_credit_code,
    parse_id_number,
)

pytestmark = pytest.mark.pure


class TestParseIdNumber:
    @pytest.mark.parametrize(
        ("number", "born_on", "sex"),
        [
            ("999999190001010015", date(1900, 1, 1), Sex.MALE),
            ("999999196002290028", date(1960, 2, 29), Sex.FEMALE),
        ],
    )
    def test_reads_birth_and_sex(self, number, born_on, sex):
        holder = parse_id_number(number)
        assert (holder.number, holder.division, holder.born_on, holder.sex) == (number, "999999", born_on, sex)

    def test_accepts_full_width_digits_and_spaces(self):
        assert parse_id_number(" 999999 １９６００２２９ 0028").number == "999999196002290028"

    def test_accepts_a_small_x_and_residents_of_hong_kong_macao_and_taiwan(self):
        assert parse_id_number("81000019900101006x").number == "81000019900101006X"

    @pytest.mark.parametrize("digit", range(18))
    def test_refuses_any_one_wrong_digit(self, digit):
        number = "999999196002290028"
        wrong = number[:digit] + str((int(number[digit]) + 1) % 10) + number[digit + 1 :]
        with pytest.raises(IdNumberInvalid):
            parse_id_number(wrong)

    def test_refuses_a_day_that_never_was(self):
        with pytest.raises(IdNumberInvalid, match="出生日期"):
            parse_id_number("999999196102290026")

    def test_refuses_a_birth_to_come(self):
        assert parse_id_number("999999196002290028", on=date(1960, 2, 29)).born_on == date(1960, 2, 29)
        with pytest.raises(IdNumberInvalid, match="晚于"):
            parse_id_number("999999196002290028", on=date(1960, 2, 28))

    @pytest.mark.parametrize("text", ["", "999999600229002", "99999919600229002Y", "9999991960022900280"])
    def test_refuses_other_shapes(self, text):
        with pytest.raises(IdNumberInvalid, match="18位"):
            parse_id_number(text)


class TestParseCreditCode:
    @pytest.mark.parametrize("code", ["91999999MA00000X0H", "11999999000000000Q"])
    def test_reads(self, code):
        assert parse_credit_code(code.lower()) == code

    def test_refuses_a_wrong_check_character(self):
        with pytest.raises(CreditCodeInvalid, match="校验位"):
            parse_credit_code("91999999MA00000X0J")

    @pytest.mark.parametrize("code", ["", "91999999MA00000I0H", "91999999MA00000X0"])
    def test_refuses_other_shapes(self, code):
        with pytest.raises(CreditCodeInvalid, match="18位"):
            parse_credit_code(code)


class TestNormaliseMobile:
    @pytest.mark.parametrize(
        "text", ["10000000001", "+86 100 0000 0001", "86-100-0000-0001", "008610000000001", "１０００００００００１"]
    )
    def test_brings_spellings_together(self, text):
        assert normalise_mobile(text, allow_demo=True) == "10000000001"

    def test_takes_every_prefix_from_13_to_19(self):
        # Built from parts: no dialable number stands in this repository.
        numbers = [f"1{second}" + "0" * 9 for second in range(3, 10)]
        assert [normalise_mobile(number) for number in numbers] == numbers

    def test_refuses_demonstration_numbers_elsewhere(self):
        with pytest.raises(MobileInvalid, match="11位"):
            normalise_mobile("10000000001")

    @pytest.mark.parametrize("text", ["", "12000000000", "1000000000", "10000010001", "100000000011", "+1 10000000001"])
    def test_refuses_the_rest(self, text):
        with pytest.raises(MobileInvalid):
            normalise_mobile(text, allow_demo=True)

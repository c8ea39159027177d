"""Reading cells of the congress office's list."""

from __future__ import annotations

import pytest

from huiyin.matters.rules import HandlerRole
from huiyin.suggestions.list_cells import (
    CellUnreadable,
    digits_of,
    number_note,
    odd_lengths,
    read_count,
    read_names,
    read_number,
)
from huiyin.suggestions.list_units import Units, in_one_cell, own_names, read_role, read_units

pytestmark = pytest.mark.pure
OWN = own_names("样本市人民检察院", "样本市院")


class TestUnits:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("独办：市检察院", Units(role=HandlerRole.SOLE)),
            ("市检察院", Units(role=HandlerRole.SOLE)),
            ("样本市人民检察院", Units(role=HandlerRole.SOLE)),
            ("主办：市检察院", Units(role=HandlerRole.SOLE)),
            (
                "主办：市检察院；协办：市中级法院、市司法局",
                Units(role=HandlerRole.LEAD, others=("市中级法院", "市司法局")),
            ),
            ("市检察院（主办）、市教育体育局（协办）", Units(role=HandlerRole.LEAD, others=("市教育体育局",))),
            ("市检察院、市中级法院（主办）", Units(role=HandlerRole.LEAD, others=("市中级法院",))),
            (
                "主办单位: 市教育体育局; 会办单位: 市检察院, 市公安局",
                Units(role=HandlerRole.ASSIST, lead_unit="市教育体育局", others=("市公安局",)),
            ),
            ("市公安局（主办） 、检察院（协办）", Units(role=HandlerRole.ASSIST, lead_unit="市公安局")),
            ("分办：市检察院、市公安局", Units(role=HandlerRole.SEPARATE, others=("市公安局",))),
            ("主办：市 检 察 院\n协办：市司法局", Units(role=HandlerRole.LEAD, others=("市司法局",))),
            ("市检察院主办，市司法局协办", Units(role=HandlerRole.LEAD, others=("市司法局",))),
            ("由市检察院牵头，市司法局配合。", Units(role=HandlerRole.LEAD, others=("市司法局",))),
            ("市检察院（主）、市司法局（协）", Units(role=HandlerRole.LEAD, others=("市司法局",))),
            ("主：市公安局；协：市检察院", Units(role=HandlerRole.ASSIST, lead_unit="市公安局")),
            (
                "【主办】市公安局【会办】市检察院、市司法局",
                Units(role=HandlerRole.ASSIST, lead_unit="市公安局", others=("市司法局",)),
            ),
            ("市检察院（主办）市司法局（协办）", Units(role=HandlerRole.LEAD, others=("市司法局",))),
            (
                "主办：市检察院（协办：市司法局、市公安局）",
                Units(role=HandlerRole.LEAD, others=("市司法局", "市公安局")),
            ),
            ("主办 市公安局 协办 市检察院", Units(role=HandlerRole.ASSIST, lead_unit="市公安局")),
            ("主办单位：市公安局  协办单位：市检察院", Units(role=HandlerRole.ASSIST, lead_unit="市公安局")),
            ("市公安局（主办）；协办：市检察院", Units(role=HandlerRole.ASSIST, lead_unit="市公安局")),
            ("市检察院会同市司法局、市公安局办理", Units(role=HandlerRole.LEAD, others=("市司法局", "市公安局"))),
            ("主办：市检察院 市中级法院", Units(role=HandlerRole.LEAD, others=("市中级法院",))),
            ("主办：样本市 人民检察院", Units(role=HandlerRole.SOLE)),
            ("市检察院（未检部）", Units(role=HandlerRole.SOLE)),
            (
                "协办：市检察院、市人力资源和社会保障局；主办：市教育体育局",
                Units(role=HandlerRole.ASSIST, lead_unit="市教育体育局", others=("市人力资源和社会保障局",)),
            ),
            ("单独办理：市检察院", Units(role=HandlerRole.SOLE)),
            ("市检察院、市公安局（分别办理）", Units(role=HandlerRole.SEPARATE, others=("市公安局",))),
        ],
    )
    def test_are_read_from_one_cell(self, cell: str, expected: Units) -> None:
        assert read_units(cell, OWN) == expected

    @pytest.mark.parametrize(
        ("cell", "says"),
        [
            ("", "没有写承办单位"),
            ("主办：市公安局", "没有找到本院"),
            ("主办：县检察院", "没有找到本院"),
            ("市检察院、市公安局", "谁主办、谁协办"),
            ("协办：市检察院", "没有写主办单位"),
            ("主办：市检察院；协办：市人民检察院", "两种角色"),
            ("市公安局；协办：市检察院", "没有写明主办还是协办"),
        ],
    )
    def test_are_refused_with_a_sentence(self, cell: str, says: str) -> None:
        with pytest.raises(CellUnreadable, match=says):
            read_units(cell, OWN)


class TestOurPartInAColumnOfItsOwn:
    def test_settles_what_the_units_leave_open(self) -> None:
        lead = Units(role=HandlerRole.LEAD, others=("市公安局",))
        assert read_units("市检察院、市公安局", OWN, said=read_role("主办")) == lead
        assist = Units(role=HandlerRole.ASSIST, lead_unit="市公安局")
        assert read_units("市公安局、市检察院", OWN, said=read_role("协办单位")) == assist

    def test_may_not_say_otherwise_than_the_units(self) -> None:
        with pytest.raises(CellUnreadable, match="请核对"):
            read_units("市公安局（主办）、市检察院（协办）", OWN, said=HandlerRole.SOLE)
        with pytest.raises(CellUnreadable, match="这里写的是“其他”"):
            read_role("其他")

    def test_may_be_two_columns_of_units(self) -> None:
        cell = in_one_cell("市公安局", "市检察院、市司法局")
        assert read_units(cell, OWN) == Units(role=HandlerRole.ASSIST, lead_unit="市公安局", others=("市司法局",))
        assert read_units(in_one_cell("市检察院", ""), OWN) == Units(role=HandlerRole.SOLE)


class TestOwnNames:
    def test_do_not_take_an_office_of_another_level_for_ours(self) -> None:
        assert "市检察院" not in own_names("沙盒区人民检察院", "沙盒区院")
        assert "区检察院" in own_names("沙盒区人民检察院", "沙盒区院")


class TestNames:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("张示例", ("张示例",)),
            ("李样本、王虚构，赵占位", ("李样本", "王虚构", "赵占位")),
            ("李样本（第一代表团）、阿依·示例（第三代表团）等7人", ("李样本", "阿依·示例")),
            ("王　虚构", ("王虚构",)),
            ("李样本等7人", ("李样本",)),
            ("", ()),
        ],
    )
    def test_are_parted(self, cell: str, expected: tuple[str, ...]) -> None:
        assert read_names(cell) == expected


class TestNumbers:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("162001", "162001"),
            ("162001.0", "162001"),
            ("第162001号", "162001"),
            ("闭160002", "闭160002"),
            ("１６２００１", "162001"),
        ],
    )
    def test_are_cleaned(self, cell: str, expected: str) -> None:
        assert read_number(cell) == expected

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("151060.0", "151060"),
            (" 151 060 ", "151060"),
            ("'151060", "151060"),
            ("第151060号建议", "151060"),
            ("建议第151060号", "151060"),
            ("NO.151060", "151060"),
            ("闭会期间第160002号", "闭160002"),
            ("（闭）160002", "闭160002"),
            ("闭160002", "闭160002"),
            ("2026—015", "2026-015"),
            ("B12", "B12"),
            ("0023", "0023"),
        ],
    )
    def test_are_cleaned_of_what_people_and_spreadsheets_add(self, cell: str, expected: str) -> None:
        assert read_number(cell) == expected
        assert read_number(expected) == expected

    @pytest.mark.parametrize(
        ("cell", "meant"), [("151o91", "151091"), ("15lO91", "151091"), ("l51091", "151091"), ("15\u043e091", "150091"),
                            ("15109l", "151091"), ("第151o91号", "151091")]
    )  # fmt: skip
    def test_with_a_letter_that_looks_like_a_digit_are_asked_about(self, cell: str, meant: str) -> None:
        with pytest.raises(CellUnreadable, match=f"请改成{meant}"):
            read_number(cell)

    @pytest.mark.parametrize(("cell", "says"), [("1.5106E+05", "科学计数"), ("2026-03-05", "日期"), ("15.5", "不像")])
    def test_that_a_spreadsheet_spoiled_say_how_to_mend_them(self, cell: str, says: str) -> None:
        with pytest.raises(CellUnreadable, match=says):
            read_number(cell)

    @pytest.mark.parametrize(
        ("cell", "note"),
        [("第151060号", ""), ("151060", ""), ("１５１０６０", "写的是“１５１０６０”，按“151060”读取。")],
    )
    def test_read_otherwise_than_written_are_noted(self, cell: str, note: str) -> None:
        assert number_note(cell, read_number(cell)) == note

    def test_shorter_than_the_others_of_a_list_may_have_lost_zeros(self) -> None:
        told = odd_lengths(["012345", "23", "023456", "034567", "闭1"])
        assert [bool(sentence) for sentence in told] == [False, True, False, False, False]
        assert odd_lengths(["9", "10", "11"]) == [""] * 3

    def test_match_a_file_by_their_digits(self) -> None:
        assert digits_of("闭160002") == "160002"

    def test_are_refused_when_they_are_sentences(self) -> None:
        with pytest.raises(CellUnreadable):
            read_number("详见附件：第三页的表")

    @pytest.mark.parametrize(("cell", "expected"), [("6", 6), ("6人", 6), ("6.0", 6), ("", None), ("无", None)])
    def test_count_signers(self, cell: str, expected: int | None) -> None:
        assert read_count(cell) == expected

    def test_of_signers_are_refused_as_words(self) -> None:
        with pytest.raises(CellUnreadable):
            read_count("若干")

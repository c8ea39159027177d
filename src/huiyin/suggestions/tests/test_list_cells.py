"""Reading cells of the congress office's list."""

from __future__ import annotations

import pytest

from huiyin.matters.rules import HandlerRole
from huiyin.suggestions.list_cells import (
    CellUnreadable,
    Units,
    digits_of,
    own_names,
    read_count,
    read_names,
    read_number,
    read_units,
)

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

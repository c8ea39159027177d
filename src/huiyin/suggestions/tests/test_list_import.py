"""The congress office's list as an import kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from tests.support.history import registered
from tests.support.world import World

from huiyin.imports.registry import Context, Row, kind_of
from huiyin.matters.models import Matter
from huiyin.suggestions.list_import import CODE, apply, find_existing, key_of, parse_row, prepare, show

CELLS = {
    "number": "第162008号",
    "title": "关于律师异地阅卷的建议",
    "lead": "李样本",
    "delegation": "第一代表团",
    "cosigner_count": "2人",
    "cosigners": "王虚构、赵占位",
    "units": "主办：市检察院、市中级法院；协办：市司法局",
    "body": "建议推行异地阅卷。",
}


def _context(world: World, at: datetime, **header: Any) -> Context:
    usual = {
        "assigner": str(world.bodies["congress"].pk), "list_number": "样人代〔2026〕8号",
        "assigned_on": "2026-03-02", "received_on": "2026-03-03", "term": 16, "session": 2,
    }  # fmt: skip
    context = Context(procuratorate=world.city, header=usual | header, post=world.posts["officer_wang"], at=at)
    prepare(context)
    return context


def _read(world: World, at: datetime, **cells: str) -> tuple[Mapping[str, Any], list[tuple[str, str]]]:
    parsed = parse_row({**CELLS, **cells}, _context(world, at))
    return parsed.values, [(problem.field, problem.sentence) for problem in parsed.problems]


def _row(values: Mapping[str, Any], target: str = "", changes: tuple[str, ...] = ()) -> Row:
    return Row(line=2, values=dict(values), target_key=target, changes=changes, original=None)


class TestParseRow:
    def test_reads_our_part_and_the_others_from_one_cell(self, in_force: World, at: datetime) -> None:
        values, problems = _read(in_force, at)
        assert problems == []
        assert (values["number"], values["role"], values["other_units"]) == ("162008", "lead", "市中级法院、市司法局")

    def test_counts_co_signers_against_their_names(self, in_force: World, at: datetime) -> None:
        _, problems = _read(in_force, at, cosigner_count="6")
        assert problems == [("cosigner_count", "写的是6人，“附议代表”列了2人，请核对。")]

    def test_names_nothing_the_list_is_silent_about(self, in_force: World, at: datetime) -> None:
        silent = dict.fromkeys(("cosigner_count", "cosigners", "delegation", "body"), "")
        assert not silent.keys() & _read(in_force, at, **silent)[0].keys()

    def test_keeps_a_count_without_names(self, in_force: World, at: datetime) -> None:
        values, problems = _read(in_force, at, cosigner_count="6", cosigners="")
        assert (values["cosigner_count"], problems) == (6, [])

    def test_names_every_fault_of_a_row(self, in_force: World, at: datetime) -> None:
        _, problems = _read(in_force, at, units="主办：市公安局", lead="李样本、王虚构", title="长" * 400)
        assert [field for field, _ in problems] == ["units", "lead", "title"]


class TestRowKey:
    def test_is_body_term_session_and_number(self, in_force: World, at: datetime) -> None:
        values, _ = _read(in_force, at)
        congress = in_force.bodies["congress"].pk
        assert key_of(dict(values), _context(in_force, at)) == f"{congress}:16:2:162008"
        assert key_of(dict(values), _context(in_force, at, session=None)) == f"{congress}:16:闭会:162008"


class TestFindExisting:
    def test_compares_all_that_a_list_says(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        found = find_existing([matter.row_key], _context(in_force, at))[matter.row_key]
        assert found.values == {
            "title": matter.title, "kind": "suggestion", "lead": "张示例", "role": "sole", "lead_unit": "",
            "other_units": "", "assigned_on": "2026-03-02", "delegation": "第三代表团", "cosigners": [],
            "cosigner_count": 0, "body": matter.body,
        }  # fmt: skip

    def test_shows_roles_by_name(self) -> None:
        assert (show("role", "lead"), show("kind", "opinion")) == ("主办", "意见")


class TestApply:
    def test_registers_a_new_row(self, in_force: World, at: datetime) -> None:
        values, _ = _read(in_force, at, cosigner_count="6", cosigners="")
        matter = Matter.objects.get(pk=apply(_row(values), _context(in_force, at), in_force.act("officer_wang")))
        assert (matter.channel, matter.suggestion.signer_count) == ("congress_list", 7)
        assert matter.suggestion.list_number == "样人代〔2026〕8号"

    def test_corrects_a_known_row_where_it_was_confirmed(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        values, _ = _read(in_force, at, number="162001", title="关于校园周边的建议", units="独办：市检察院")
        apply(_row(values, str(matter.pk), ("title",)), _context(in_force, at), in_force.act("officer_wang"))
        matter.refresh_from_db()
        assert matter.title == "关于校园周边的建议"

    @pytest.mark.parametrize(("assigner", "kind"), [("congress", "suggestion"), ("cppcc", "proposal")])
    def test_takes_the_kind_from_the_assigning_organ(
        self, in_force: World, at: datetime, assigner: str, kind: str
    ) -> None:
        context = _context(in_force, at, assigner=str(in_force.bodies[assigner].pk))
        parsed = parse_row(CELLS, context)
        assert Matter.objects.get(pk=apply(_row(parsed.values), context, in_force.act("officer_wang"))).kind == kind


class TestKind:
    def test_is_known_to_the_imports_room(self) -> None:
        assert kind_of(CODE).label == "代表建议清单"

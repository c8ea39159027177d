"""Names of figures become figures; typed numbers are checked; differences are named."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.gongwen.structure import Heading, Paragraph, Table
from huiyin.statistics.rules.comparing import Frozen, differences
from huiyin.statistics.rules.drafting import Setting, Study, first_text
from huiyin.statistics.rules.figures import Figure, Unit
from huiyin.statistics.rules.groups import all_figures
from huiyin.statistics.rules.tables import tables
from huiyin.statistics.rules.texts import doubts, faults, gongwen_blocks, plain, rendered
from huiyin.statistics.tests.test_indicators import END, answer, case, limit

pytestmark = pytest.mark.pure
CASES = [
    case(1, title="关于一件事的建议", problem_class="common", limits=(limit("2026-06-02"),),
         answers=(answer("2026-05-20 10:00", mark="A"),), closed_on=date(2026, 6, 1)),
    case(2, role="lead", title="关于另一件事的建议"),
    case(3, role="assist", title="关于别人的事的建议"),
]  # fmt: skip
FIGURES = all_figures(CASES, END)
TABLES = tables(CASES, END, "代表建议")


class TestAText:
    def test_has_figures_for_names_and_links_for_matters(self):
        blocks = rendered(
            "一、基本情况\n收到【收到】件，办结率【办结率】。如第162001号建议。【不认识】", FIGURES, TABLES, CASES
        )
        assert plain(blocks[1]["pieces"]) == "收到3件，办结率33.3%（1/3）。如第162001号建议。【不认识】"
        assert [each.get("figure") or each.get("matter") for each in blocks[1]["pieces"]] == [
            None, "received", None, "closure_rate", None, 1, None,
        ]  # fmt: skip

    def test_has_a_table_where_its_name_stands_alone(self):
        blocks = gongwen_blocks(rendered("一、情况\n【表：我院角色】\n完", FIGURES, TABLES, CASES))
        assert [type(each) for each in blocks] == [Heading, Table, Paragraph]
        assert blocks[1].rows[1][:2] == ("独办", "1")

    def test_is_held_up_by_unknown_names_and_open_marks(self):
        assert faults("收到【受到】件", FIGURES.values(), TABLES) == [
            "【受到】不是统计项目的名称，请对照右侧名称表改正。"
        ]
        assert "第2行有没填的内容" in faults("好\n×××", FIGURES.values(), TABLES)[0]
        assert faults(" \n", FIGURES.values(), TABLES) == ["正文还是空的，请填写。"]
        assert faults("收到【收到】件\n【表：我院角色】", FIGURES.values(), TABLES) == []


class TestATypedNumber:
    @pytest.mark.parametrize(
        "text", ["收到3件", "办结率33.3%", "办结率33％", "办结率 33.30%", "100%", "召开3次会议", "2026年", "【收到】件"]
    )
    def test_that_a_figure_bears_out_is_not_questioned(self, text):
        assert doubts(text, FIGURES.values()) == []

    @pytest.mark.parametrize(
        ("text", "number"), [("收到10件", "10件"), ("满意率99%", "99%"), ("评价 7 人次", "7人次"), ("承诺4项", "4项")]
    )
    def test_that_none_bears_out_is_listed(self, text, number):
        assert [(each.line, each.number) for each in doubts(f"前言\n{text}", FIGURES.values())] == [(2, number)]


class TestTheFirstText:
    def test_names_only_what_is_known_and_stands_without_doubts(self):
        setting = Setting(
            noun="代表建议", period="2026年", day=END,
            studies=[Study(held_on=date(2026, 9, 1), title="党组会", numbers=("162001",))],
        )  # fmt: skip
        text = first_text(CASES, FIGURES, setting)
        assert faults(text, FIGURES.values(), TABLES) == []
        assert doubts(text, FIGURES.values()) == []
        said = "\n".join(plain(each.get("pieces", [])) for each in rendered(text, FIGURES, TABLES, CASES))
        assert "2026年，我院共收到代表建议3件，其中独办1件、主办1件、协办1件。" in said
        assert "（一）共性问题1件。" in said
        assert "如第162001号建议《关于一件事的建议》，已经答复。" in said
        assert "2026年9月1日，党组会专题研究代表建议办理工作，研究了第162001号建议。" in said
        assert "【" not in said

    def test_says_nothing_of_nothing(self):
        figures = all_figures([], END)
        text = first_text([], figures, Setting(noun="代表建议", period="2026年", day=END))
        assert text.startswith("一、基本情况\n2026年，我院共收到代表建议【收到】件。")
        assert "二、" not in text
        assert faults(text, figures.values(), tables([], END, "代表建议")) == []


def figure(counted: tuple[int, ...], of: tuple[int, ...] | None = None, version: int = 1) -> Figure:
    return Figure(code="on_time", label="按期答复率", version=version, unit=Unit.MATTER, counted=counted, of=of)


def frozen(was: Figure) -> Frozen:
    of = None if was.of is None else frozenset(was.of)
    return Frozen(
        code=was.code, label=was.label, version=was.version, value=was.value, unit=was.unit,
        ids=frozenset(was.counted), of_ids=of,
    )  # fmt: skip


class TestADifference:
    def test_is_none_where_nothing_changed(self):
        same = figure((1, 2), (1, 2, 3))
        assert differences([frozen(same)], {"on_time": same}) == []

    def test_names_what_came_in_and_what_went(self):
        found = differences([frozen(figure((1, 2), (1, 2, 3)))], {"on_time": figure((2, 4), (2, 3, 4))})
        assert [(each.was, each.now, each.entered, each.gone) for each in found] == [
            ("66.7%（2/3）", "66.7%（2/3）", (4,), (1,))
        ]

    def test_is_named_when_the_definition_is_another(self):
        found = differences([frozen(figure((1,)))], {"on_time": figure((1,), version=2)})
        assert [each.is_redefined for each in found] == [True]

    def test_of_a_group_that_is_gone_is_named_too(self):
        assert [each.now for each in differences([frozen(figure((1,)))], {})] == ["—"]

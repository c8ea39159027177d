"""What waits for somebody's decision: a corrected list with changes, a case inquiry, a rule book for its second person.

Dated to the day of loading, like the forty matters beside it."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

from huiyin.demo.lists import as_workbook
from huiyin.demo.matters import LIST_NUMBER
from huiyin.demo.offices import Offices
from huiyin.demo.road import at_ten, key_for
from huiyin.files.operations import examine
from huiyin.imports.operations import stage
from huiyin.imports.registry import kind_of
from huiyin.regulations.operations import load_book
from huiyin.suggestions.operations.inquiries import InquiryFacts, register_inquiry

HEAD = ("编号", "标题", "领衔代表", "代表团", "承办单位及分工")
CORRECTED = [
    (
        "162001",
        "关于加强校园周边电子烟与“盲盒文具”治理的建议",
        "张示例",
        "第三代表团",
        "主办：市检察院；协办：市教育体育局",
    ),
    ("162013", "关于乡镇检察联络点周末和赶集日开放的建议", "王虚构", "第二代表团", "市检察院"),
    ("162021", "关于规范校外托管机构的建议", "李样本", "第一代表团", "主办：市检察院；协办：市司法局"),
]
"""The second session's list as it is sent again: a part and a title corrected, one suggestion that was left out."""


def load_waiting(offices: Offices, today: date) -> None:
    """One of each, for whoever opens 今日工作."""
    _corrected_list(offices, today)
    _inquiry(offices, today)
    _revised_book(offices, today)


def _corrected_list(offices: Offices, today: date) -> None:
    content = as_workbook([HEAD, *CORRECTED], title="样本市第十六届人大二次会议代表建议交办清单（更正）")
    header = {
        "assigner": str(offices.bodies["congress"].pk), "list_number": LIST_NUMBER, "assigned_on": "2026-03-02",
        "received_on": "2026-03-03", "term": "16", "session": "2",
    }  # fmt: skip
    stage(
        kind=kind_of("suggestions.list"), upload=examine(content=content, name="建议交办清单（更正）.xlsx"),
        header=header, request_key=key_for("list", "corrected"), actor=offices.act("officer_wang"), at=at_ten(today),
    )  # fmt: skip


def _inquiry(offices: Offices, today: date) -> None:
    facts = InquiryFacts(
        inquirer="赵占位", delegation="第二代表团", asked_on=today - timedelta(days=1), mode="电话",
        title="某企业合同纠纷监督案", question="来电询问案件是否受理、由哪个部门办理，希望了解办理进度。",
    )  # fmt: skip
    register_inquiry(
        facts=facts, request_key=key_for("inquiry", "demo"), actor=offices.act("officer_wang"), at=at_ten(today, 4)
    )


def _revised_book(offices: Offices, today: date) -> None:
    """The office's own rules with a shorter date for first contacts, loaded by one person and waiting for another."""
    shipped = (files("huiyin.regulations") / "data/local/sample_city.toml").read_text(encoding="utf-8")
    begins = date(today.year + 1, 1, 1)
    revised = shipped.replace('version = "2022"', f'version = "{begins.year}"', 1)
    revised = revised.replace("from = 2022-01-01", f"from = {begins.isoformat()}", 1)
    revised = revised.replace('title = "首次联系代表"\ncount = 20', 'title = "首次联系代表"\ncount = 15', 1)
    load_book(
        text=revised, file=f"sample_city_{begins.year}.toml", actor=offices.act("officer_wang"), at=at_ten(today, 6)
    )

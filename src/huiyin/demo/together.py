"""What ties matters of the demonstration together: two handled as one, a common problem, and a system outside."""

from __future__ import annotations

from datetime import date

from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, at_ten, key_for
from huiyin.matters.entering import entries_owed
from huiyin.matters.models import Matter
from huiyin.matters.operations.references import Entry, mark_entered, set_not_needed
from huiyin.matters.operations.systems import SystemFacts, enter_system
from huiyin.matters.rules.outside import SystemKind
from huiyin.suggestions.operations.common_problems import ProblemFacts, analyse_problem, open_problem
from huiyin.suggestions.operations.merging import merge


def load_together(offices: Offices, roads: list[Road], today: date) -> None:
    """Dated to the day of loading. roads: today's, in their order."""
    _merged(offices, roads[19], roads[7], today)
    _common_problem(offices, [roads[13], roads[16]], today)
    _system(offices, today)


def _merged(offices: Offices, joining: Road, lead: Road, today: date) -> None:
    matter = joining.fresh()
    merge(
        matter=matter, lead=lead.fresh(), reason="都要求督促监护人履行职责，由同一部门一并沟通办理。",
        actor=offices.act("officer_wang"), version=matter.version, at=at_ten(today, 13),
    )  # fmt: skip


def _common_problem(offices: Offices, roads: list[Road], today: date) -> None:
    facts = ProblemFacts(
        title="涉未成年人场所和服务的监管责任衔接不清", owner=offices.posts["head_second"], words="未成年人 校园",
        category="未成年人检察",
    )  # fmt: skip
    answered = Matter.objects.get(external_number="162001", kind="suggestion")
    problem = open_problem(
        facts=facts, matters=[answered, *(road.fresh() for road in roads)], request_key=key_for("problem", "demo"),
        actor=offices.act("officer_wang"), at=at_ten(today, 14),
    )  # fmt: skip
    analyse_problem(
        problem=problem, analysis="各部门各管一段，线索移送没有时限，查处结果也不反馈。",
        measures_text="会同教育、市场监管等部门商定线索移送和结果反馈办法，写明时限和联系人。",
        actor=offices.act("head_second"), version=problem.version, at=at_ten(today, 15),
    )  # fmt: skip


def _system(offices: Offices, today: date) -> None:
    """Two entered, one that need not be; the others wait."""
    officer, at = offices.act("officer_wang"), at_ten(today, 16)
    facts = SystemFacts(kind=SystemKind.CONGRESS, name="市人大代表建议管理系统", from_on=date(today.year, 1, 1))
    enter_system(facts=facts, request_key=key_for("system", "congress"), actor=officer, at=at)
    owed = list(entries_owed(officer.post).select_related("system", "matter__procuratorate").order_by("id")[:3])
    entries = [Entry(reference=each, version=each.version) for each in owed[:2]]
    if entries:
        mark_entered(entries=entries, entered_on=today, actor=officer, at=at)
    for each in owed[2:]:
        set_not_needed(
            reference=each, reason="由主办单位统一录入", version=each.version, actor=officer, at=at
        )  # fmt: skip

"""The account in the demonstration: a study of the leadership, an issued report, one to the standing committee."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.demo.offices import Offices
from huiyin.demo.road import at_ten, key_for
from huiyin.matters.models import Matter
from huiyin.statistics.models import Report
from huiyin.statistics.operations.reported import put_beside
from huiyin.statistics.operations.reports import begin_report, issue_report
from huiyin.suggestions.operations.congress import CongressFacts, begin_congress_report
from huiyin.suggestions.operations.studies import StudyFacts, record_study

STUDIED = ("162001", "162008", "162013")
ISSUED_ON = date(2026, 11, 20)
MEETING_AHEAD = 32  # days from the day of loading to the standing committee's meeting


def load_account(offices: Offices, today: date) -> None:
    """The study of March and the report of the session keep their days; the meeting lies ahead of today."""
    _studied(offices, date(2026, 3, 27))
    if today >= ISSUED_ON:
        _reported(offices, ISSUED_ON)
    _before_the_committee(offices, today)


def _studied(offices: Offices, day: date) -> None:
    found = Matter.objects.filter(procuratorate=offices.city, external_number__in=STUDIED)
    facts = StudyFacts(
        held_on=day, title="党组会", chaired_by="程检", attendees="院领导，办公室、第一检察部、第二检察部主要负责人",
        decisions="逐件明确领衔院领导和承办部门。\n答复前都要当面听取代表意见。\n年底前向市人大常委会报告办理情况。",
        minutes_number="样检党组纪〔2026〕7号", matters=tuple(found.order_by("external_number")),
    )  # fmt: skip
    record_study(
        facts=facts, minutes=None, request_key=key_for("study", day), actor=offices.act("officer_wang"), at=at_ten(day)
    )


def _reported(offices: Offices, day: date) -> Report:
    """十六届二次会议, with the satisfaction that was reported in the spring beside it."""
    officer, at = offices.act("officer_wang"), at_ten(day)
    report = begin_report(
        matter_kind="suggestion", period="t16-2", as_of_on=day, salutation="样本市人大常委会：", actor=officer,
        request_key=key_for("report", day), at=at,
    )  # fmt: skip
    put_beside(
        report=report, indicator="received", value="3", source="年中向代表工作委员会的情况说明",
        why="当时没有把代表团审议意见算在内。", actor=officer, request_key=key_for("beside", day), at=at,
    )  # fmt: skip
    return issue_report(
        report=report, number="样检报〔2026〕6号", signer="程检", issued_on=day, is_checked=True,
        actor=offices.act("office_head"), version=report.version, at=at_ten(day, 30),
    )  # fmt: skip


def _before_the_committee(offices: Offices, today: date) -> None:
    facts = CongressFacts(
        title="样本市人民检察院关于公益诉讼检察工作情况的报告", meeting="市人大常委会会议",
        meeting_on=today + timedelta(days=MEETING_AHEAD),
        recipients=("样本市人大常委会", "政协样本市委员会"),
        sections={
            "work": "围绕生态环境、食品安全和未成年人保护开展公益诉讼检察。",
            "special": "对校园周边电子烟、古渡口石刻等群众关注的问题立案办理，发出检察建议，跟踪整改。",
            "results": "主管部门落实联合巡查和石刻防护措施，整改情况已向代表反馈。",
            "problems": "线索主要靠投诉举报，主动发现不够；跟踪整改的办法还不完善。",
            "remedies": "建立线索会商机制，检察建议的回复和落实情况按季度公开。",
        },
    )  # fmt: skip
    begin_congress_report(
        facts=facts, actor=offices.act("officer_wang"), request_key=key_for("congress", today), at=at_ten(today, 3)
    )

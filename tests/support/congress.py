"""A report to the standing committee on its road, each step through the operation that takes it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.organisations.actors import acting
from huiyin.suggestions.models import CongressReport
from huiyin.suggestions.operations.congress import (
    CongressFacts,
    begin_congress_report,
    decide_congress_report,
    digest_of,
    number_congress_report,
    submit_congress_report,
)
from tests.support.once import kept
from tests.support.world import World

MEETING = date(2026, 6, 29)
RECIPIENTS = ("样本市人大常委会", "政协样本市委员会")


def facts(**more: object) -> CongressFacts:
    """For the meeting of 29 June, with two parts written."""
    usual: dict[str, object] = {
        "title": "关于公益诉讼检察工作情况的报告", "meeting": "常委会第三十次会议", "meeting_on": MEETING,
        "recipients": RECIPIENTS, "sections": {"special": "办理公益诉讼案件。", "problems": "线索来源不多。"},
    }  # fmt: skip
    return CongressFacts(**usual | more)  # type: ignore[arg-type]


@kept
def begun(world: World, at: datetime, **more: object) -> CongressReport:
    """王联络 drafts it."""
    return begin_congress_report(facts=facts(**more), actor=world.act("officer_wang"), request_key=uuid4(), at=at)


@kept
def submitted(world: World, report: CongressReport, at: datetime) -> CongressReport:
    """… and sends it up."""
    return submit_congress_report(report=report, actor=world.act("officer_wang"), version=report.version, at=at)


def signed(report: CongressReport, at: datetime, *, until: str = "") -> CongressReport:
    """Everyone on the chain signs in turn; stops before the step `until`."""
    assert report.approval is not None
    while steps := open_steps(report.approval):
        if steps[0].code == until:
            return report
        assert steps[0].post is not None
        decide_congress_report(
            report=report, step=steps[0], verdict=Verdict.AGREE, opinion="同意。", subject_hash=digest_of(report),
            actor=acting(steps[0].post), version=report.approval.version, at=at,
        )  # fmt: skip
        report = CongressReport.objects.select_related("approval", "procuratorate").get(pk=report.pk)
        assert report.approval is not None
    return report


@kept
def numbered(world: World, at: datetime, **more: object) -> CongressReport:
    """The same, signed and numbered."""
    report = signed(submitted(world, begun(world, at, **more), at), at)
    return number_congress_report(report=report, actor=world.act("registry"), version=report.version, at=at)

"""Examples of reports, in hand and issued, and of a meeting of the leadership."""

from __future__ import annotations

from uuid import uuid4

from huiyin.statistics.models import Report
from huiyin.statistics.operations.reports import begin_report, issue_report
from huiyin.suggestions.models import LeadershipStudy
from huiyin.suggestions.operations.studies import StudyFacts, record_study
from tests.support.examples import Case, Parameters, example
from tests.support.examples_matters import matter


def begun(case: Case) -> Report:
    """A report on this year's suggestions, still a draft."""
    matter(case)
    return begin_report(
        matter_kind="suggestion", period=f"y{case.at.year}a", as_of_on=case.at.date(), salutation="样本市人大常委会：",
        actor=case.world.act("officer_wang"), request_key=uuid4(), at=case.at,
    )  # fmt: skip


def issued(case: Case) -> Report:
    """The same with its figures frozen."""
    report = begun(case)
    return issue_report(
        report=report, number="样检报〔2026〕6号", issued_on=case.at.date(), is_checked=True,
        actor=case.world.act("office_head"), version=report.version, at=case.at,
    )  # fmt: skip


@example("desk:statistics", "pk")
def draft_page(case: Case) -> Parameters:
    return {"pk": case.once("report_draft", lambda: begun(case)).pk}


@example("desk:statistics:report_records", "pk")
@example("desk:statistics:corrections", "pk")
def issued_page(case: Case) -> Parameters:
    return {"pk": case.once("report_issued", lambda: issued(case)).pk}


@example("desk:statistics:corrections_paper", "pk", "kind")
@example("desk:statistics:paper", "pk", "kind")
def paper(case: Case) -> Parameters:
    return {**issued_page(case), "kind": "docx"}


@example("desk:statistics:study", "pk")
@example("desk:statistics:correct_study", "pk")
def study_page(case: Case) -> Parameters:
    return {"pk": case.once("study", lambda: _study(case)).pk}


def _study(case: Case) -> LeadershipStudy:
    facts = StudyFacts(
        held_on=case.at.date(), title="党组会", chaired_by="程检", attendees="院领导、各部门负责人",
        decisions="逐件明确领衔院领导。", matters=(matter(case),),
    )  # fmt: skip
    officer = case.world.act("officer_wang")
    return record_study(facts=facts, minutes=None, request_key=uuid4(), actor=officer, at=case.at)

"""向常委会报告: counted back from the meeting, signed, numbered, delivered to each, heard."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from tests.support.books import in_force
from tests.support.congress import MEETING, begun, facts, numbered, signed, submitted
from tests.support.extensions import scan
from tests.support.world import moment

from huiyin.approvals.operations import PaperSignature, object_to
from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.audit.models import Record
from huiyin.gongwen.structure import lines_of
from huiyin.messaging.models import Message
from huiyin.organisations.actors import acting
from huiyin.organisations.permissions import NotAllowed
from huiyin.suggestions.congress_rules import CongressMovedOn, CongressNotReady
from huiyin.suggestions.models import CongressReport, Sending
from huiyin.suggestions.operations.congress import (
    SendingFacts,
    begin_congress_report,
    conclude_congress_report,
    decide_congress_report,
    digest_of,
    drop_congress_report,
    note_sending,
    number_congress_report,
    resign_congress_report,
    save_congress_report,
)
from huiyin.suggestions.operations.congress_dues import remind_of_congress
from huiyin.suggestions.papers import congress_paper
from huiyin.suggestions.queries import congress_open_to

__all__ = ["in_force"]
AT = moment("2026-05-11 10:00")


def sent(world, report, kind, whom, on, words=""):
    said = SendingFacts(kind=kind, whom=whom, happened_on=date.fromisoformat(on), words=words)
    at = moment(f"{on} 10:00")
    return note_sending(report=report, facts=said, actor=world.act("officer_wang"), request_key=uuid4(), at=at)


def days(report):
    return {due.limit_code: due.due_on for due in report.dues.all()}


class TestTheCountdown:
    def test_is_counted_back_from_the_meeting_off_rest_days_and_says_why(self, in_force):
        report = begun(in_force, AT)
        assert days(report) == {
            "REP_DRAFT": date(2026, 6, 9), "REP_FINAL": date(2026, 6, 18), "REP_ISSUE": date(2026, 6, 22),
        }  # fmt: skip
        why = "\n".join(report.dues.get(limit_code="REP_FINAL").explanation)
        assert "监督法》第十五条" in why
        assert "端午节" in why

    def test_moves_with_the_meeting(self, in_force):
        report = begun(in_force, AT)
        moved = facts(meeting_on=date(2026, 7, 30))
        save_congress_report(
            report=report, facts=moved, actor=in_force.act("officer_wang"), version=report.version, at=AT
        )
        assert days(report)["REP_FINAL"] == date(2026, 7, 20)

    def test_climbs_its_ladder_once_and_ends_when_it_is_met(self, in_force):
        report = begun(in_force, AT)
        near = moment("2026-06-08 08:00")
        assert remind_of_congress(near) > 0
        told = Message.objects.filter(event_key__startswith="congress_due:").count()
        remind_of_congress(near)
        assert Message.objects.filter(event_key__startswith="congress_due:").count() == told
        sent(in_force, report, Sending.DRAFT_SENT, "样本市人大常委会", "2026-06-08")
        due = report.dues.get(limit_code="REP_DRAFT")
        assert (due.met_at is not None, due.rung_on) == (True, None)


class TestACongressReport:
    def test_goes_from_draft_to_heard(self, in_force):
        world, report = in_force, numbered(in_force, AT)
        assert (str(report.number), report.signer, report.signed_on) == ("样检报〔2026〕1号", "程检", AT.date())
        paper = congress_paper(report)
        heads = [line for line in lines_of(paper.body) if line.endswith(("情况", "问题"))]
        assert heads == ["一、专项工作开展情况", "二、存在的问题"]
        assert paper.copies == ("政协样本市委员会",)
        sent(world, report, Sending.SENT, "样本市人大常委会", "2026-06-15")
        heard = {"heard_on": MEETING, "outcome": "审议通过。", "actor": world.act("officer_wang"),
                 "version": report.version, "at": moment("2026-06-30 09:00")}  # fmt: skip
        with pytest.raises(CongressNotReady, match="还没有登记送达政协样本市委员会"):
            conclude_congress_report(report=report, **heard)
        assert report.dues.get(limit_code="REP_FINAL").met_at is None
        sent(world, report, Sending.SENT, "政协样本市委员会", "2026-06-16")
        assert report.dues.get(limit_code="REP_FINAL").met_at is not None
        conclude_congress_report(report=report, **heard)
        assert (report.state, report.outcome) == ("heard", "审议通过。")
        assert not report.dues.filter(met_at=None, dropped_at=None).exists()
        roots = Record.objects.filter(verb__startswith="suggestions.congress_", parent=None)
        assert roots.filter(verb="suggestions.congress_decided").count() == 4

    def test_comes_back_to_its_drafter_with_a_word(self, in_force):
        report = submitted(in_force, begun(in_force, AT), AT)
        step = open_steps(report.approval)[0]
        decide_congress_report(
            report=report, step=step, verdict=Verdict.RETURN, opinion="数字请核对。", subject_hash=digest_of(report),
            actor=acting(step.post), version=report.approval.version, at=AT,
        )  # fmt: skip
        assert report.state == "draft"
        told = Message.objects.get(event_key=f"congress:{report.pk}:returned:{report.approval_id}")
        assert told.post == in_force.posts["officer_wang"]

    def test_is_taken_down_from_paper_and_signed_again_where_disputed(self, in_force):
        report = submitted(in_force, begun(in_force, AT), AT)
        report = signed(report, AT, until=report.approval.steps.order_by("-position")[0].code)
        step, clerk = open_steps(report.approval)[0], in_force.act("officer_wang")
        paper = PaperSignature(signed_on=AT.date(), scan=scan(in_force, AT))
        decide_congress_report(
            report=report, step=step, verdict=Verdict.AGREE, opinion="同意。", subject_hash=digest_of(report),
            paper=paper, actor=clerk, version=report.approval.version, at=AT,
        )  # fmt: skip
        assert (report.state, report.signer, report.signed_on) == ("signed", "程检", AT.date())
        taken = report.approval.decisions.get(recorded_by=clerk.post)
        object_to(decision=taken, reason="不是我签的。", actor=in_force.act("chief"), at=AT)
        number = {"report": report, "actor": in_force.act("registry"), "version": report.version, "at": AT}
        with pytest.raises(CongressNotReady, match="提出了异议"):
            number_congress_report(**number)
        again = resign_congress_report(report=report, reason="重签", actor=clerk, version=report.version, at=AT)
        assert (again.state, again.signer) == ("signing", "")
        report = signed(CongressReport.objects.select_related("approval", "procuratorate").get(), AT)
        assert number_congress_report(**number | {"report": report, "version": report.version}).number

    def test_is_not_sent_before_it_has_a_number_nor_noted_for_tomorrow(self, in_force):
        report = begun(in_force, AT)
        with pytest.raises(CongressNotReady, match="取号以后才能送达"):
            sent(in_force, report, Sending.SENT, "样本市人大常委会", "2026-05-12")
        ahead = SendingFacts(kind=Sending.DRAFT_SENT, whom="样本市人大常委会", happened_on=date(2026, 5, 12))
        with pytest.raises(CongressNotReady, match="还没有到"):
            note_sending(report=report, facts=ahead, actor=in_force.act("officer_wang"), request_key=uuid4(), at=AT)

    @pytest.mark.parametrize(
        ("more", "sentence"),
        [
            ({"sections": {}}, "还没有内容"),
            ({"sections": {"special": "办理×××件。"}}, "“专项工作开展情况”第1行有没填的内容"),
        ],
    )
    def test_is_not_sent_up_unfinished(self, in_force, more, sentence):
        with pytest.raises(CongressNotReady, match=sentence):
            submitted(in_force, begun(in_force, AT, **more), AT)

    def test_is_begun_once_by_two_clicks_for_a_meeting_to_come_by_the_office(self, in_force):
        key, officer = uuid4(), in_force.act("officer_wang")
        said = {"facts": facts(), "actor": officer, "request_key": key, "at": AT}
        assert begin_congress_report(**said) == begin_congress_report(**said)
        with pytest.raises(CongressNotReady, match="已经过去"):
            begun(in_force, AT, meeting_on=date(2026, 5, 10))
        with pytest.raises(NotAllowed):
            begin_congress_report(**said | {"actor": in_force.act("handler_first"), "request_key": uuid4()})

    def test_is_given_up_as_a_draft_by_one_of_two(self, in_force):
        report, officer = begun(in_force, AT), in_force.act("officer_wang")
        drop_congress_report(report=report, actor=officer, version=report.version, at=AT)
        with pytest.raises(CongressMovedOn):
            drop_congress_report(report=report, actor=officer, version=report.version, at=AT)
        assert not congress_open_to(in_force.posts["officer_wang"]).exists()

    def test_is_seen_by_whom_it_reaches(self, in_force):
        def seen():
            posts = ("officer_wang", "office_head", "secrecy_reviewer", "chief", "registry", "handler_first",
                     "officer_li")  # fmt: skip
            return [name for name in posts if congress_open_to(in_force.posts[name]).exists()]

        report = submitted(in_force, begun(in_force, AT), AT)
        assert seen() == ["officer_wang", "office_head"]
        signed(report, AT, until="deputy_chief")
        assert seen() == ["officer_wang", "office_head", "secrecy_reviewer"]
        signed(CongressReport.objects.select_related("approval", "procuratorate").get(), AT)
        assert seen() == ["officer_wang", "office_head", "secrecy_reviewer", "chief", "registry"]

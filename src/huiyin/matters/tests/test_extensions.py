"""A matter gets more time by the book: asked, allowed inside, consented to outside, and the deputy told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.support import extensions as road
from tests.support import history
from tests.support.world import World

from huiyin.approvals.models import Decision
from huiyin.approvals.operations import PaperSignature
from huiyin.approvals.queries import waiting_for
from huiyin.approvals.rules import Verdict
from huiyin.audit.models import Record
from huiyin.files.permissions import may_open
from huiyin.matters.extending import extensions_seen_by
from huiyin.matters.filing_documents import file_of
from huiyin.matters.models import Deadline, Extension, Matter
from huiyin.matters.operations.clock_events import CannotSuspend, suspend_clock
from huiyin.matters.operations.consents import AnswerIncomplete, CongressAnswer
from huiyin.matters.operations.deadlines import drop_all
from huiyin.matters.operations.extensions import CannotExtend, withdraw_extension
from huiyin.matters.operations.extensions_outside import send_extension, tell_proposer
from huiyin.matters.papers.extensions import extension_form, extension_letter
from huiyin.matters.rules import MatterMovedOn, Mode
from huiyin.messaging.models import Message
from huiyin.organisations.models import Substitution
from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.books import Stack
from huiyin.regulations.books.vocabulary import Consent
from huiyin.regulations.rules import ExtensionBeyondCap, ExtensionTooLate, ExtensionTooShort

DUE = date(2026, 6, 2)


def due(matter: Matter, code: str = "SUG_REPLY") -> Deadline:
    return matter.deadlines.get(limit_code=code, dropped_at=None)


def book_says(monkeypatch: pytest.MonkeyPatch, leave: Consent) -> None:
    """A place's book in force, as far as whose leave it asks."""
    said = Stack.extension

    def other(stack: Stack, on: date) -> object:
        return replace(said(stack, on), consent=leave)

    monkeypatch.setattr(Stack, "extension", other)


class TestAsking:
    def test_is_the_handlers_once_and_goes_up_the_books_chain(self, in_force: World, at: datetime) -> None:
        matter, key = history.in_hand(in_force, at), uuid4()
        for who in ("officer_wang", "head_first", "deputy_chief", "officer_li"):
            with pytest.raises(NotAllowed):
                road.asked(in_force, at, matter, actor=in_force.act(who))
        extension = road.asked(in_force, at, matter, request_key=key)
        assert road.asked(in_force, at, matter, request_key=key) == extension
        with pytest.raises(CannotExtend, match="已经申请延至"):
            road.asked(in_force, at, matter)
        assert (extension.state, extension.from_on, extension.to_on) == ("asked", DUE, road.UNTIL)
        assert extension.approval is not None
        labels = [step.label for step in extension.approval.steps.order_by("position")]
        assert labels == ["部门负责人审核", "办公室审核", "院领导批准"]
        assert Message.objects.get(post=in_force.posts["head_second"], title="待审批延期：162001")
        assert due(extension.matter).due_on == DUE

    def test_by_the_head_is_the_heads_word_already(self, in_force: World, at: datetime) -> None:
        extension = road.asked(in_force, at, actor=in_force.act("head_second"))
        assert extension.approval is not None
        assert [step.code for step in extension.approval.steps.order_by("position")] == ["office", "leader"]

    def test_keeps_to_the_books_cap_and_comes_before_the_due_day(self, in_force: World, at: datetime) -> None:
        matter = history.in_hand(in_force, at)
        late = at + timedelta(days=120)
        with pytest.raises(ExtensionBeyondCap, match="延期不得超过2026年9月2日"):
            road.asked(in_force, at, matter, to_on=date(2026, 9, 3))
        with pytest.raises(ExtensionTooShort, match="应晚于"):
            road.asked(in_force, at, matter, to_on=DUE)
        with pytest.raises(CannotExtend, match="请写明延期的理由"):
            road.asked(in_force, at, matter, reason=" ")
        with pytest.raises(CannotExtend, match="没填的内容"):
            road.asked(in_force, at, matter, reason="须会同XX局核实")
        with pytest.raises(ExtensionTooLate, match="应在届满前申请"):
            road.asked(in_force, at, matter, at=late)
        assert not Extension.objects.exists()


class TestBeingDecidedInside:
    def test_ends_with_the_leader_and_leaves_the_date(self, in_force: World, at: datetime) -> None:
        extension = road.approved(in_force, at)
        assert (extension.state, extension.approved_by) == ("approved", in_force.posts["deputy_chief"])
        assert due(extension.matter).due_on == DUE
        assert Message.objects.filter(post=in_force.posts["officer_wang"], title="待报延期：162001").exists()

    def test_turned_down_tells_the_applicant(self, in_force: World, at: datetime) -> None:
        extension = road.decided(in_force, at, road.asked(in_force, at), "head_second", Verdict.RETURN)
        assert extension.state == "turned_down"
        assert Message.objects.filter(post=in_force.posts["handler_second"], title="延期申请未获同意：162001").exists()
        assert road.asked(in_force, at, extension.matter).state == "asked"

    def test_moves_the_date_at_once_where_the_book_asks_nobody_outside(
        self, in_force: World, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book_says(monkeypatch, Consent.NOT_NEEDED)
        extension = road.approved(in_force, at)
        assert (extension.state, extension.granted_to, due(extension.matter).due_on) == (
            "granted", road.UNTIL, road.UNTIL,
        )  # fmt: skip


class TestSending:
    def test_takes_a_number_and_waits(self, in_force: World, at: datetime) -> None:
        extension = road.sent(in_force, at)
        consent = extension.consent
        assert consent is not None
        assert (extension.state, consent.kind, consent.request_number) == ("sent", "extension", "样检函〔2026〕1号")
        assert (consent.body, consent.answer) == (in_force.bodies["congress"], "")
        assert due(extension.matter).due_on == DUE

    def test_comes_after_the_leader_before_the_due_day_and_from_a_fresh_page(
        self, in_force: World, at: datetime
    ) -> None:
        extension = road.approved(in_force, at)
        officer, late = in_force.act("officer_wang"), at + timedelta(days=120)
        on_time = late.date() - timedelta(days=60)
        now = extension.version
        for sent_on, version, refusal in (
            (late.date(), now, ExtensionTooLate), (at.date(), now, CannotExtend), (on_time, now - 1, MatterMovedOn),
        ):  # fmt: skip
            with pytest.raises(refusal):
                send_extension(
                    extension=extension, letter_number="", sent_on=sent_on, actor=officer, version=version, at=late
                )
        assert due(extension.matter).due_on == DUE
        send_extension(
            extension=extension,
            letter_number="样检办函〔2026〕7号",
            sent_on=on_time,
            actor=officer,
            version=now,
            at=late,
        )
        assert (extension.letter_number, extension.state) == ("样检办函〔2026〕7号", "sent")

    def test_of_an_explanation_moves_the_date_and_tells_the_deputy_in_one(
        self, in_force: World, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book_says(monkeypatch, Consent.EXPLAINED)
        extension = road.sent(in_force, at)
        assert (extension.state, extension.consent, extension.told_on) == ("granted", None, extension.sent_on)
        assert due(extension.matter).due_on == road.UNTIL
        assert extension_letter(extension).salutation == "张示例代表："


class TestTheAnswer:
    def test_agreed_moves_the_date_with_its_explanation(self, in_force: World, at: datetime) -> None:
        extension = road.sent(in_force, at)
        department = due(extension.matter, "DEPT_HANDLE")
        extension = road.answered(in_force, at, extension)
        moved = due(extension.matter)
        assert (extension.state, moved.due_on, moved.cap_on) == ("granted", road.UNTIL, date(2026, 9, 2))
        why = "".join(moved.explanation)
        assert "样本市人大常委会代表工作委员会（样人代函〔2026〕9号）同意延期，延至2026年7月2日" in why
        assert "理由：须会同市教育局逐校核实情况。" in why
        logged = Record.objects.filter(verb="matters.deadline_moved", facts__label="答复代表").get()
        assert (logged.facts["before"], logged.facts["after"]) == ("2026-06-02", "2026-07-02")
        assert due(extension.matter, "DEPT_HANDLE").due_on > department.due_on
        titles = set(Message.objects.filter(post=in_force.posts["handler_second"]).values_list("title", flat=True))
        assert {"已同意延期：162001", "期限变动：162001答复代表"} <= titles

    def test_may_come_after_the_old_day_and_name_another_within_the_cap(self, in_force: World, at: datetime) -> None:
        extension, later = road.sent(in_force, at), at + timedelta(days=100)
        with pytest.raises(ExtensionBeyondCap):
            road.answered(in_force, at, extension, on=later, to_on=date(2026, 10, 9))
        extension = Extension.objects.get()
        road.answered(in_force, at, extension, on=later, to_on=date(2026, 6, 15))
        assert due(extension.matter).due_on == date(2026, 6, 15)

    def test_is_a_paper_with_scan_and_days_in_order_and_refused_leaves_the_date(
        self, in_force: World, at: datetime
    ) -> None:
        extension, day = road.sent(in_force, at), at.date() + timedelta(days=10)
        for scan, dated_on in ((None, day + timedelta(days=8)), (road.scan(in_force, at), day)):
            answer = CongressAnswer(agreed=True, document_number="9", dated_on=dated_on, scan=scan)
            with pytest.raises(AnswerIncomplete):
                road.answered(in_force, at, extension, answer=answer)
        road.answered(in_force, at, extension, agreed=False)
        assert (extension.state, due(extension.matter).due_on) == ("refused", DUE)
        assert not extension.deadline.clock_events.exists()


class TestTellingTheDeputy:
    def test_joins_the_explanation_once_and_leaves_the_date(self, in_force: World, at: datetime) -> None:
        extension, later = road.granted(in_force, at), at + timedelta(days=22)
        assert extension.is_to_tell

        def told(day: date) -> Extension:
            return tell_proposer(
                extension=extension, told_on=day, mode=Mode.PHONE, note="代表表示理解",
                actor=in_force.act("handler_second"), version=extension.version, at=later,
            )  # fmt: skip

        with pytest.raises(CannotExtend, match="告知日应在同意之日"):
            told(at.date())
        told(later.date())
        moved = due(extension.matter)
        assert (moved.due_on, extension.is_to_tell) == (road.UNTIL, False)
        assert any("延期的情况已于2026年" in line for line in moved.explanation)
        with pytest.raises(CannotExtend, match="已经登记过告知日"):
            told(later.date())


class TestARequest:
    def test_can_be_taken_back_before_it_is_answered(self, in_force: World, at: datetime) -> None:
        extension = road.asked(in_force, at)
        later = at + timedelta(days=15)
        withdraw_extension(
            extension=extension, reason="可以按期办结", actor=in_force.act("handler_second"),
            version=extension.version, at=later,
        )  # fmt: skip
        assert extension.state == "withdrawn"
        assert not waiting_for(in_force.posts["head_second"], later.date()).exists()

    def test_ends_with_the_deadline_it_was_about(self, in_force: World, at: datetime) -> None:
        extension = road.asked(in_force, at)
        drop_all(matter=extension.matter, at=at + timedelta(days=15))
        extension.refresh_from_db()
        assert extension.state == "lapsed"
        assert not waiting_for(in_force.posts["head_second"], at.date()).exists()

    def test_is_seen_by_who_may_open_the_matter_and_lies_in_its_file(self, in_force: World, at: datetime) -> None:
        extension = road.granted(in_force, at)
        seen = {name for name, post in in_force.posts.items() if extensions_seen_by(post).exists()}
        assert {"officer_wang", "office_head", "chief", "deputy_chief", "head_second", "handler_second"} <= seen
        assert not seen & {"officer_li", "head_first", "handler_first", "handler_other"}
        form = extension_form(extension)
        assert form.title.replace("\u3000", "") == "延期申请表"
        found = file_of(extension.matter, at.date() + timedelta(days=30))
        titles = [document.title for document in found.documents]
        assert {"延期申请表", "商请延期的函", "样本市人大常委会代表工作委员会来文（延期答复）"} <= set(titles)
        assert "拟办单" in titles

    def test_may_be_signed_on_paper_and_recorded_by_the_office(self, in_force: World, at: datetime) -> None:
        extension = road.decided(in_force, at, road.asked(in_force, at), "head_second")
        signed_on = (at + timedelta(days=15)).date()
        paper = PaperSignature(signed_on=signed_on, scan=road.scan(in_force, at + timedelta(days=15)))
        with pytest.raises(NotAllowed):
            road.decided(in_force, at, extension, "office_head", by="handler_second", paper=paper)
        extension = road.decided(in_force, at, extension, "office_head", by="officer_wang", paper=paper)
        signed = Decision.objects.get(approval=extension.approval, post=in_force.posts["office_head"])
        assert (signed.recorded_by, signed.scan) == (in_force.posts["officer_wang"], paper.scan)
        assert may_open(in_force.posts["handler_second"], paper.scan)
        told = Message.objects.filter(post=in_force.posts["office_head"], title__startswith="已代录您的签批")
        assert told.exists()

    @pytest.mark.parametrize(("month", "sees_it"), [(3, True), (1, False)])
    def test_is_seen_by_a_substitute_of_its_time_alone(
        self, in_force: World, at: datetime, month: int, sees_it: bool
    ) -> None:
        road.asked(in_force, at)
        head, other = in_force.posts["head_second"], in_force.posts["head_third"]
        Substitution.objects.create(
            post=head, substitute=other, from_on=date(2026, month, 1), until_on=date(2026, month + 1, 1)
        )
        assert extensions_seen_by(other).exists() is sees_it


class TestAClock:
    def test_stands_still_only_where_a_book_knows_it(self, in_force: World, at: datetime) -> None:
        matter = history.in_hand(in_force, at)
        with pytest.raises(CannotSuspend, match="现行制度没有规定“答复代表建议”的期限可以中止"):
            suspend_clock(
                matter=matter, from_on=at.date(), reason="等待鉴定", actor=in_force.act("deputy_chief"),
                version=matter.version, at=at,
            )  # fmt: skip
        assert due(matter).due_on == DUE

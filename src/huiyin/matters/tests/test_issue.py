"""A signed letter is proofread, numbered, sealed, issued and delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.support.history import in_hand, registered
from tests.support.letters import (
    BODY,
    all_signed,
    delivered,
    fresh,
    handed_over,
    issued,
    sent_out,
    sign,
    signed,
    submitted,
)
from tests.support.world import World

from huiyin.approvals.operations import PaperSignature, object_to
from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.files.models import StoredFile
from huiyin.gongwen.structure import Paragraph, blocks_of
from huiyin.matters import recipients
from huiyin.matters.drafting import latest, text_of
from huiyin.matters.letters import Promise
from huiyin.matters.models import Commitment, Deadline, Matter, Reply
from huiyin.matters.operations import replies_delivery
from huiyin.matters.operations.replies_delivery import (
    DeliveryDayWrong,
    NotThroughTheLead,
    deliver,
    mark_uploaded,
)
from huiyin.matters.operations.replies_issuing import (
    ProofChangesSubstance,
    ProofreadFirst,
    SignatureInDispute,
    issue,
    proofread,
    take_number,
)
from huiyin.matters.operations.replies_signing import decide_letter, send_back
from huiyin.matters.recipients import served
from huiyin.matters.rules import HandlerRole, MatterMovedOn, ReplyStatus, Status, StepNotAllowed
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.books.vocabulary import ReplyMode
from huiyin.suggestions.facts import Signer


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


class TestProofreading:
    def test_corrects_a_wrong_character_and_logs_it(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at, body=blocks_of(BODY.replace("督促整改", "督促正改")))
        text = text_of(latest(reply))
        corrected = replace(text, body=blocks_of(text.typed_body.replace("正改", "整改")))
        proofread(reply=reply, text=corrected, actor=in_force.act("officer_wang"), version=reply.version, at=at)
        made = latest(fresh(reply))
        assert made.kind == "proof"
        assert "督促整改" in made.note

    def test_corrects_the_name_of_the_contact(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        corrected = replace(text_of(latest(reply)), contact_name="未成办")
        proofread(reply=reply, text=corrected, actor=in_force.act("officer_wang"), version=reply.version, at=at)
        made = latest(fresh(reply))
        assert text_of(made).contact_name == "未成办"
        assert "未成办" in made.note

    def test_may_not_change_who_gets_a_copy(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        changed = replace(text_of(latest(reply)), copies=("沙盒区教育体育局",))
        with pytest.raises(ProofChangesSubstance, match="抄送"):
            proofread(reply=reply, text=changed, actor=in_force.act("officer_wang"), version=reply.version, at=at)

    def test_may_not_change_a_number(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        text = text_of(latest(reply))
        changed = replace(text, body=blocks_of(text.typed_body.replace("37件", "38件")))
        with pytest.raises(ProofChangesSubstance, match="不能改数字"):
            proofread(reply=reply, text=changed, actor=in_force.act("officer_wang"), version=reply.version, at=at)

    def test_may_not_add_a_paragraph(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        text = text_of(latest(reply))
        longer = replace(text, body=(*text.body, Paragraph("另外，我院还将继续努力。")))
        with pytest.raises(ProofChangesSubstance, match="不能增删段落"):
            proofread(reply=reply, text=longer, actor=in_force.act("officer_wang"), version=reply.version, at=at)

    def test_of_substance_sends_the_letter_back_to_its_signer(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = signed(in_force, matter, at)
        send_back(reply=reply, reason="数据更新", actor=in_force.act("officer_wang"), version=reply.version, at=at)
        reply = fresh(reply)
        assert (reply.status, reply.signed_on) == (ReplyStatus.SIGNING, None)
        assert [step.code for step in open_steps(reply.approval)] == ["sign"]
        assert all_signed(in_force, reply, at).status == ReplyStatus.SIGNED


class TestTakingANumber:
    def test_waits_for_proofreading_where_the_chain_has_it(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        with pytest.raises(ProofreadFirst):
            take_number(reply=reply, actor=in_force.act("registry"), version=reply.version, at=at)

    def test_gives_the_next_of_the_year_without_gaps(self, in_force: World, deputies: object, at: datetime) -> None:
        numbers = []
        for external in ("162001", "162002"):
            letter = issued(in_force, in_hand(in_force, at, registered(in_force, at, external_number=external)), at)
            numbers.append(str(letter.number))
        assert numbers == ["样检函〔2026〕1号", "样检函〔2026〕2号"]

    def test_is_refused_while_a_leader_disputes_his_recorded_signature(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = submitted(in_force, matter, at)
        for _ in range(4):
            reply = sign(in_force, reply, at)
        reply = fresh(reply)
        scan = StoredFile.objects.create(
            public_id="scan", procuratorate=in_force.city, name="签批.pdf", path="scan", size=1, sha256="0" * 64,
            media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
        )  # fmt: skip
        decide_letter(
            reply=reply, step=open_steps(reply.approval)[0], verdict=Verdict.AGREE, opinion="", at=at,
            subject_hash=latest(reply).digest, actor=in_force.act("officer_wang"), version=reply.approval.version,
            paper=PaperSignature(signed_on=at.date(), scan=scan),
        )  # fmt: skip
        last = reply.approval.decisions.order_by("-id")[0]
        object_to(decision=last, reason="签的不是这一稿", actor=in_force.act("chief"), at=at)
        reply = fresh(reply)
        proofread(reply=reply, actor=in_force.act("officer_wang"), version=reply.version, at=at)
        with pytest.raises(SignatureInDispute):
            take_number(reply=reply, actor=in_force.act("registry"), version=reply.version, at=at)


class TestIssuingALetter:
    def test_counts_as_the_answer_given_in_time(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = issued(in_force, matter, at)
        matter.refresh_from_db()
        assert (reply.status, reply.issued_on) == (ReplyStatus.ISSUED, at.date())
        assert (matter.status, matter.outcome) == (Status.REPLIED, "resolved")
        assert Deadline.objects.get(matter=matter, limit_code="SUG_REPLY").met_at == at

    def test_tells_the_deputy_without_saying_what_it_says(self, matter: Matter, in_force: World, at: datetime) -> None:
        issued(in_force, matter, at)
        person = matter.participants.get(role="lead").person
        texts = Message.objects.filter(person=person, channel="sms")
        assert texts.exists()
        assert not texts.filter(body__contains="电子烟").exists()

    def test_names_the_suggestion_on_the_phone_site(self, matter: Matter, in_force: World, at: datetime) -> None:
        issued(in_force, matter, at)
        note = Message.objects.get(person=matter.participants.get(role="lead").person, channel="in_site")
        assert note.body.startswith(f"您提出的162001《{matter.title}》")

    def test_belongs_to_the_liaison_office_alone(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        for who in ("office_head", "registry", "handler_second"):
            with pytest.raises(NotAllowed):
                issue(reply=reply, actor=in_force.act(who), version=reply.version, at=at)

    def test_needs_number_and_seal(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        with pytest.raises(StepNotAllowed):
            issue(reply=reply, actor=in_force.act("officer_wang"), version=reply.version, at=at)

    def test_twice_is_refused_the_second_time(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = issued(in_force, matter, at)
        with pytest.raises((StepNotAllowed, MatterMovedOn)):
            issue(reply=reply, actor=in_force.act("officer_wang"), version=reply.version - 1, at=at)

    def test_keeps_what_it_promises(self, matter: Matter, in_force: World, at: datetime) -> None:
        promise = Promise(text="前两镇试点周末开放", due_on=date(2026, 12, 31))
        issued(in_force, matter, at, outcome="in_progress", reason="需要分步推进", promises=(promise,))
        kept = Commitment.objects.get(matter=matter)
        assert (kept.text, kept.promised_on) == ("前两镇试点周末开放", date(2026, 12, 31))

    def test_of_our_opinion_closes_an_assisted_matter(self, in_force: World, deputies: object, at: datetime) -> None:
        assisted = registered(in_force, at, handler_role=HandlerRole.ASSIST, lead_unit="样本市公安局")
        reply = submitted(in_force, in_hand(in_force, at, assisted), at, outcome="")
        assert latest(reply).content["title"].endswith("的会办意见")
        assert latest(reply).content["salutation"] == "样本市公安局："
        reply = sent_out(in_force, all_signed(in_force, reply, at), at)
        assisted.refresh_from_db()
        assert (reply.kind, assisted.status, assisted.is_open) == ("opinion", Status.CLOSED, False)
        assert Deadline.objects.get(matter=assisted, limit_code="SUG_ASSIST").met_at == at
        assert not Deadline.objects.filter(matter=assisted, limit_code="SUG_RATING").exists()


class TestDeliveringALetter:
    def test_to_every_signer_begins_the_time_for_rating(self, in_force: World, deputies: object, at: datetime) -> None:
        joint = registered(
            in_force, at, lead=Signer(name="李样本", delegation="第一代表团"),
            cosigners=(Signer(name="王虚构", delegation="第二代表团"), Signer(name="赵占位", delegation="第二代表团")),
        )  # fmt: skip
        reply = issued(in_force, in_hand(in_force, at, joint), at)
        everyone = served(reply, at.date())
        assert [each.name for each in everyone] == ["李样本", "王虚构", "赵占位"]
        deliver(
            reply=reply, participants=everyone[:2], mode="hand", delivered_on=at.date(),
            actor=in_force.act("officer_wang"), version=reply.version, at=at,
        )  # fmt: skip
        assert fresh(reply).status == ReplyStatus.ISSUED
        assert not Deadline.objects.filter(matter=joint, limit_code="SUG_RATING").exists()
        reply = handed_over(in_force, fresh(reply), at + timedelta(days=1))
        assert (reply.status, reply.delivered_on) == (ReplyStatus.DELIVERED, date(2026, 3, 6))
        assert Deadline.objects.get(matter=joint, limit_code="SUG_RATING").starts_on == date(2026, 3, 6)

    def test_before_it_was_issued_is_refused(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = issued(in_force, matter, at)
        with pytest.raises(DeliveryDayWrong):
            deliver(
                reply=reply, participants=served(reply, at.date()), mode="post", delivered_on=date(2026, 3, 1),
                actor=in_force.act("officer_wang"), version=reply.version, at=at,
            )  # fmt: skip

    def test_is_another_day_than_entering_it_in_the_congress_system(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = delivered(in_force, matter, at)
        mark_uploaded(
            reply=reply, uploaded_on=date(2026, 3, 6), actor=in_force.act("officer_wang"), version=reply.version,
            at=at + timedelta(days=1),
        )  # fmt: skip
        reply = fresh(reply)
        assert (reply.delivered_on, reply.uploaded_on) == (date(2026, 3, 5), date(2026, 3, 6))


class TestAJointAnswerThroughTheLead:
    """联名答复: the book in force is read where the letter is delivered."""

    @pytest.fixture
    def joint(self, in_force: World, deputies: object, at: datetime) -> Reply:
        both = registered(in_force, at, cosigners=(Signer(name="李样本"),))
        reply = issued(in_force, in_hand(in_force, at, both), at)
        self.hand(in_force, reply, at, "lead", mode="hand")
        return fresh(reply)

    def hand(self, world: World, reply: Reply, at: datetime, role: str, **how: str) -> Reply:
        people = list(reply.matter.participants.filter(role=role))
        reply = fresh(reply)
        return deliver(
            reply=reply, participants=people, delivered_on=at.date(), actor=world.act("officer_wang"),
            version=reply.version, at=at, **how,
        )  # fmt: skip

    def test_is_refused_where_each_is_owed_an_answer(self, joint: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(NotThroughTheLead, match="每位联名代表"):
            self.hand(in_force, joint, at, "cosigner", mode="lead")

    def test_needs_to_have_been_agreed_and_then_ends_the_delivery(
        self, joint: Reply, in_force: World, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recipients, "reply_mode", lambda reply, on: ReplyMode.AGREED)
        monkeypatch.setattr(replies_delivery, "reply_mode", lambda reply, on: ReplyMode.AGREED)
        with pytest.raises(NotThroughTheLead, match="谁、何时同意"):
            self.hand(in_force, joint, at, "cosigner", mode="lead")
        assert fresh(joint).status == "issued"
        reply = self.hand(in_force, joint, at, "cosigner", mode="lead", note="李样本3月5日电话同意。")
        assert (reply.status, reply.deliveries.last().get_mode_display()) == ("delivered", "领衔代表转复")

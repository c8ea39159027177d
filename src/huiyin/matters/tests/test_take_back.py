"""What was signed, numbered or sealed and is not out yet can be taken back."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import in_hand
from tests.support.letters import WITHOUT_TALKS, all_signed, drafted, fresh, issued, sent_out, sign, signed, submitted
from tests.support.world import World

from huiyin.approvals.models import Decision
from huiyin.approvals.operations import OpinionMissing, OwnDraft, PaperSignature, object_to
from huiyin.approvals.queries import Effect, effect_of, open_steps
from huiyin.files.models import StoredFile
from huiyin.matters.models import Matter, Reply
from huiyin.matters.operations.replies import create_draft
from huiyin.matters.operations.replies_issuing import SignatureInDispute, issue, proofread, seal, take_number
from huiyin.matters.operations.replies_signing import recall, send_back, submit
from huiyin.matters.operations.replies_undoing import ReasonMissing, void_letter, void_number
from huiyin.matters.rendering import keep_rendered, render_reply
from huiyin.matters.rules import MatterMovedOn, ReplyStatus, Status, StepNotAllowed
from huiyin.messaging.models import Message
from huiyin.numbering.models import Number
from huiyin.organisations.models import Substitution
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


@pytest.fixture
def office(in_force: World) -> World:
    return in_force


def recorded(office: World, matter: Matter, at: datetime, *steps: str) -> Reply:
    """A letter signed to the end, some of its signatures recorded from paper."""
    reply = submitted(office, matter, at)
    while (approval := fresh(reply).approval) and approval.status == "running":
        step = open_steps(approval)[0]
        paper = PaperSignature(signed_on=at.date(), scan=_scan(office, at, step.code)) if step.code in steps else None
        reply = sign(office, reply, at, actor=office.act("officer_wang"), paper=paper) if paper else sign(
            office, reply, at
        )  # fmt: skip
    return fresh(reply)


def numbered(office: World, reply: Reply, at: datetime, *acts: str) -> Reply:
    """Proofread, numbered and what else is named of the registry's acts."""
    proofread(reply=reply, actor=office.act("officer_wang"), version=reply.version, at=at)
    for act in (take_number, *(seal for _ in acts)):
        reply = fresh(reply)
        act(reply=reply, actor=office.act("registry"), version=reply.version, at=at)
    return fresh(reply)


def dispute(office: World, reply: Reply, step: str, at: datetime) -> None:
    decision = Decision.objects.select_related("post").get(approval=reply.approval, step__code=step)
    who = next(key for key, post in office.posts.items() if post.pk == decision.post_id)
    object_to(decision=decision, reason="签的不是这一稿", actor=office.act(who), at=at)


def back(office: World, reply: Reply, at: datetime, *, by: str = "officer_wang", reason: str = "重签") -> Reply:
    reply = fresh(reply)
    send_back(reply=reply, reason=reason, actor=office.act(by), version=reply.version, at=at)
    return fresh(reply)


class TestASignatureDisputedAfterTheNumber:
    @pytest.mark.parametrize("seals", [(), ("seal",)])
    def test_stops_the_letter_and_it_goes_back_for_signing(
        self, office: World, matter: Matter, at: datetime, seals: tuple[str, ...]
    ) -> None:
        reply = numbered(office, recorded(office, matter, at, "sign"), at, *seals)
        dispute(office, reply, "sign", at)
        stopped = (issue, "officer_wang") if seals else (seal, "registry")
        with pytest.raises(SignatureInDispute):
            stopped[0](reply=fresh(reply), actor=office.act(stopped[1]), version=fresh(reply).version, at=at)
        reply = back(office, reply, at)
        matter.refresh_from_db()
        assert (reply.status, matter.status) == (ReplyStatus.SIGNING, Status.SIGNING)
        assert (reply.number, reply.pdf, reply.docx, reply.sealed_at, reply.signed_on) == (None,) * 5
        assert [step.code for step in open_steps(reply.approval)] == ["sign"]

    def test_voids_the_number_with_the_reason_and_takes_a_fresh_one(
        self, office: World, matter: Matter, at: datetime
    ) -> None:
        reply = numbered(office, recorded(office, matter, at, "sign"), at)
        dispute(office, reply, "sign", at)
        back(office, reply, at, reason="代录有误，请重签")
        voided = Number.objects.get(text="样检函〔2026〕1号")
        assert (voided.voided_at, voided.void_reason) == (at, "代录有误，请重签")
        assert (voided.subject_kind, voided.subject_key) == ("matters.reply", str(reply.pk))
        reply = sent_out(office, all_signed(office, fresh(reply), at), at)
        assert (str(reply.number), reply.status) == ("样检函〔2026〕2号", ReplyStatus.ISSUED)

    def test_has_its_papers_made_anew_with_the_new_number(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, recorded(office, matter, at, "sign"), at)
        render_reply(reply.pk, at=at)
        old = fresh(reply).docx
        assert old is not None
        dispute(office, reply, "sign", at)
        reply = numbered(office, all_signed(office, back(office, reply, at), at), at)
        assert render_reply(reply.pk, at=at)
        made = fresh(reply).docx
        assert made is not None
        assert (made.name, made.pk != old.pk) == ("样检函〔2026〕2号.docx", True)

    def test_keeps_no_paper_that_was_being_made_meanwhile(self, office: World, matter: Matter, at: datetime) -> None:
        old = numbered(office, signed(office, matter, at), at)
        numbered(office, all_signed(office, back(office, old, at), at), at)
        keep_rendered(paper=old, files={"docx": b"PK"}, name="样检函〔2026〕1号", at=at)
        assert fresh(old).docx is None

    def test_tells_the_registry_that_the_number_is_void(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        back(office, reply, at)
        assert Message.objects.filter(post=office.posts["registry"], title="文号作废：样检函〔2026〕1号").exists()

    def test_tells_the_office_and_the_registry_who_have_the_letter(
        self, office: World, matter: Matter, at: datetime
    ) -> None:
        reply = numbered(office, recorded(office, matter, at, "sign"), at)
        dispute(office, reply, "sign", at)
        told = Message.objects.filter(title__startswith="代录有异议")
        assert {each.post for each in told} == {
            office.posts[key] for key in ("officer_wang", "registry", "handler_second")
        }
        assert "请联络办公室退回重签" in told[0].body


class TestASignatureDisputedAtAnEarlierStep:
    def test_is_asked_for_again_with_those_after_it_and_the_letter_goes_out(
        self, office: World, matter: Matter, at: datetime
    ) -> None:
        reply = recorded(office, matter, at, "department")
        dispute(office, reply, "department", at)
        reply = back(office, reply, at)
        assert [step.code for step in open_steps(reply.approval)] == ["department"]
        reply = sent_out(office, all_signed(office, reply, at), at)
        assert reply.status == ReplyStatus.ISSUED

    def test_is_not_given_by_whoever_wrote_the_draft(self, office: World, matter: Matter, at: datetime) -> None:
        Substitution.objects.create(
            post=office.posts["head_second"], substitute=office.posts["head_first"], from_on=at.date(),
            until_on=at.date().replace(month=4),
        )  # fmt: skip
        reply = drafted(office, matter, at, by="head_second")
        submit(
            reply=reply, actor=office.act("handler_second"), version=reply.version, at=at, talks_reason=WITHOUT_TALKS
        )
        paper = PaperSignature(signed_on=at.date(), scan=_scan(office, at, "department"))
        sign(office, reply, at, actor=office.act("officer_wang"), paper=paper)
        reply = all_signed(office, reply, at)
        dispute(office, reply, "department", at)
        reply = back(office, reply, at)
        with pytest.raises(OwnDraft, match="您自己写的"):
            sign(office, reply, at)


class TestAnObjectionToALetterThatIsOut:
    def test_is_kept_on_its_record_and_told(self, office: World, matter: Matter, at: datetime) -> None:
        reply = sent_out(office, recorded(office, matter, at, "sign"), at)
        dispute(office, reply, "sign", at)
        assert fresh(reply).status == ReplyStatus.ISSUED
        assert effect_of(fresh(reply).approval, at.date()) == Effect.NOTED  # type: ignore[arg-type]
        told = Message.objects.get(post=office.posts["officer_wang"], title__startswith="代录有异议")
        assert "无法退回" in told.body


class TestSendingBack:
    def test_names_what_must_change(self, office: World, matter: Matter, at: datetime) -> None:
        with pytest.raises(OpinionMissing):
            back(office, signed(office, matter, at), at, reason=" ")

    @pytest.mark.parametrize("stage", [submitted, issued])
    def test_is_for_letters_signed_and_not_out(self, office: World, matter: Matter, at: datetime, stage) -> None:
        with pytest.raises(StepNotAllowed, match="不能退回签发人"):
            back(office, stage(office, matter, at), at)

    def test_of_a_numbered_letter_belongs_to_the_office_and_the_registry(
        self, office: World, matter: Matter, at: datetime
    ) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        with pytest.raises(NotAllowed):
            back(office, reply, at, by="handler_second")
        assert back(office, reply, at, by="office_head").number is None

    def test_from_a_stale_page_voids_nothing(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        with pytest.raises(MatterMovedOn):
            send_back(
                reply=reply, reason="重签", actor=office.act("officer_wang"), version=reply.version - 1, at=at
            )  # fmt: skip
        assert not Number.objects.exclude(voided_at=None).exists()


class TestANumberTakenByMistake:
    @pytest.mark.parametrize("who", ["registry", "officer_wang", "office_head"])
    def test_is_voided_and_the_letter_stays_signed(self, office: World, matter: Matter, at: datetime, who: str) -> None:
        reply = numbered(office, signed(office, matter, at), at, "seal")
        void_number(reply=reply, reason="取早了", actor=office.act(who), version=reply.version, at=at)
        reply = fresh(reply)
        matter.refresh_from_db()
        assert (reply.status, matter.status, reply.signed_on) == (ReplyStatus.SIGNED, Status.SIGNED, at.date())
        assert (reply.number, reply.sealed_at, reply.proofread_at) == (None, None, at)
        take_number(reply=reply, actor=office.act("registry"), version=reply.version, at=at)
        assert str(fresh(reply).number) == "样检函〔2026〕2号"

    def test_needs_a_reason(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        with pytest.raises(ReasonMissing):
            void_number(reply=reply, reason=" ", actor=office.act("registry"), version=reply.version, at=at)

    def test_is_not_voided_once_the_letter_is_out(self, office: World, matter: Matter, at: datetime) -> None:
        reply = issued(office, matter, at)
        with pytest.raises(StepNotAllowed):
            void_number(reply=reply, reason="取错", actor=office.act("registry"), version=reply.version, at=at)

    def test_is_not_the_drafters_to_void(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        with pytest.raises(NotAllowed):
            void_number(reply=reply, reason="取错", actor=office.act("handler_second"), version=reply.version, at=at)


class TestALetterGivenUp:
    def test_as_a_draft_makes_room_for_another(self, office: World, matter: Matter, at: datetime) -> None:
        reply = drafted(office, matter, at)
        void_letter(reply=reply, reason="另起", actor=office.act("handler_second"), version=reply.version, at=at)
        reply = fresh(reply)
        assert (reply.status, reply.void_reason, reply.voided_at) == (ReplyStatus.VOIDED, "另起", at)
        again = create_draft(matter=matter, actor=office.act("handler_second"), at=at)
        assert again.pk != reply.pk

    def test_after_signing_puts_the_matter_in_hand_again(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        void_letter(reply=reply, reason="代表撤回", actor=office.act("officer_wang"), version=reply.version, at=at)
        matter.refresh_from_db()
        assert (fresh(reply).status, matter.status) == (ReplyStatus.VOIDED, Status.IN_HAND)
        assert str(fresh(reply).number) == "样检函〔2026〕1号"
        assert Number.objects.get(text="样检函〔2026〕1号").void_reason == "代表撤回"
        told = Message.objects.filter(title__startswith="文稿作废").values_list("post", flat=True)
        assert set(told) == {office.posts["handler_second"].pk, office.posts["chief"].pk}

    def test_is_answered_by_a_new_letter_with_a_new_number(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        void_letter(reply=reply, reason="重写", actor=office.act("officer_wang"), version=reply.version, at=at)
        matter.refresh_from_db()
        assert str(issued(office, matter, at).number) == "样检函〔2026〕2号"

    def test_while_out_for_signature_is_called_back_first(self, office: World, matter: Matter, at: datetime) -> None:
        reply = submitted(office, matter, at)
        with pytest.raises(StepNotAllowed):
            void_letter(reply=reply, reason="不发", actor=office.act("officer_wang"), version=reply.version, at=at)
        recall(reply=reply, reason="不发", actor=office.act("handler_second"), version=reply.version, at=at)
        reply = fresh(reply)
        void_letter(reply=reply, reason="不发", actor=office.act("handler_second"), version=reply.version, at=at)
        assert fresh(reply).status == ReplyStatus.VOIDED

    def test_once_it_is_out_is_refused(self, office: World, matter: Matter, at: datetime) -> None:
        reply = issued(office, matter, at)
        with pytest.raises(StepNotAllowed):
            void_letter(reply=reply, reason="不发", actor=office.act("officer_wang"), version=reply.version, at=at)

    def test_signed_is_not_the_drafters_to_give_up(self, office: World, matter: Matter, at: datetime) -> None:
        reply = signed(office, matter, at)
        with pytest.raises(NotAllowed):
            void_letter(reply=reply, reason="不发", actor=office.act("handler_second"), version=reply.version, at=at)


class TestRecallingASignedLetter:
    def test_is_refused(self, office: World, matter: Matter, at: datetime) -> None:
        reply = numbered(office, signed(office, matter, at), at)
        with pytest.raises(StepNotAllowed):
            recall(reply=reply, reason="改", actor=office.act("handler_second"), version=reply.version, at=at)


def _scan(office: World, at: datetime, name: str) -> StoredFile:
    return StoredFile.objects.create(
        public_id=name, procuratorate=office.city, name="签批.pdf", path=name, size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip

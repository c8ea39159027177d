"""A letter is sent up and signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.support.history import in_hand
from tests.support.letters import BODY, WITHOUT_TALKS, all_signed, drafted, fresh, sign, signed, submitted
from tests.support.world import World

from huiyin.approvals.operations import OwnDraft, PaperSignature, TextIsStale
from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.files.models import StoredFile
from huiyin.gongwen.structure import blocks_of
from huiyin.matters.drafting import latest, text_of
from huiyin.matters.models import Deadline, Matter
from huiyin.matters.operations.replies_signing import EditNotPossible, LetterNotReady, decide_letter, recall, submit
from huiyin.matters.rules import MatterMovedOn, ReplyStatus, Status, StepNotAllowed
from huiyin.messaging.models import Message
from huiyin.organisations.models import Substitution
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


class TestSubmittingALetter:
    def test_sends_it_to_the_head_of_the_department(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, matter, at)
        matter.refresh_from_db()
        assert (reply.status, matter.status) == (ReplyStatus.SIGNING, Status.SIGNING)
        assert [step.post for step in open_steps(reply.approval)] == [in_force.posts["head_second"]]
        assert Message.objects.filter(post=in_force.posts["head_second"], title__startswith="待审签").exists()

    def test_tells_who_stands_in_for_the_head_today(self, matter: Matter, in_force: World, at: datetime) -> None:
        Substitution.objects.create(
            post=in_force.posts["head_second"], substitute=in_force.posts["head_first"], from_on=at.date(),
            until_on=at.date() + timedelta(days=1),
        )  # fmt: skip
        submitted(in_force, matter, at)
        assert Message.objects.filter(post=in_force.posts["head_first"], title__startswith="待审签").exists()

    def test_meets_the_departments_date(self, matter: Matter, in_force: World, at: datetime) -> None:
        submitted(in_force, matter, at)
        assert Deadline.objects.get(matter=matter, limit_code="DEPT_HANDLE").met_at == at

    def test_names_every_placeholder_with_its_line(self, matter: Matter, in_force: World, at: datetime) -> None:
        body = blocks_of(BODY + "\n下一步，我院将在XX月前完成，并由×××同志负责。")
        with pytest.raises(LetterNotReady) as refusal:
            submitted(in_force, matter, at, body=body)
        assert [sentence[:11] for sentence in refusal.value.sentences] == [
            "正文第6行第9个字处有",
            "正文第6行第18个字处",
        ]

    def test_looks_for_placeholders_beside_the_text_too(self, matter: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(LetterNotReady) as refusal:
            submitted(in_force, matter, at, contact_phone="×××-×××××××", copies=("XX市政府督查室",))
        assert {sentence[:4] for sentence in refusal.value.sentences} == {"联系电话", "抄送第1"}

    def test_asks_for_the_reason_of_what_cannot_be_done(self, matter: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(LetterNotReady, match="必须写明原因"):
            submitted(in_force, matter, at, outcome="not_feasible")

    def test_asks_which_of_the_books_reasons_it_is(self, matter: Matter, in_force: World, at: datetime) -> None:
        for code, sentence in (("", "还要选择原因类别"), ("short_term", "不用于“因条件限制确实无法解决”")):
            with pytest.raises(LetterNotReady, match=sentence):
                submitted(in_force, matter, at, outcome="not_feasible", reason="没有场地。", reason_code=code)
            matter.replies.all().delete()

    def test_asks_for_a_dated_promise_of_what_is_going_on(self, matter: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(LetterNotReady, match="必须列出承诺事项和完成时间"):
            submitted(in_force, matter, at, outcome="in_progress", reason="正在推进")

    def test_is_refused_to_another_department(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        with pytest.raises(NotAllowed):
            submit(reply=reply, actor=in_force.act("handler_first"), version=reply.version, at=at)

    def test_happens_once(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        stale = reply.version
        submit(reply=reply, actor=in_force.act("handler_second"), version=stale, at=at, talks_reason=WITHOUT_TALKS)
        with pytest.raises((StepNotAllowed, MatterMovedOn)):
            submit(
                reply=fresh(reply),
                actor=in_force.act("handler_second"),
                version=stale,
                at=at,
                talks_reason=WITHOUT_TALKS,
            )


class TestSigningALetter:
    def test_ends_with_the_day_and_name_of_the_last_signer(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        matter.refresh_from_db()
        assert (reply.status, matter.status) == (ReplyStatus.SIGNED, Status.SIGNED)
        assert (reply.signed_on, reply.signed_by) == (at.date(), in_force.posts["chief"])
        assert latest(reply).kind == "final"

    def test_over_an_older_text_is_refused(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, matter, at)
        with pytest.raises(TextIsStale):
            sign(in_force, reply, at, subject_hash="0" * 64)

    def test_with_an_own_edit_makes_a_version_that_he_signs(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = sign(in_force, submitted(in_force, matter, at), at)
        before = latest(reply)
        edited = replace(text_of(before), closing="感谢您对检察工作的监督和支持。")
        sign(in_force, reply, at, edited=edited)
        after = latest(reply)
        assert (after.number, after.kind, after.author) == (
            before.number + 1, "edited", in_force.posts["office_head"]
        )  # fmt: skip
        decisions = list(fresh(reply).approval.decisions.order_by("id"))
        assert [decision.subject_hash for decision in decisions] == [before.digest, after.digest]

    def test_with_another_contact_alone_makes_a_version_too(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = submitted(in_force, matter, at)
        sign(in_force, reply, at, edited=replace(text_of(latest(reply)), contact_name="未成办"))
        after = latest(reply)
        assert (after.kind, text_of(after).contact_name) == ("edited", "未成办")

    def test_with_an_edit_that_leaves_a_placeholder_is_refused(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = submitted(in_force, matter, at)
        edited = replace(text_of(latest(reply)), closing="感谢×××的支持。")
        with pytest.raises(LetterNotReady):
            sign(in_force, reply, at, edited=edited)

    def test_that_returns_sends_it_back_to_the_drafter(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, matter, at)
        sign(in_force, reply, at, verdict=Verdict.RETURN, opinion="请补充数据。")
        reply = fresh(reply)
        matter.refresh_from_db()
        assert (reply.status, matter.status) == (ReplyStatus.DRAFT, Status.IN_HAND)
        assert Message.objects.filter(post=in_force.posts["handler_second"], body__contains="请补充数据").exists()

    def test_goes_round_again_after_a_return(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, matter, at)
        sign(in_force, reply, at, verdict=Verdict.RETURN, opinion="请补充数据。")
        reply = fresh(reply)
        submit(
            reply=reply, actor=in_force.act("handler_second"), version=reply.version, at=at, talks_reason=WITHOUT_TALKS
        )
        assert all_signed(in_force, reply, at).status == ReplyStatus.SIGNED
        assert matter.approval_links.count() == 3  # 拟办单, the first road, the second

    def test_is_refused_to_whoever_wrote_the_draft(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at, by="head_second")
        submit(
            reply=reply, actor=in_force.act("handler_second"), version=reply.version, at=at, talks_reason=WITHOUT_TALKS
        )
        edited = replace(text_of(latest(reply)), closing="感谢您对检察工作的监督。")
        for change in (None, edited):
            with pytest.raises(OwnDraft, match="您自己写的"):
                sign(in_force, reply, at, edited=change)

    def test_cannot_return_and_edit_at_once(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, matter, at)
        edited = replace(text_of(latest(reply)), closing="谢谢。")
        with pytest.raises(EditNotPossible):
            sign(in_force, reply, at, verdict=Verdict.RETURN, opinion="改了一处", edited=edited)


class TestAPaperSignatureOnALetter:
    def test_gives_the_letter_the_day_on_the_paper(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, matter, at)
        for _ in range(4):
            reply = sign(in_force, reply, at)
        later = at + timedelta(days=3)
        reply = fresh(reply)
        decide_letter(
            reply=reply, step=open_steps(reply.approval)[0], verdict=Verdict.AGREE, opinion="同意印发。",
            subject_hash=latest(reply).digest, actor=in_force.act("officer_wang"), version=reply.approval.version,
            at=later, paper=PaperSignature(signed_on=at.date(), scan=_scan(in_force, at)),
        )  # fmt: skip
        assert fresh(reply).signed_on == at.date()


class TestRecallingALetter:
    def test_takes_it_off_its_road(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, matter, at)
        recall(reply=reply, reason="数据有误", actor=in_force.act("handler_second"), version=reply.version, at=at)
        reply = fresh(reply)
        assert (reply.status, reply.approval.status) == (ReplyStatus.DRAFT, "stopped")

    def test_that_was_never_sent_up_is_refused(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        with pytest.raises(StepNotAllowed):
            recall(reply=reply, reason="数据有误", actor=in_force.act("handler_second"), version=reply.version, at=at)


def _scan(world: World, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        public_id="scan", procuratorate=world.city, name="签批.pdf", path="scan", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip

"""A letter or a 拟办 sheet goes round to leaders who do not sign it (圈阅)."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import decided, in_hand, sent
from tests.support.letters import all_signed, drafted, fresh, sign, submitted
from tests.support.world import World

from huiyin.approvals.models import Approval, Circulation
from huiyin.approvals.operations import CannotCirculate, ReadAlready, circulate, note_read, withdraw_reader
from huiyin.approvals.queries import readers_to_choose, to_read
from huiyin.approvals.rules import Verdict
from huiyin.gongwen.structure import Form
from huiyin.matters.models import Matter, Reply
from huiyin.matters.operations.replies_undoing import void_letter
from huiyin.matters.papers.letter_sheet import letter_sheet
from huiyin.matters.rules import ReplyStatus
from huiyin.messaging.models import Message
from huiyin.organisations.models import Post, Staff
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.papers import proposal_sheet
from huiyin.suggestions.queries import proposals_open_to


@pytest.fixture
def office(in_force: World, deputies: object) -> World:
    """With a second deputy chief, who is in charge of nothing of this."""
    chief = in_force.posts["deputy_chief"]
    in_force.posts["other_deputy"] = Post.objects.create(
        staff=Staff.objects.create(username="other_deputy", name="阮副检"), procuratorate=in_force.city,
        role=Role.DEPUTY_CHIEF, from_on=chief.from_on,
    )  # fmt: skip
    return in_force


@pytest.fixture
def reply(office: World, at: datetime) -> Reply:
    return submitted(office, in_hand(office, at), at)


def give(office: World, approval: Approval | None, at: datetime, *to: str, by: str = "officer_wang") -> Circulation:
    assert approval is not None
    posts = [office.posts[key] for key in to or ("other_deputy",)]
    return circulate(approval=approval, posts=posts, actor=office.act(by), at=at)[0]


def words(form: Form) -> str:
    """Everything a form prints in its cells."""
    return "\n".join(cell.text for row in form.rows for cell in row.cells)


class TestAPaperGivenToRead:
    def test_waits_in_the_readers_inbox_and_opens_for_him(self, office: World, reply: Reply, at: datetime) -> None:
        reader = office.posts["other_deputy"]
        assert not Matter.objects.open_to(reader).exists()
        given = give(office, reply.approval, at)
        assert list(to_read(reader)) == [given]
        assert list(Matter.objects.open_to(reader)) == [reply.matter]
        told = Message.objects.get(post=reader)
        assert (told.title, told.link) == ("请圈阅：文稿", f"/desk/replies/{reply.pk}/")

    def test_may_be_a_sheet(self, office: World, at: datetime) -> None:
        sheet = sent(office, at)
        reader = office.posts["other_deputy"]
        assert not proposals_open_to(reader).exists()
        give(office, sheet.approval, at)
        assert list(proposals_open_to(reader)) == [sheet]
        assert not Matter.objects.open_to(reader).exists()  # the sheet, not every matter on it

    def test_holds_up_no_signature(self, office: World, reply: Reply, at: datetime) -> None:
        give(office, reply.approval, at)
        assert all_signed(office, reply, at).status == ReplyStatus.SIGNED

    def test_is_offered_to_leaders_who_do_not_sign_it(self, office: World, reply: Reply, at: datetime) -> None:
        assert reply.approval is not None
        assert list(readers_to_choose(reply.approval, at.date())) == [office.posts["other_deputy"]]

    @pytest.mark.parametrize("who", ["deputy_chief", "handler_second"])
    def test_is_given_to_nobody_else(self, office: World, reply: Reply, at: datetime, who: str) -> None:
        with pytest.raises(CannotCirculate, match="不能列为圈阅人"):
            give(office, reply.approval, at, who)

    def test_is_given_once(self, office: World, reply: Reply, at: datetime) -> None:
        give(office, reply.approval, at)
        with pytest.raises(CannotCirculate):
            give(office, reply.approval, at)

    def test_is_given_by_the_office(self, office: World, reply: Reply, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            give(office, reply.approval, at, by="handler_second")

    def test_leaves_the_inbox_when_the_text_goes_back(self, office: World, reply: Reply, at: datetime) -> None:
        give(office, reply.approval, at)
        sign(office, reply, at, verdict=Verdict.RETURN, opinion="请补充。")
        assert not to_read(office.posts["other_deputy"]).exists()
        with pytest.raises(CannotCirculate):
            give(office, fresh(reply).approval, at, "other_deputy")

    def test_leaves_the_inbox_when_the_letter_is_voided(self, office: World, reply: Reply, at: datetime) -> None:
        give(office, reply.approval, at)
        ready = all_signed(office, reply, at)
        void_letter(reply=ready, reason="不发", actor=office.act("officer_wang"), version=ready.version, at=at)
        reader = office.posts["other_deputy"]
        assert not to_read(reader).exists()
        assert not Matter.objects.open_to(reader).exists()


class TestReading:
    def test_is_one_act_over_the_text_as_it_stands(self, office: World, reply: Reply, at: datetime) -> None:
        given = give(office, reply.approval, at)
        note_read(circulation=given, actor=office.act("other_deputy"), at=at)
        given.refresh_from_db()
        assert reply.approval is not None
        assert (given.read_at, given.subject_hash) == (at, reply.approval.subject_hash)
        assert not to_read(office.posts["other_deputy"]).exists()

    def test_with_a_remark_tells_who_gave_it(self, office: World, reply: Reply, at: datetime) -> None:
        given = give(office, reply.approval, at)
        note_read(circulation=given, remark="请注意时限。", actor=office.act("other_deputy"), at=at)
        assert "请注意时限" in Message.objects.get(post=office.posts["officer_wang"], title__contains="圈阅").body

    def test_is_done_once(self, office: World, reply: Reply, at: datetime) -> None:
        given = give(office, reply.approval, at)
        note_read(circulation=given, actor=office.act("other_deputy"), at=at)
        with pytest.raises(ReadAlready):
            note_read(circulation=given, actor=office.act("other_deputy"), at=at)

    def test_belongs_to_the_reader(self, office: World, reply: Reply, at: datetime) -> None:
        given = give(office, reply.approval, at)
        with pytest.raises(NotAllowed):
            note_read(circulation=given, actor=office.act("chief"), at=at)


class TestWithdrawingAReader:
    def test_takes_the_paper_out_of_his_sight(self, office: World, reply: Reply, at: datetime) -> None:
        given = give(office, reply.approval, at)
        withdraw_reader(circulation=given, actor=office.act("officer_wang"), at=at)
        assert not Matter.objects.open_to(office.posts["other_deputy"]).exists()

    def test_comes_too_late_once_he_has_read_it(self, office: World, reply: Reply, at: datetime) -> None:
        given = give(office, reply.approval, at)
        note_read(circulation=given, actor=office.act("other_deputy"), at=at)
        with pytest.raises(ReadAlready):
            withdraw_reader(circulation=given, actor=office.act("officer_wang"), at=at)


class TestThePrintedPaper:
    def test_shows_who_read_the_letter(self, office: World, reply: Reply, at: datetime) -> None:
        given = give(office, reply.approval, at)
        assert "阮副检　待阅" in words(letter_sheet(reply))
        note_read(circulation=given, remark="同意。", actor=office.act("other_deputy"), at=at)
        assert "阮副检　2026年3月5日　已阅　同意。" in words(letter_sheet(reply))

    def test_shows_who_read_the_sheet(self, office: World, at: datetime) -> None:
        sheet = sent(office, at)
        decided(office, at, sheet, "office_head")
        give(office, sheet.approval, at)
        assert "阮副检　待阅" in words(proposal_sheet(Proposal.objects.get(pk=sheet.pk)))

    def test_has_no_line_for_readers_where_there_are_none(self, office: World, at: datetime) -> None:
        assert "圈　　阅" not in words(letter_sheet(drafted(office, in_hand(office, at), at)))

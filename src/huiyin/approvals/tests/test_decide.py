"""A paper goes through its chain."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.support.world import World

from huiyin.approvals import operations, queries
from huiyin.approvals.models import Approval, ApprovalStep
from huiyin.approvals.operations import (
    ApprovalMovedOn,
    MeetingDecision,
    NotYourTurn,
    OpinionMissing,
    OwnDraft,
    PaperSignature,
    SigningDayWrong,
    TextIsStale,
)
from huiyin.approvals.queries import PostMissing
from huiyin.approvals.rules import ApprovalStatus, StepStatus, Verdict
from huiyin.files.models import StoredFile
from huiyin.organisations.models import Substitution
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.rules import Role
from huiyin.regulations.books import Chain, shipped_books, stack
from huiyin.regulations.books.vocabulary import Condition

ON = date(2026, 3, 5)


@pytest.fixture(scope="session")
def letter_chain() -> Chain:
    return stack(shipped_books().values()).chain("letter", ON)


class Road:
    """One paper on the letter chain of the shipped book."""

    def __init__(self, world: World, chain: Chain, at: datetime, *, drafter: str = "handler_second", **given: object):
        self.world, self.at = world, at
        posts = queries.resolve(
            chain, procuratorate=world.city, on=ON, lead=[world.departments["second"]], **given,  # type: ignore[arg-type]
        )  # fmt: skip
        self.approval = operations.start(
            subject_kind="tests.paper", subject_id=1, subject_hash="a" * 64, subject_label="测试函", chain=chain,
            posts=posts, procuratorate=world.city, actor=world.act(drafter), at=at,
        )  # fmt: skip

    def open_codes(self) -> list[str]:
        return [step.code for step in queries.open_steps(self.approval)]

    def step(self, post: str) -> ApprovalStep:
        return self.approval.steps.get(status=StepStatus.OPEN, post=self.world.posts[post])

    def decide(self, who: str, verdict: Verdict = Verdict.AGREE, *, step: str = "", **more: object) -> Approval:
        self.approval.refresh_from_db()
        asked = {
            "opinion": "同意。", "subject_hash": self.approval.subject_hash, "version": self.approval.version
        } | more  # fmt: skip
        return operations.decide(
            approval=self.approval, step=self.step(step or who), verdict=verdict, actor=self.world.act(who), at=self.at,
            **asked,  # type: ignore[arg-type]
        )  # fmt: skip


@pytest.fixture
def road(world: World, letter_chain: Chain, at: datetime) -> Road:
    return Road(world, letter_chain, at)


@pytest.fixture
def scan(world: World, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        public_id="scan", procuratorate=world.city, name="签批.pdf", path="scan", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip


class TestAPaperOnItsRoad:
    def test_opens_step_by_step_and_is_agreed_at_the_last(self, road: Road) -> None:
        seen = []
        for who in ("head_second", "office_head", "secrecy_reviewer", "deputy_chief", "chief"):
            seen += road.open_codes()
            road.decide(who)
        assert seen == ["department", "office", "secrecy", "deputy_chief", "sign"]
        assert road.approval.status == ApprovalStatus.AGREED

    def test_waits_in_the_inbox_of_the_open_step_only(self, road: Road, world: World) -> None:
        def waiting(who: str) -> int:
            return queries.waiting_for(world.posts[who], ON).count()

        assert (waiting("head_second"), waiting("chief"), waiting("head_first")) == (1, 0, 0)

    def test_waits_for_every_assisting_department_at_once(
        self, world: World, letter_chain: Chain, at: datetime
    ) -> None:
        assisting = [world.departments["first"], world.departments["third"]]
        road = Road(world, letter_chain, at, assisting=assisting, holding=[Condition.HAS_ASSISTANTS])
        road.decide("head_second")
        assert road.open_codes() == ["countersign", "countersign"]
        stale = road.approval.version
        road.decide("head_first")
        assert road.open_codes() == ["countersign"]
        road.decide("head_third", version=stale)  # a parallel signature makes nobody stale
        assert road.open_codes() == ["office"]

    def test_pins_the_article_it_follows(self, road: Road) -> None:
        assert road.approval.chain_source["article"] == "第八条"


class TestAReturn:
    def test_ends_the_road_and_leaves_no_step_open(self, road: Road) -> None:
        road.decide("head_second")
        road.decide("office_head", Verdict.RETURN, opinion="请补充具体措施。")
        road.approval.refresh_from_db()
        assert road.approval.status == ApprovalStatus.RETURNED
        assert road.open_codes() == []

    def test_needs_an_opinion(self, road: Road) -> None:
        with pytest.raises(OpinionMissing):
            road.decide("head_second", Verdict.RETURN, opinion=" ")


class TestASignature:
    def test_covers_the_text_that_was_read(self, road: Road) -> None:
        with pytest.raises(TextIsStale, match="您看到的不是最新稿"):
            road.decide("head_second", subject_hash="b" * 64)

    def test_of_a_stale_page_is_refused(self, road: Road) -> None:
        with pytest.raises(ApprovalMovedOn):
            road.decide("head_second", version=road.approval.version + 7)

    def test_given_twice_counts_once(self, road: Road) -> None:
        step = road.step("head_second")
        road.decide("head_second")
        with pytest.raises(NotYourTurn):
            operations.decide(
                approval=road.approval, step=step, verdict=Verdict.AGREE, opinion="", subject_hash="a" * 64,
                actor=road.world.act("head_second"), version=1, at=road.at,
            )  # fmt: skip
        assert road.approval.decisions.count() == 1

    def test_of_somebody_else_is_refused(self, road: Road) -> None:
        with pytest.raises(NotYourTurn):
            road.decide("head_first", step="head_second")

    def test_under_an_own_edit_covers_the_edited_text(self, road: Road) -> None:
        road.decide("head_second", edited_hash="c" * 64)
        road.approval.refresh_from_db()
        assert road.approval.subject_hash == "c" * 64
        assert road.approval.decisions.get().subject_hash == "c" * 64


class TestTheDrafter:
    def test_cannot_send_up_what_only_he_could_review(self, world: World, letter_chain: Chain, at: datetime) -> None:
        with pytest.raises(OwnDraft, match="部门负责人审核"):
            Road(world, letter_chain, at, drafter="head_second")

    def test_has_his_substitute_review_it(self, world: World, letter_chain: Chain, at: datetime) -> None:
        _away(world, "head_second", "head_first")
        road = Road(world, letter_chain, at, drafter="head_second")
        with pytest.raises(OwnDraft):
            road.decide("head_second")
        road.decide("head_first", step="head_second")
        assert road.open_codes() == ["office"]

    def test_does_not_become_his_own_reviewer_by_an_edit(self, world: World, letter_chain: Chain, at: datetime) -> None:
        _away(world, "head_second", "head_first")
        road = Road(world, letter_chain, at, drafter="head_second")
        with pytest.raises(OwnDraft):
            road.decide("head_second", edited_hash="c" * 64)

    def test_may_decide_where_the_book_lets_him(self, world: World, at: datetime) -> None:
        chain = stack(shipped_books().values()).chain("routing_proposal", ON)
        road = Road(world, chain, at, drafter="office_head")
        road.decide("office_head")
        assert road.open_codes() == ["leader"]


class TestASubstitute:
    def test_signs_as_himself_in_the_place_of_the_holder(self, road: Road, world: World) -> None:
        _away(world, "head_second", "head_first")
        assert queries.waiting_for(world.posts["head_first"], ON).count() == 1
        decision = road.decide("head_first", step="head_second").decisions.get()
        assert (decision.post, decision.in_place_of) == (world.posts["head_first"], world.posts["head_second"])

    def test_cannot_sign_outside_his_dates(self, road: Road, world: World) -> None:
        _away(world, "head_second", "head_first", from_on=ON + timedelta(days=1))
        with pytest.raises(NotYourTurn):
            road.decide("head_first", step="head_second")


class TestAPaperSignature:
    def test_recorded_by_a_clerk_counts_at_once(self, road: Road, scan: StoredFile, world: World) -> None:
        road.at += timedelta(days=1)
        paper = PaperSignature(signed_on=ON, scan=scan)
        decision = road.decide("officer_wang", step="head_second", paper=paper).decisions.get()
        assert (decision.post, decision.recorded_by) == (world.posts["head_second"], world.posts["officer_wang"])
        assert decision.signed_on == ON
        assert road.open_codes() == ["office"]

    def test_cannot_be_recorded_by_the_handler(self, road: Road, scan: StoredFile) -> None:
        with pytest.raises(NotAllowed):
            road.decide("handler_second", step="head_second", paper=PaperSignature(signed_on=ON, scan=scan))

    def test_cannot_bear_tomorrows_date(self, road: Road, scan: StoredFile) -> None:
        tomorrow = ON + timedelta(days=1)
        with pytest.raises(SigningDayWrong):
            road.decide("officer_wang", step="head_second", paper=PaperSignature(signed_on=tomorrow, scan=scan))

    def test_cannot_be_older_than_the_paper(self, road: Road, scan: StoredFile) -> None:
        before = ON - timedelta(days=1)
        with pytest.raises(SigningDayWrong, match="2026年3月5日"):
            road.decide("officer_wang", step="head_second", paper=PaperSignature(signed_on=before, scan=scan))

    def test_objected_to_puts_the_paper_back_to_that_step(self, road: Road, scan: StoredFile, world: World) -> None:
        road.decide("officer_wang", step="head_second", paper=PaperSignature(signed_on=ON, scan=scan))
        decision = road.approval.decisions.get()
        operations.object_to(decision=decision, reason="签的是另一稿", actor=world.act("head_second"), at=road.at)
        assert road.open_codes() == ["department"]
        assert queries.objected(road.approval) == decision
        road.decide("head_second")
        assert queries.objected(road.approval) is None


class TestAMeeting:
    def test_decides_a_step_with_date_and_minutes(self, road: Road, world: World) -> None:
        meeting = MeetingDecision(held_on=ON, minutes="党组会议纪要〔2026〕3号")
        decision = road.decide("officer_wang", step="head_second", meeting=meeting).decisions.get()
        assert decision.meeting["minutes"] == "党组会议纪要〔2026〕3号"
        assert decision.post == world.posts["head_second"]

    @pytest.mark.parametrize("who", ["head_second", "officer_wang"])
    @pytest.mark.parametrize("days", [-1, 1])
    def test_was_held_between_the_sending_up_and_today(self, road: Road, who: str, days: int) -> None:
        meeting = MeetingDecision(held_on=ON + timedelta(days=days), minutes="党组会议纪要〔2026〕3号")
        with pytest.raises(SigningDayWrong):
            road.decide(who, step="head_second", meeting=meeting)


class TestAnAgreedPaper:
    def test_reopened_waits_for_its_last_signer_again(self, road: Road, world: World) -> None:
        for who in ("head_second", "office_head", "secrecy_reviewer", "deputy_chief", "chief"):
            road.decide(who)
        road.approval.refresh_from_db()
        operations.reopen(approval=road.approval, reason="内容有变", actor=world.act("officer_wang"), at=road.at)
        assert road.open_codes() == ["sign"]


class TestResolvingAChain:
    def test_names_the_post_that_is_missing(self, world: World, letter_chain: Chain, at: datetime) -> None:
        world.posts["secrecy_reviewer"].delete()
        with pytest.raises(PostMissing, match=r"保密审查.*没有在任"):
            Road(world, letter_chain, at)

    def test_takes_the_leader_of_the_matter_before_the_one_in_charge(
        self, world: World, letter_chain: Chain, at: datetime
    ) -> None:
        other = world.posts["head_first"]
        other.role = Role.DEPUTY_CHIEF
        other.save()
        posts = queries.resolve(
            letter_chain, procuratorate=world.city, on=ON, lead=[world.departments["second"]], leader=other
        )
        assert posts["deputy_chief"] == [other]

    def test_leaves_out_countersigning_where_nobody_assists(self, world: World, letter_chain: Chain) -> None:
        posts = queries.resolve(letter_chain, procuratorate=world.city, on=ON, lead=[world.departments["second"]])
        assert "countersign" not in posts


def _away(world: World, holder: str, substitute: str, *, from_on: date = ON) -> None:
    Substitution.objects.create(
        post=world.posts[holder], substitute=world.posts[substitute], from_on=from_on, until_on=date(2026, 4, 1)
    )

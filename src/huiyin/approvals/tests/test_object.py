"""A signature recorded from paper is disputed, and what is disputed is signed again."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.world import World

from huiyin.approvals import operations, queries
from huiyin.approvals.models import Decision
from huiyin.approvals.operations import ApprovalMovedOn, NothingToObject, OpinionMissing, PaperSignature
from huiyin.approvals.queries import PostMissing
from huiyin.approvals.rules import ApprovalStatus, StepStatus
from huiyin.approvals.tests.test_decide import ON, Road
from huiyin.approvals.tests.test_decide import letter_chain as letter_chain
from huiyin.approvals.tests.test_decide import road as road
from huiyin.approvals.tests.test_decide import scan as scan
from huiyin.files.models import StoredFile
from huiyin.messaging.models import Message
from huiyin.organisations.models import Post, Staff
from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.books import Chain
from huiyin.regulations.books.vocabulary import Condition

SIGNERS = ("head_second", "office_head", "secrecy_reviewer", "deputy_chief", "chief")


class Recorded:
    """A road on which a clerk recorded some signatures from paper."""

    def __init__(self, road: Road, scan: StoredFile) -> None:
        self.road, self.scan = road, scan

    def sign(self, *who: str, on_paper: tuple[str, ...] = ()) -> None:
        for each in who:
            if each in on_paper:
                self.road.decide("officer_wang", step=each, paper=PaperSignature(signed_on=ON, scan=self.scan))
            else:
                self.road.decide(each)

    def decision(self, who: str) -> Decision:
        return Decision.objects.filter(post=self.road.world.posts[who]).order_by("-id")[0]

    def object(self, who: str) -> None:
        actor = self.road.world.act(who)
        operations.object_to(decision=self.decision(who), reason="签的是另一稿", actor=actor, at=self.road.at)

    def reopen(self) -> None:
        self.road.approval.refresh_from_db()
        clerk = self.road.world.act("officer_wang")
        operations.reopen(approval=self.road.approval, reason="重签", actor=clerk, at=self.road.at)


@pytest.fixture
def recorded(road: Road, scan: StoredFile) -> Recorded:
    return Recorded(road, scan)


class TestARecordedSignature:
    def test_is_told_to_whoever_signed_on_paper(self, recorded: Recorded, world: World) -> None:
        recorded.sign("head_second", on_paper=("head_second",))
        told = Message.objects.get(post=world.posts["head_second"])
        assert told.title == "已代录您的签批：部门负责人审核"
        assert "请提出异议" in told.body

    def test_is_not_told_where_he_signed_himself(self, recorded: Recorded, world: World) -> None:
        recorded.sign("head_second")
        assert not Message.objects.filter(post=world.posts["head_second"]).exists()


class TestAnObjection:
    def test_tells_the_clerk_the_drafter_and_who_has_the_paper(self, recorded: Recorded, world: World) -> None:
        recorded.sign("head_second", on_paper=("head_second",))
        recorded.object("head_second")
        told = set(Message.objects.filter(title__startswith="代录有异议").values_list("post", flat=True))
        assert told == {world.posts[key].pk for key in ("officer_wang", "handler_second", "office_head")}

    def test_says_what_happens_to_the_paper(self, recorded: Recorded) -> None:
        recorded.sign("head_second", on_paper=("head_second",))
        recorded.object("head_second")
        assert "文稿已退回这一环节重签" in Message.objects.filter(title__startswith="代录有异议")[0].body

    def test_belongs_to_the_signer_alone(self, recorded: Recorded, world: World) -> None:
        recorded.sign("head_second", on_paper=("head_second",))
        with pytest.raises(NotAllowed):
            operations.object_to(
                decision=recorded.decision("head_second"), reason="不对", actor=world.act("chief"), at=recorded.road.at
            )

    def test_to_what_he_signed_himself_is_refused(self, recorded: Recorded) -> None:
        recorded.sign("head_second")
        with pytest.raises(NothingToObject):
            recorded.object("head_second")

    def test_is_made_once(self, recorded: Recorded) -> None:
        recorded.sign("head_second", on_paper=("head_second",))
        recorded.object("head_second")
        with pytest.raises(NothingToObject):
            recorded.object("head_second")

    def test_names_what_is_wrong(self, recorded: Recorded, world: World) -> None:
        recorded.sign("head_second", on_paper=("head_second",))
        with pytest.raises(OpinionMissing):
            operations.object_to(
                decision=recorded.decision("head_second"), reason=" ", actor=world.act("head_second"),
                at=recorded.road.at,
            )  # fmt: skip

    def test_to_an_earlier_step_comes_before_one_made_to_a_later(self, recorded: Recorded) -> None:
        recorded.sign("head_second", "office_head", on_paper=("head_second", "office_head"))
        recorded.object("head_second")
        recorded.object("office_head")
        assert recorded.road.open_codes() == ["department"]
        recorded.sign("head_second", "office_head")
        assert recorded.road.open_codes() == ["secrecy"]
        assert queries.disputed(recorded.road.approval) == []

    def test_to_what_was_signed_again_since_is_refused(self, recorded: Recorded) -> None:
        recorded.sign("head_second", "office_head", on_paper=("head_second", "office_head"))
        stale = recorded.decision("office_head")
        recorded.object("head_second")
        recorded.sign("head_second", "office_head")
        with pytest.raises(NothingToObject, match="重新签过"):
            operations.object_to(
                decision=stale, reason="不对", actor=recorded.road.world.act("office_head"), at=recorded.road.at
            )

    def test_leaves_what_another_department_signed_beside_it(
        self, world: World, letter_chain: Chain, at: datetime, scan: StoredFile
    ) -> None:
        assisting = [world.departments["first"], world.departments["third"]]
        road = Road(world, letter_chain, at, assisting=assisting, holding=[Condition.HAS_ASSISTANTS])
        recorded = Recorded(road, scan)
        recorded.sign("head_second", "head_first", "head_third", on_paper=("head_first",))
        recorded.object("head_first")
        countersigned = road.approval.steps.filter(code="countersign").order_by("post")
        by_post = {step.post_id: step.status for step in countersigned}
        assert by_post == {
            world.posts["head_first"].pk: StepStatus.OPEN, world.posts["head_third"].pk: StepStatus.AGREED
        }  # fmt: skip
        recorded.sign("head_first")
        assert road.open_codes() == ["office"]


class TestAnAgreedPaperInDispute:
    def test_stays_where_it_is_until_it_is_put_back(self, recorded: Recorded) -> None:
        recorded.sign(*SIGNERS, on_paper=("head_second",))
        recorded.object("head_second")
        assert recorded.road.approval.status == ApprovalStatus.AGREED
        assert queries.objected(recorded.road.approval) == recorded.decision("head_second")

    def test_is_put_back_to_the_earliest_disputed_step(self, recorded: Recorded) -> None:
        recorded.sign(*SIGNERS, on_paper=("office_head", "deputy_chief"))
        recorded.object("deputy_chief")
        recorded.object("office_head")
        recorded.reopen()
        assert recorded.road.open_codes() == ["office"]
        waiting = recorded.road.approval.steps.filter(status=StepStatus.WAITING)
        assert [step.code for step in waiting] == ["secrecy", "deputy_chief", "sign"]
        recorded.sign("office_head", "secrecy_reviewer", "deputy_chief", "chief")
        assert queries.disputed(recorded.road.approval) == []
        recorded.road.approval.refresh_from_db()
        assert recorded.road.approval.status == ApprovalStatus.AGREED

    def test_stays_in_dispute_when_the_new_signature_is_disputed_too(self, recorded: Recorded) -> None:
        recorded.sign(*SIGNERS)
        recorded.reopen()
        recorded.sign("chief", on_paper=("chief",))  # signed by himself before, so an undisputed one stands behind it
        recorded.object("chief")
        assert queries.objected(recorded.road.approval) == recorded.decision("chief")

    def test_is_put_back_once(self, recorded: Recorded, world: World) -> None:
        recorded.sign(*SIGNERS)
        recorded.road.approval.refresh_from_db()
        stale = type(recorded.road.approval).objects.get(pk=recorded.road.approval.pk)
        recorded.reopen()
        with pytest.raises(ApprovalMovedOn):
            operations.reopen(approval=stale, reason="重签", actor=world.act("officer_wang"), at=recorded.road.at)

    def test_goes_to_who_holds_the_signers_post_now(self, recorded: Recorded, world: World) -> None:
        recorded.sign(*SIGNERS)
        _close(world.posts["chief"])
        new = _hold(world.posts["chief"], "新检察长")
        recorded.reopen()
        assert [step.post for step in queries.open_steps(recorded.road.approval)] == [new]

    def test_is_refused_where_nobody_holds_it(self, recorded: Recorded, world: World) -> None:
        recorded.sign(*SIGNERS)
        _close(world.posts["chief"])
        with pytest.raises(PostMissing, match="不在任"):
            recorded.reopen()


def _close(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(until_on=ON)


def _hold(post: Post, name: str) -> Post:
    return Post.objects.create(
        staff=Staff.objects.create(username="newcomer", name=name), procuratorate=post.procuratorate,
        department=post.department, role=post.role, from_on=ON,
    )  # fmt: skip

"""What congress bodies put to the office beside suggestions, one history each, through operations to their end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from huiyin.audit.models import Record
from huiyin.files.operations import store
from huiyin.matters.filing_papers import papers_of
from huiyin.matters.indexing import tokens_for, tokens_of
from huiyin.matters.models import Matter
from huiyin.matters.operations.closing import close
from huiyin.matters.operations.filing import file_matter
from huiyin.matters.operations.measures import MeasureFacts
from huiyin.matters.operations.orders import Order
from huiyin.matters.operations.replies_signing import LetterNotReady, TalksOwed, submit
from huiyin.matters.operations.solicitations import answer_solicitation, solicit
from huiyin.matters.queries import running_parts
from huiyin.matters.recipients import served
from huiyin.matters.rules import MatterMovedOn, Mode, Status
from huiyin.messaging.models import Message
from huiyin.oversight.facts import FactsMissing, TooJunior
from huiyin.oversight.operations.correct import correct_oversight
from huiyin.oversight.operations.endings import CannotSettle, ResultFacts, record_result, settle
from huiyin.oversight.operations.opinions import take_up_opinion
from huiyin.oversight.papers import oversight_sheet
from huiyin.oversight.queries import answered_for
from huiyin.oversight.rules import Kind, OpinionState, Result
from tests.support import letters
from tests.support.books import in_force
from tests.support.history import in_hand
from tests.support.oversight import answered_on_the_spot, facts, oversight_of, registered
from tests.support.world import moment

__all__ = ["in_force"]
AT = moment("2026-03-04 10:00")
BODY = "我院已逐条研究办理，建立台账，定期公布落实情况。"


def taken_up(world: Any, opinion: Any, at: Any) -> Any:
    """未检部 takes an opinion up with a measure."""
    facts = MeasureFacts(
        text="每季度公布检察建议回复率", department=world.departments["second"], owner=world.posts["head_second"]
    )
    return take_up_opinion(
        opinion=opinion, facts=facts, request_key=uuid4(), actor=world.act("officer_wang"), version=opinion.version,
        at=at,
    )  # fmt: skip


def opens(post: Any, matter: Matter) -> tuple[bool, bool, int]:
    """Whether the post may open the matter, whether search finds it, and what today's work counts."""
    tokens = set(tokens_of(matter)) & set(tokens_for(post))
    found = Matter.objects.open_to(post).filter(pk=matter.pk).exists()
    return found, bool(tokens), answered_for(post).count()


def said_to(post: Any) -> str:
    """The title of what the post was told last."""
    return Message.objects.filter(recipient_key=f"s:{post.pk}").latest("pk").title


def corrected(world: Any, matter: Matter, **changes: Any) -> None:
    """The registered facts put right by the office."""
    matter.refresh_from_db()
    correct_oversight(
        oversight=oversight_of(matter), facts=facts(world, Kind(matter.kind), **changes), reason="来文更正",
        actor=world.act("officer_wang"), version=matter.version, at=AT,
    )  # fmt: skip
    matter.refresh_from_db()


def closed(world: Any, matter: Matter, at: Any) -> Matter:
    matter.refresh_from_db()
    return close(matter=matter, actor=world.act("officer_wang"), version=matter.version, at=at)


class TestAReviewOpinion:
    def test_goes_to_a_committee_and_comes_back_as_a_report(self, in_force):
        world = in_force
        matter = registered(world, AT, Kind.REVIEW, committee=world.bodies["cppcc"])
        day = matter.deadlines.get(limit_code="REV_REPLY")
        assert (day.due_on, day.label) == (date(2026, 5, 6), "报告研究处理情况")  # 2 May 2026 is a holiday
        matter = in_hand(world, AT, matter)
        reply = letters.drafted(world, matter, AT, body=letters.blocks_of(BODY))
        with pytest.raises(LetterNotReady, match="第1、2条意见"):
            submit(reply=reply, actor=world.act("handler_second"), version=reply.version, at=AT)
        for opinion in oversight_of(matter).opinions.all():
            taken_up(world, opinion, AT)
        with pytest.raises(TalksOwed, match="征求意见"):
            submit(reply=reply, actor=world.act("handler_second"), version=reply.version, at=AT)
        committee = matter.participants.get(role="committee")
        asked = solicit(
            reply=reply, participant=committee, mode=Mode.WRITTEN, given_on=AT.date(), answer_by_on=date(2026, 3, 10),
            actor=world.act("officer_wang"), at=AT,
        )  # fmt: skip
        answer_solicitation(
            solicitation=asked, answer="agrees", answered_on=AT.date(), words="", actor=world.act("officer_wang"), at=AT
        )
        reply.refresh_from_db()
        submit(reply=reply, actor=world.act("handler_second"), version=reply.version, at=AT)
        reply = letters.sent_out(world, letters.all_signed(world, reply, AT), AT)
        assert (reply.mark, [each.name for each in served(reply, AT.date())]) == ("", [world.bodies["congress"].name])
        letters.handed_over(world, reply, AT)
        assert matter.deadlines.get(limit_code="REV_REPLY").met_at is not None
        closed(world, matter, AT)
        assert "feedback_form" not in {paper.code for paper in papers_of(matter, AT.date())}
        assert Record.objects.filter(verb="oversight.opinion_taken_up", parent=None).count() == 2


class TestOpinionsOfADelegation:
    def test_are_answered_on_the_spot_or_become_measures(self, in_force):
        world = in_force
        with pytest.raises(TooJunior, match="韦承办"):
            registered(world, AT, Kind.DELEGATION, listener=world.posts["handler_second"])
        matter = registered(world, AT, Kind.DELEGATION)
        oversight = oversight_of(matter)
        spoken, later = oversight.opinions.all()
        answered_on_the_spot(world, AT, spoken)
        with pytest.raises(CannotSettle, match="第2条意见"):
            settle(oversight=oversight, actor=world.act("officer_wang"), version=matter.version, at=AT)
        measure = taken_up(world, later, AT)
        assert [each.state for each in oversight.opinions.all()] == [OpinionState.ON_THE_SPOT, OpinionState.TAKEN_UP]
        matter = settle(oversight=oversight, actor=world.act("officer_wang"), version=matter.version, at=AT)
        assert (matter.status, measure.matter_id, measure.due_on) == (Status.CLOSED, matter.pk, date(2026, 12, 31))
        file_matter(
            matter=matter, missing_reason="材料在会务组", actor=world.act("officer_wang"), version=matter.version, at=AT
        )
        assert "每季度公布检察建议回复率" in str(oversight_sheet(oversight_of(matter)))


class TestAnAssignedMatter:
    def test_is_fed_back_to_the_body_and_the_deputy_by_the_day_it_named(self, in_force):
        world = in_force
        with pytest.raises(FactsMissing, match="办理期限、责任人"):
            registered(world, AT, Kind.ASSIGNED, answer_by_on=None, owner=None)
        matter = registered(world, AT, Kind.ASSIGNED)
        day = matter.deadlines.get(limit_code="ASG_REPLY")
        assert (day.due_on, day.article) == (date(2026, 4, 10), "来文")
        head, chief = world.posts["head_second"], world.posts["deputy_chief"]
        assert opens(head, matter) == (True, True, 1)
        assert opens(chief, matter) == (False, False, 0)
        corrected(world, matter, owner=chief)
        assert (opens(head, matter), opens(chief, matter)) == ((False, False, 0), (True, True, 1))
        assert (matter.leader, said_to(head)) == (chief, "不再由您负责：样常交〔2026〕2号")
        corrected(world, matter, owner=head)
        assert (matter.leader, said_to(head)) == (None, "由您负责：样常交〔2026〕2号")
        matter = in_hand(world, AT, matter)
        assert running_parts(matter).get().department == world.departments["second"]
        reply = letters.issued(world, matter, AT, body=letters.blocks_of(BODY))
        names = [each.name for each in served(reply, AT.date())]
        assert names == [world.bodies["congress"].name, "钱练习代表"]
        letters.handed_over(world, reply, AT)
        assert closed(world, matter, AT).status == Status.CLOSED


class TestAnInterpellation:
    def test_is_answered_in_writing_and_answered_again_when_asked(self, in_force):
        world = in_force
        matter = registered(world, AT, Kind.ACT)
        assert opens(world.posts["deputy_chief"], matter) == (True, True, 1)
        matter = in_hand(world, AT, matter)
        letters.delivered(world, matter, AT, body=letters.blocks_of(BODY))
        assert not matter.revisits.exists()  # nobody rates it, nobody is asked again
        scan = store(
            content=b"%PDF-1.4\n%%EOF\n", name="要求再作答复.pdf", procuratorate=world.city, actor_key="test", at=AT
        )
        order = Order(organ="样本市人大常委会", document_number="样常办〔2026〕20号", dated_on=AT.date(), scan=scan)
        noted = ResultFacts(result=Result.ACCEPTED, on=AT.date())
        again = ResultFacts(
            result=Result.AGAIN, on=AT.date(), note="过半数不满意。", order=order, again_by_on=date(2026, 4, 17)
        )
        matter.refresh_from_db()
        officer = world.act("officer_wang")
        with pytest.raises(MatterMovedOn):
            record_result(oversight=oversight_of(matter), facts=noted, actor=officer, version=1, at=AT)
        record_result(oversight=oversight_of(matter), facts=again, actor=officer, version=matter.version, at=AT)
        matter.refresh_from_db()
        corrected(world, matter, answer_by_on=date(2026, 3, 30))
        day = matter.deadlines.get(round=2, limit_code="OVR_REPLY")
        assert (matter.status, day.due_on, day.label) == (Status.IN_HAND, date(2026, 4, 17), "再次答复")
        assert AT.date() < matter.deadlines.get(round=2, limit_code="DEPT_HANDLE").due_on < day.due_on
        told = Message.objects.get(recipient_key=f"s:{world.posts['handler_second'].pk}", event_key__contains="redo")
        assert "按样本市人大常委会样常办〔2026〕20号重新办理" in told.body
        letters.delivered(world, matter, AT, body=letters.blocks_of(BODY))
        matter.refresh_from_db()
        record_result(oversight=oversight_of(matter), facts=noted, actor=officer, version=matter.version, at=AT)
        assert (oversight_of(matter).result, closed(world, matter, AT).status) == (Result.ACCEPTED, Status.CLOSED)

"""Assistants give their opinions, are urged, or are left out with a leader's leave."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from tests.support.history import in_hand, part_of
from tests.support.letters import WITHOUT_TALKS, drafted, fresh
from tests.support.world import World

from huiyin.matters.models import Deadline, Matter, Undertaking
from huiyin.matters.operations.acts import NothingToUrge, urge
from huiyin.matters.operations.opinions import OpinionMissing, OpinionTooEarlyToMiss, give_opinion, leave_out
from huiyin.matters.operations.replies import NoSuchParagraph, cite_opinions
from huiyin.matters.operations.replies_signing import LetterNotReady, submit
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole, Mode, OpinionState, ReplyStatus, UndertakingStatus
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at, parts=(
        Part(role=HandlerRole.LEAD, department=in_force.departments["second"]),
        Part(role=HandlerRole.ASSIST, department=in_force.departments["first"]),
        Part(role=HandlerRole.ASSIST, organ=in_force.bodies["court"]),
    ))  # fmt: skip


@pytest.fixture
def first(matter: Matter, in_force: World) -> Undertaking:
    return part_of(matter, in_force, "first")


@pytest.fixture
def court(matter: Matter, in_force: World) -> Undertaking:
    return matter.undertakings.get(organ=in_force.bodies["court"])


def give(world: World, part: Undertaking, at: datetime, who: str = "handler_first", **more: object) -> Undertaking:
    usual = {"opinion": "同意，请补充线索移送机制。", "version": part.version, "actor": world.act(who)}
    return give_opinion(undertaking=part, at=at, **usual | more)  # type: ignore[arg-type]


def remind(world: World, part: Undertaking, at: datetime) -> None:
    urge(
        undertaking=part, words="请于三日内反馈。", mode=Mode.PHONE, actor=world.act("handler_second"),
        request_key=uuid4(), at=at,
    )  # fmt: skip


class TestAnAssistant:
    def test_gives_its_opinion_and_meets_its_date(self, first: Undertaking, in_force: World, at: datetime) -> None:
        given = give(in_force, first, at)
        assert (given.opinion_state, given.status) == (OpinionState.RECEIVED, UndertakingStatus.GIVEN)
        assert not Deadline.objects.filter(undertaking=first, limit_code="DEPT_HANDLE", met_at=None).exists()
        assert Message.objects.filter(post=in_force.posts["handler_second"], title__startswith="协办意见已到").exists()

    def test_may_say_that_it_has_none(self, first: Undertaking, in_force: World, at: datetime) -> None:
        assert give(in_force, first, at, opinion="", has_opinion=False).opinion_state == OpinionState.NO_OPINION

    def test_says_something_or_that_it_has_nothing_to_say(
        self, first: Undertaking, in_force: World, at: datetime
    ) -> None:
        with pytest.raises(OpinionMissing):
            give(in_force, first, at, opinion=" ")

    def test_speaks_for_itself_only(self, first: Undertaking, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            give(in_force, first, at, who="handler_second")

    def test_outside_has_its_opinion_entered_by_the_lead(
        self, court: Undertaking, in_force: World, at: datetime
    ) -> None:
        assert give(in_force, court, at, who="handler_second").status == UndertakingStatus.GIVEN


class TestASlowAssistant:
    def test_is_told_that_it_is_urged(self, first: Undertaking, in_force: World, at: datetime) -> None:
        remind(in_force, first, at)
        assert Message.objects.filter(post=in_force.posts["head_first"], title__startswith="催办").count() == 1

    def test_is_left_out_only_after_the_reminders_of_the_book(
        self, first: Undertaking, in_force: World, at: datetime
    ) -> None:
        remind(in_force, first, at)
        with pytest.raises(OpinionTooEarlyToMiss, match="催办2次"):
            left_out(in_force, first, at)
        remind(in_force, first, at)
        part = left_out(in_force, first, at)
        assert (part.opinion_state, part.leave_by) == (OpinionState.NOT_RECEIVED, in_force.posts["deputy_chief"])
        assert not part.deadlines.filter(met_at=None, dropped_at=None).exists()

    def test_is_left_out_by_a_leader_alone(self, first: Undertaking, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            left_out(in_force, first, at, who="head_second")

    def test_that_answered_is_urged_no_more(self, first: Undertaking, in_force: World, at: datetime) -> None:
        part = give(in_force, first, at)
        with pytest.raises(NothingToUrge):
            remind(in_force, part, at)


class TestALetterWithAssistants:
    def test_waits_for_their_opinions_and_points_to_them(
        self, matter: Matter, first: Undertaking, court: Undertaking, in_force: World, at: datetime
    ) -> None:
        reply = drafted(in_force, matter, at)
        with pytest.raises(LetterNotReady, match=r"第一检察部.*还没有收到"):
            send_up(in_force, reply.pk, at)
        give(in_force, first, at)
        give(in_force, court, at, who="handler_second")
        with pytest.raises(LetterNotReady, match="请指明正文哪一段"):
            send_up(in_force, reply.pk, at)
        cite_opinions(
            reply=reply, paragraphs={first.pk: 3, court.pk: 5}, actor=in_force.act("handler_second"),
            version=reply.version, at=at,
        )  # fmt: skip
        assert send_up(in_force, reply.pk, at).status == ReplyStatus.SIGNING

    def test_cannot_point_past_its_end(self, matter: Matter, first: Undertaking, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        with pytest.raises(NoSuchParagraph, match="正文只有5段"):
            cite_opinions(
                reply=reply, paragraphs={first.pk: 9}, actor=in_force.act("handler_second"), version=reply.version,
                at=at,
            )  # fmt: skip


def left_out(world: World, part: Undertaking, at: datetime, who: str = "deputy_chief") -> Undertaking:
    return leave_out(undertaking=part, note="先行答复", actor=world.act(who), version=part.version, at=at)


def send_up(world: World, key: int, at: datetime):  # type: ignore[no-untyped-def]  # noqa: ANN201
    from huiyin.matters.models import Reply

    reply = fresh(Reply.objects.get(pk=key))
    return submit(
        reply=reply, actor=world.act("handler_second"), version=reply.version, at=at, talks_reason=WITHOUT_TALKS
    )

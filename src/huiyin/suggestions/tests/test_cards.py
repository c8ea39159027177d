"""The deputy's card shows the four stages, whom to call and the letter, and lets the deputy rate."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.support.history import in_hand, registered
from tests.support.letters import (
    all_signed,
    answered,
    delivered,
    fresh,
    handed_over,
    issued,
    sent_out,
    submitted,
)
from tests.support.world import World

from huiyin.exchange.models import Card, Slip
from huiyin.exchange.operations import handle_waiting, receive
from huiyin.exchange.queries import account_of
from huiyin.exchange.shapes import PROGRESS, RATING, Progress
from huiyin.matters.drafting import latest, text_of
from huiyin.matters.letters import Promise
from huiyin.matters.models import Matter, Rating, Reply
from huiyin.matters.operations.acts import ActFacts, record_act
from huiyin.matters.operations.commitments import begin_second_letter
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.operations.replies import save_version
from huiyin.matters.operations.replies_signing import submit
from huiyin.matters.rendering import render_missing
from huiyin.matters.rules import ActKind, HandlerRole, Mode, RatingSource, Stage
from huiyin.messaging.operations import bind
from huiyin.people.models import Person


@pytest.fixture
def zhang(in_force: World, deputies: dict[str, Person], at: datetime) -> Person:
    """张示例, bound to a phone."""
    person = deputies["zhang"]
    bind(
        person=person, contact_point=person.contact_points.get(), evidence="当面核对",
        actor=in_force.act("officer_wang"), at=at,
    )  # fmt: skip
    return person


@pytest.fixture
def matter(in_force: World, zhang: Person, at: datetime) -> Matter:
    return in_hand(in_force, at)


def card_of(person: Person) -> Card:
    return Card.objects.get(account=account_of(f"p:{person.pk}"), kind=PROGRESS)


def progress_of(person: Person) -> Progress:
    return Progress.from_json(card_of(person).body)


def talk(world: World, matter: Matter, at: datetime) -> None:
    facts = ActFacts(
        kind=ActKind.CONSULT, mode=Mode.PHONE, stage=Stage.BEFORE, happened_on=date(2026, 3, 5), our_words="已说明。"
    )
    record_act(matter=matter, facts=facts, actor=world.act("handler_second"), request_key=uuid4(), at=at)


class TestTheCardOfASuggestion:
    def test_shows_the_stage_reached_and_whom_to_call(
        self, matter: Matter, zhang: Person, in_force: World, at: datetime
    ) -> None:
        talk(in_force, matter, at)
        progress = progress_of(zhang)
        assert [stage.state for stage in progress.stages] == ["done", "now", "todo", "todo"]
        assert (progress.number, progress.addressee) == ("第162001号建议", "张示例代表")
        assert [contact.name for contact in progress.contacts] == ["连络员", "魏部长"]
        assert progress.due_on == date(2026, 6, 2)

    def test_tells_nothing_of_drafts_and_signatures(
        self, matter: Matter, zhang: Person, in_force: World, at: datetime
    ) -> None:
        talk(in_force, matter, at)
        submitted(in_force, matter, at)
        talk(in_force, matter, at)
        said = json.dumps(card_of(zhang).body, ensure_ascii=False)
        assert progress_of(zhang).status == "办理中"
        for hidden in ("韦承办", "傅检", "程检", "37件", "同意", "审签"):
            assert hidden not in said

    def test_brings_the_letter_and_asks_to_rate_it(
        self, matter: Matter, zhang: Person, in_force: World, at: datetime
    ) -> None:
        issued(in_force, matter, at)
        render_missing(at=at)
        progress = progress_of(zhang)
        assert (progress.status, progress.letters[0].number) == ("待您评价", "样检函〔2026〕1号")
        assert card_of(zhang).files.get().name == progress.letters[0].file
        assert [grade.label for grade in progress.rating.grades] == ["满意", "基本满意", "不满意"]

    def test_of_an_assisted_matter_shows_only_who_leads(self, zhang: Person, in_force: World, at: datetime) -> None:
        assisted = registered(in_force, at, handler_role=HandlerRole.ASSIST, lead_unit="样本市公安局")
        issued(in_force, in_hand(in_force, at, assisted), at, outcome="")
        progress = progress_of(zhang)
        assert progress.led_by == "样本市公安局"
        assert (progress.stages, progress.contacts, progress.letters, progress.rating) == ((), (), (), None)


class TestASecondLetterOnTheCard:
    def test_stands_beside_the_first_and_is_rated_by_itself(
        self, matter: Matter, zhang: Person, in_force: World, at: datetime
    ) -> None:
        promise = Promise(text="两个镇试点", due_on=at.date() + timedelta(days=1))
        first = delivered(in_force, matter, at, outcome="in_progress", reason="分步推进", promises=(promise,))
        rate(first, zhang, at, "satisfied")
        later = at + timedelta(days=2)
        letter = begin_second_letter(
            matter=fresh(first).matter, commitments=list(first.commitments.all()),
            actor=in_force.act("handler_second"), at=later,
        )  # fmt: skip
        text = answered(text_of(latest(letter)))
        save_version(reply=letter, text=text, actor=in_force.act("handler_second"), version=letter.version, at=later)
        letter = submit(
            reply=fresh(letter), actor=in_force.act("handler_second"), version=fresh(letter).version, at=later
        )
        letter = handed_over(in_force, sent_out(in_force, all_signed(in_force, letter, later), later), later)
        progress = progress_of(zhang)
        assert [each.number for each in progress.letters] == [str(first.number), str(letter.number)]
        assert progress.letters[1].title.endswith("的再行答复")
        assert progress.rating is not None
        assert (progress.status, progress.rating.letter) == ("待您评价", str(letter.number))
        rate(letter, zhang, later, "satisfied")
        assert progress_of(zhang).rating is None


class TestARatingOnTheCard:
    def test_is_taken_as_provisional(self, matter: Matter, zhang: Person, in_force: World, at: datetime) -> None:
        slip = rate(delivered(in_force, matter, at), zhang, at, "satisfied")
        assert (slip.state, slip.answer[:5]) == ("handled", "评价已收到")
        assert not Rating.objects.get(slip_number=slip.number).is_of_record
        given = progress_of(zhang).ratings[0]
        assert (given.result, given.provisional) == ("满意", True)
        assert progress_of(zhang).rating is None

    def test_that_is_bad_promises_a_call(self, matter: Matter, zhang: Person, in_force: World, at: datetime) -> None:
        slip = rate(delivered(in_force, matter, at), zhang, at, "not_satisfied")
        assert "电话联系" in slip.answer

    def test_that_comes_after_the_form_gets_a_sentence(
        self, matter: Matter, zhang: Person, in_force: World, at: datetime
    ) -> None:
        reply = delivered(in_force, matter, at)
        account, card = account_of(f"p:{zhang.pk}"), card_of(zhang)
        record_rating(
            reply=reply, participant=matter.participants.get(role="lead"), actor=in_force.act("officer_wang"), at=at,
            facts=RatingFacts(
                source=RatingSource.CONGRESS_SYSTEM, attitude="satisfied", result="satisfied", rated_on=at.date()
            ),
        )  # fmt: skip
        late = Slip.objects.create(
            number="P9", account=account, card=card, kind=RATING, request_key=uuid4(), received_at=at, next_at=at,
            payload={"reply": f"reply:{reply.pk}", "attitude": "satisfied", "result": "satisfied"},
        )  # fmt: skip
        handle_waiting(at)
        late.refresh_from_db()
        assert (late.state, late.answer) == ("refused", "张示例已有书面评价（人大系统），以书面评价为准。")

    def test_of_somebody_elses_letter_is_refused(
        self, matter: Matter, zhang: Person, deputies: dict[str, Person], in_force: World, at: datetime
    ) -> None:
        reply = delivered(in_force, matter, at)
        li = deputies["li"]
        bind(
            person=li, contact_point=li.contact_points.get(), evidence="当面核对", actor=in_force.act("officer_wang"),
            at=at,
        )  # fmt: skip
        Slip.objects.create(
            number="P8", account=account_of(f"p:{li.pk}"), kind=RATING, request_key=uuid4(), received_at=at, next_at=at,
            payload={"reply": f"reply:{reply.pk}", "attitude": "satisfied", "result": "satisfied"},
        )  # fmt: skip
        handle_waiting(at)
        assert Slip.objects.get(number="P8").state == "refused"
        assert not Rating.objects.exists()


def rate(reply: Reply, person: Person, at: datetime, result: str) -> Slip:
    account = account_of(f"p:{person.pk}")
    assert account is not None
    slip = receive(
        account=account, card_public_id=card_of(person).public_id, kind=RATING, request_key=uuid4(), at=at,
        payload={"reply": f"reply:{reply.pk}", "attitude": "satisfied", "result": result, "words": ""},
    )  # fmt: skip
    handle_waiting(at)
    slip.refresh_from_db()
    return slip

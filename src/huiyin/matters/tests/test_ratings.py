"""The answer is rated; what was rated first stands; the book says when the matter is done anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.support.history import in_hand, registered
from tests.support.letters import delivered, fresh, issued
from tests.support.world import World

from huiyin.audit.actors import Actor, ActorKind
from huiyin.files.models import StoredFile
from huiyin.matters.models import Deadline, ExternalConsent, Matter, Rating, RatingCall, Reply
from huiyin.matters.operations.closing import CannotClose, RedoNotDue, close, redo
from huiyin.matters.operations.orders import Order, OrderIncomplete
from huiyin.matters.operations.ratings import (
    RatingFacts,
    RatingRefused,
    record_call,
    record_rating,
    take_site_rating,
)
from huiyin.matters.rating_state import first_and_last, standing
from huiyin.matters.rules import HandlerRole, RatingSource, Status
from huiyin.organisations.permissions import NotAllowed

ACCOUNT = Actor(kind=ActorKind.OUTSIDE, key="account:abc", label="张示例代表")


@pytest.fixture
def reply(in_force: World, deputies: object, at: datetime) -> Reply:
    return delivered(in_force, in_hand(in_force, at), at)


@pytest.fixture
def scan(world: World, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        public_id="form", procuratorate=world.city, name="征询意见表.pdf", path="form", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip


def says(result: str = "satisfied", source: RatingSource = RatingSource.SIGNED_FORM, **more: object) -> RatingFacts:
    return RatingFacts(source=source, attitude="satisfied", result=result, rated_on=date(2026, 3, 5), **more)  # type: ignore[arg-type]


def form(
    world: World, reply: Reply, scan: StoredFile, at: datetime, facts: RatingFacts, who: str = "officer_wang"
) -> Rating:
    lead = reply.matter.participants.get(role="lead")
    return record_rating(reply=reply, participant=lead, facts=facts, scan=scan, actor=world.act(who), at=at)


def from_phone(reply: Reply, at: datetime, result: str = "satisfied") -> Rating:
    lead = reply.matter.participants.get(role="lead")
    facts = says(result, RatingSource.OUR_SITE)
    return take_site_rating(reply=reply, participant=lead, facts=facts, slip_number="P1", actor=ACCOUNT, at=at)


class TestTheSignedForm:
    def test_is_the_rating_of_record(self, reply: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        rating = form(in_force, reply, scan, at, says())
        assert rating.is_of_record
        assert Deadline.objects.get(matter=reply.matter, limit_code="SUG_RATING").met_at == at

    def test_confirms_what_came_from_the_phone(
        self, reply: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        phone = from_phone(reply, at)
        assert not phone.is_of_record
        signed = form(in_force, reply, scan, at, says())
        phone.refresh_from_db()
        assert phone.confirmed_by == signed
        assert list(standing(reply).values()) == [signed]

    def test_needs_its_scan(self, reply: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(RatingRefused, match="扫描件"):
            form(in_force, reply, None, at, says())  # type: ignore[arg-type]

    def test_stands_once(self, reply: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        form(in_force, reply, scan, at, says("not_satisfied"))
        with pytest.raises(RatingRefused, match="首次评价不能改写"):
            form(in_force, reply, scan, at, says("satisfied"))

    def test_is_never_entered_by_who_handled_the_matter(
        self, reply: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        same_person = in_force.posts["officer_wang"]
        same_person.staff = in_force.posts["handler_second"].staff
        same_person.save()
        with pytest.raises(NotAllowed):
            form(in_force, reply, scan, at, says())
        with pytest.raises(NotAllowed):
            form(in_force, reply, scan, at, says(), who="handler_second")


class TestARatingFromThePhone:
    def test_that_is_bad_asks_the_head_to_call(self, reply: Reply, in_force: World, at: datetime) -> None:
        from_phone(reply, at, "not_satisfied")
        call = RatingCall.objects.get()
        assert call.post == in_force.posts["head_second"]
        record_call(call=call, words="代表希望补充数据。", actor=in_force.act("head_second"), at=at)
        assert RatingCall.objects.get().done_at == at

    def test_after_the_signed_form_is_refused(
        self, reply: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        form(in_force, reply, scan, at, says())
        with pytest.raises(RatingRefused, match="以书面评价为准"):
            from_phone(reply, at)

    def test_starts_no_redo_by_itself(self, reply: Reply, in_force: World, at: datetime) -> None:
        from_phone(reply, at, "not_satisfied")
        with pytest.raises(RedoNotDue):
            begin_anew(in_force, reply.matter, at)

    def test_knows_the_grades_of_the_book_only(self, reply: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(RatingRefused):
            from_phone(reply, at, "superb")


class TestDoingAMatterAnew:
    def test_opens_the_next_round_with_its_own_limit(
        self, reply: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        form(in_force, reply, scan, at, says("not_satisfied"))
        matter = begin_anew(in_force, reply.matter, at)
        assert (matter.status, matter.round, matter.outcome) == (Status.IN_HAND, 2, "")
        limit = Deadline.objects.get(matter=matter, limit_code="SUG_REDO")
        assert (limit.starts_on, limit.due_on) == (date(2026, 3, 5), date(2026, 4, 7))  # 清明放假顺延

    def test_keeps_first_and_last_rating_apart(
        self, reply: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        first = form(in_force, reply, scan, at, says("not_satisfied"))
        again = delivered(in_force, begin_anew(in_force, reply.matter, at), at)
        assert str(again.number) == "样检函〔2026〕2号"
        last = form(in_force, again, scan, at, says("mostly_satisfied"))
        lead = reply.matter.participants.get(role="lead")
        assert first_and_last(reply.matter, lead) == (first, last)

    def test_follows_an_order_of_the_congress_too(
        self, reply: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        matter = fresh(reply).matter
        redo(
            matter=matter, asked_on=at.date(), order=ordered(scan, at), actor=in_force.act("officer_wang"),
            version=matter.version, at=at,
        )  # fmt: skip
        assert matter.round == 2
        kept = ExternalConsent.objects.get(matter=matter)
        assert (kept.kind, kept.answer, kept.organ) == ("redo", "ordered", "样本市人大常委会代表工作委员会")
        assert (kept.document_number, kept.dated_on, kept.scan, kept.round) == (
            "样人代〔2026〕20号", at.date(), scan, 2,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("lacks", "sentence"),
        [("organ", "来文机关"), ("document_number", "来文号"), ("dated_on", "来文日期"), ("scan", "扫描件")],
    )
    def test_wants_the_order_whole(
        self, reply: Reply, in_force: World, scan: StoredFile, at: datetime, lacks: str, sentence: str
    ) -> None:
        part = replace(ordered(scan, at), **{lacks: None if lacks in {"dated_on", "scan"} else ""})
        matter = fresh(reply).matter
        with pytest.raises(OrderIncomplete, match=sentence):
            redo(
                matter=matter, asked_on=at.date(), order=part, actor=in_force.act("officer_wang"),
                version=matter.version, at=at,
            )  # fmt: skip
        assert not ExternalConsent.objects.exists()

    def test_is_refused_where_we_only_assisted(
        self, in_force: World, deputies: object, scan: StoredFile, at: datetime
    ) -> None:
        assisted = registered(in_force, at, handler_role=HandlerRole.ASSIST, lead_unit="样本市公安局")
        matter = fresh(issued(in_force, in_hand(in_force, at, assisted), at, outcome="")).matter
        with pytest.raises(RedoNotDue, match="协办"):
            redo(
                matter=matter, asked_on=at.date(), order=ordered(scan, at), actor=in_force.act("officer_wang"),
                version=matter.version, at=at,
            )  # fmt: skip


class TestClosingAMatter:
    def test_rated_well_ends_it(self, reply: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        form(in_force, reply, scan, at, says())
        matter = end(in_force, reply, at)
        assert (matter.status, matter.is_open, matter.closed_at) == (Status.CLOSED, False, at)

    def test_leaves_no_day_running(self, reply: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        running = Deadline.objects.filter(matter=reply.matter, met_at=None, dropped_at=None)
        assert "SUG_FIRST_CONTACT" in running.values_list("limit_code", flat=True)
        form(in_force, reply, scan, at, says())
        assert end(in_force, reply, at).next_due_on is None
        assert not running.exclude(limit_code="SUG_REVISIT").exists()  # a revisit is owed after the close

    def test_waits_while_somebody_may_still_rate(self, reply: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(CannotClose, match="张示例还没有书面评价，评价期限到2026年3月26日"):
            end(in_force, reply, at)

    def test_need_not_wait_for_ever(self, reply: Reply, in_force: World, at: datetime) -> None:
        assert end(in_force, reply, at + timedelta(days=30)).status == Status.CLOSED

    def test_rated_badly_goes_on(self, reply: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        form(in_force, reply, scan, at, says("not_satisfied"))
        with pytest.raises(CannotClose, match="应当重新办理"):
            end(in_force, reply, at)


def ordered(scan: StoredFile, at: datetime) -> Order:
    return Order(
        organ="样本市人大常委会代表工作委员会", document_number="样人代〔2026〕20号", dated_on=at.date(), scan=scan
    )


def begin_anew(world: World, matter: Matter, at: datetime) -> Matter:
    matter.refresh_from_db()
    return redo(matter=matter, asked_on=at.date(), actor=world.act("officer_wang"), version=matter.version, at=at)


def end(world: World, reply: Reply, at: datetime) -> Matter:
    matter = fresh(reply).matter
    return close(matter=matter, actor=world.act("officer_wang"), version=matter.version, at=at)

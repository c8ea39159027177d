"""How a person is reached, and who has looked."""

from __future__ import annotations

import pytest
from django.db import connection

from huiyin.audit.models import Record
from huiyin.exchange.queries import account_of
from huiyin.kernel.identity import MobileInvalid
from huiyin.messaging.operations import bind
from huiyin.organisations.permissions import NotAllowed
from huiyin.people.operations import erase_contact_point, find_by_phone, reveal_contact, set_contact_point
from huiyin.people.operations.checks import PersonMovedOn
from huiyin.people.operations.contacts import ContactErased, ContactInvalid, PhoneTaken
from huiyin.people.queries import reach
from huiyin.people.rules import Channel

MOBILE, OTHER = "10000001234", "10000005678"


@pytest.fixture
def person(enter, world):
    return enter(mobile=MOBILE, held={"liaison_officer": world.posts["liaison_officer"]})


@pytest.fixture
def set_(person, world, at):
    """set_("100…"): write down the person's mobile as 王联络 does."""

    def act(value, by="officer_wang", channel=Channel.MOBILE, evidence="当面核对", version=None, of=person):
        return set_contact_point(
            person=of, channel=channel, value=value, evidence=evidence, version=version or of.version,
            actor=world.act(by), at=at,
        )  # fmt: skip

    return act


class TestSettingAContactPoint:
    def test_keeps_the_value_unreadable_in_the_database(self, person):
        with connection.cursor() as cursor:
            cursor.execute("SELECT value, blind_index FROM people_contactpoint")
            value, index = cursor.fetchone()
        assert MOBILE.encode() not in bytes(value)
        assert MOBILE not in index

    def test_replaces_and_erases_the_former_one(self, person, set_):
        set_(OTHER)
        former, now = person.contact_points.order_by("id")
        assert (former.value, former.blind_index, now.value) == (None, "", OTHER)
        assert reach(person, Channel.MOBILE) == now

    def test_without_evidence_is_not_a_way_to_reach_anybody(self, person, set_):
        set_(OTHER, evidence="")
        assert reach(person, Channel.MOBILE) is None

    def test_of_the_same_value_verifies_it_anew(self, person, set_):
        first = person.contact_points.get()
        assert set_("+86 " + MOBILE, evidence="电话回拨") == first
        first.refresh_from_db()
        assert first.evidence == "电话回拨"

    def test_takes_an_address_and_a_mail_address_beside_it(self, person, set_):
        set_("样本市示例路1号", channel=Channel.POST)
        set_("sun@example.cn", channel=Channel.EMAIL)
        assert person.contact_points.filter(value__isnull=False).count() == 3

    @pytest.mark.parametrize(
        ("value", "channel", "refusal"),
        [
            ("12345", Channel.MOBILE, MobileInvalid),
            ("不是邮箱", Channel.EMAIL, ContactInvalid),
            ("", Channel.POST, ContactInvalid),
            ("路" * 201, Channel.POST, ContactInvalid),
            ("1", Channel.IN_SITE, ContactInvalid),
        ],
    )
    def test_refuses_what_is_none(self, set_, value, channel, refusal):
        with pytest.raises(refusal):
            set_(value, channel=channel)

    def test_refuses_a_mobile_that_is_another_persons(self, enter, set_):
        enter(name="周占名", mobile=OTHER)
        with pytest.raises(PhoneTaken, match="另一位代表委员名下"):
            set_(OTHER)

    def test_on_a_stale_page_is_refused(self, set_):
        with pytest.raises(PersonMovedOn):
            set_(OTHER, version=1)

    def test_is_for_the_liaison_office_and_the_own_officer(self, set_):
        set_(OTHER, by="liaison_officer")
        for name in ("office_head", "handler_second", "officer_li"):
            with pytest.raises(NotAllowed):
                set_(MOBILE, by=name)

    def test_moves_the_phone_site_to_the_new_mobile(self, person, set_, world, at):
        point = person.contact_points.get()
        bind(person=person, contact_point=point, evidence="当面核对", actor=world.act("officer_wang"), at=at)
        set_(OTHER)
        assert account_of(f"p:{person.pk}").phone == OTHER
        set_(MOBILE, evidence="")
        assert account_of(f"p:{person.pk}") is None


class TestErasing:
    def test_forgets_the_value_and_closes_what_hangs_on_it(self, person, world, at):
        point = person.contact_points.get()
        bind(person=person, contact_point=point, evidence="当面核对", actor=world.act("officer_wang"), at=at)
        erase_contact_point(point=point, version=person.version, actor=world.act("officer_wang"), at=at)
        point.refresh_from_db()
        assert (point.value, point.blind_index, account_of(f"p:{person.pk}")) == (None, "", None)
        with pytest.raises(ContactErased):
            erase_contact_point(point=point, version=3, actor=world.act("officer_wang"), at=at)


class TestRevealing:
    def test_gives_the_whole_number_and_leaves_a_record(self, person, world, at):
        actor = world.act("liaison_officer")
        assert reveal_contact(point=person.contact_points.get(), actor=actor, at=at) == MOBILE
        row = Record.objects.get(verb="people.contact_revealed")
        assert (row.actor_key, row.target_label) == (actor.key, "孙假名")
        assert MOBILE not in str(row.facts)

    def test_is_refused_to_departments_and_other_offices(self, person, world, at):
        for name in ("handler_second", "head_second", "chief", "officer_li", "inspector"):
            with pytest.raises(NotAllowed):
                reveal_contact(point=person.contact_points.get(), actor=world.act(name), at=at)

    def test_of_an_erased_number_is_refused(self, person, set_, world, at):
        point = person.contact_points.get()
        set_(OTHER)
        point.refresh_from_db()
        with pytest.raises(ContactErased):
            reveal_contact(point=point, actor=world.act("officer_wang"), at=at)


class TestFindingByPhone:
    def test_gives_whose_mobile_it_is_and_leaves_a_record(self, person, world, at):
        assert find_by_phone(phone="1000000-1234", actor=world.act("officer_wang"), at=at) == [person]
        row = Record.objects.get(verb="people.found_by_phone")
        assert row.facts["found"] == [person.pk]
        assert MOBILE not in str(row.facts)

    def test_records_a_look_up_that_finds_nobody(self, person, world, at):
        assert find_by_phone(phone=OTHER, actor=world.act("officer_wang"), at=at) == []
        assert Record.objects.filter(verb="people.found_by_phone").count() == 1

    def test_stays_within_the_office(self, person, world, at):
        assert find_by_phone(phone=MOBILE, actor=world.act("officer_li"), at=at) == []

    def test_is_refused_to_everybody_else(self, person, world, at):
        for name in ("liaison_officer", "chief", "handler_second"):
            with pytest.raises(NotAllowed):
                find_by_phone(phone=MOBILE, actor=world.act(name), at=at)

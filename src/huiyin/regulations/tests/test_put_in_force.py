"""The second person's word: in force, or not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from huiyin.audit.models import Record
from huiyin.organisations.actors import acting
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.rules import Role
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.models import Limit, Recomputation, RuleBookVersion, StackEntry
from huiyin.regulations.operations import NotWaiting, SamePerson, StackFaulty, put_in_force, refuse_version
from huiyin.regulations.queries import stack_for

DAY = date(2026, 3, 5)


@pytest.fixture
def wang_as_head(world):
    """Officer Wang's second post: head of the office."""
    officer = world.posts["officer_wang"]
    return acting(
        Post.objects.create(
            staff=officer.staff, procuratorate=world.city, role=Role.OFFICE_HEAD, from_on=officer.from_on
        )
    )


class TestPutInForce:
    def test_lets_the_office_stand_on_the_book_from_its_first_day(self, world, load_own, at):
        put_in_force(version=load_own(), actor=world.act("office_head"), at=at)

        stack = stack_for(world.city, DAY)
        assert stack.limit("SUG_TELL", DAY).length == "5个工作日"
        with pytest.raises(RuleNotFound):
            stack.limit("SUG_TELL", date(2025, 12, 31))

    def test_keeps_an_offices_own_book_from_the_offices_below(self, world, load_own, at):
        put_in_force(version=load_own(), actor=world.act("office_head"), at=at)
        assert stack_for(world.county, DAY).books == ()

    def test_lets_the_offices_below_stand_on_a_city_book(self, world, load_own, at):
        put_in_force(version=load_own(level="city"), actor=world.act("office_head"), at=at)

        assert stack_for(world.county, DAY).limit("SUG_TELL", DAY).count == 5
        assert stack_for(world.province, DAY).books == ()

    def test_writes_the_limits_as_rows(self, world, load_own, at):
        version = put_in_force(version=load_own(), actor=world.act("office_head"), at=at)

        row = Limit.objects.get(version=version)
        assert (row.code, row.count, row.unit, row.article) == ("SUG_TELL", 5, "working_day", "第一条")

    def test_puts_the_more_specific_book_after_the_wider_one(self, world, load_own, at):
        for code, level in (("own", "local"), ("law", "national"), ("town", "city")):
            put_in_force(version=load_own(code=code, level=level), actor=world.act("office_head"), at=at)

        order = StackEntry.objects.filter(procuratorate=world.city).values_list("book__code", flat=True)
        assert list(order) == ["law", "town", "own"]

    def test_replaces_an_earlier_text_of_the_same_first_day(self, world, load_own, at):
        wrong = put_in_force(version=load_own(), actor=world.act("office_head"), at=at)
        put_in_force(version=load_own(version="1a", count=7), actor=world.act("office_head"), at=at)

        wrong.refresh_from_db()
        assert wrong.status == "replaced"
        assert stack_for(world.city, DAY).limit("SUG_TELL", DAY).count == 7

    def test_asks_for_the_open_dates_of_these_offices_since_its_first_day(self, world, load_own, at):
        put_in_force(version=load_own(level="city"), actor=world.act("office_head"), at=at)

        asked = Recomputation.objects.get()
        assert asked.since == date(2026, 1, 1)
        assert set(asked.procuratorates) == {world.city.pk, world.county.pk, world.other.pk}

    def test_leaves_one_record_naming_both_persons(self, world, load_own, at):
        version = load_own()
        put_in_force(version=version, actor=world.act("office_head"), at=at)

        record = Record.objects.get(verb="regulations.put_in_force")
        assert record.actor_label == world.posts["office_head"].label
        assert record.facts["loaded_by"] == version.loaded_by

    def test_refuses_the_person_who_loaded_it_in_another_post(self, load_own, wang_as_head, at):
        version = load_own()
        with pytest.raises(SamePerson, match="必须是两个人"):
            put_in_force(version=version, actor=wang_as_head, at=at)

        version.refresh_from_db()
        assert version.status == "loaded"

    def test_is_held_to_two_persons_by_the_database_too(self, load_own):
        version = load_own()
        with pytest.raises(IntegrityError), transaction.atomic():
            RuleBookVersion.objects.filter(pk=version.pk).update(status="in_force", approved_by=version.loaded_by)

    def test_refuses_a_post_without_the_right(self, world, load_own, at):
        with pytest.raises(NotAllowed):
            put_in_force(version=load_own(), actor=world.act("chief"), at=at)

    def test_refuses_an_office_that_would_decide_for_its_superior(self, world, load_own, at):
        shared = put_in_force(version=load_own(level="provincial"), actor=world.act("office_head"), at=at)
        StackEntry.objects.create(procuratorate=world.province, book=shared.book, position=0)
        with pytest.raises(NotAllowed):
            put_in_force(version=load_own(level="provincial", version="2"), actor=world.act("office_head"), at=at)

    def test_refuses_a_second_approval(self, world, load_own, at):
        version = put_in_force(version=load_own(), actor=world.act("office_head"), at=at)
        with pytest.raises(NotWaiting, match="已批准施行"):
            put_in_force(version=version, actor=world.act("office_head"), at=at)

    def test_refuses_references_that_lead_nowhere(self, world, load_own, at):
        redo = '[redo]\ntrigger = "rating"\ndimension = "result"\nlimit = "NOWHERE"\narticle = "二"\nsummary = "重办"\n'
        with pytest.raises(StackFaulty) as refusal:
            put_in_force(version=load_own(more=redo), actor=world.act("office_head"), at=at)

        assert any("NOWHERE" in sentence for sentence in refusal.value.sentences)
        assert stack_for(world.city, DAY).books == ()


class TestRefuseVersion:
    def test_keeps_the_text_out_of_force_with_the_reason(self, world, load_own, at):
        version = refuse_version(version=load_own(), note="条号有误", actor=world.act("office_head"), at=at)

        assert (version.status, version.note) == ("refused", "条号有误")
        assert stack_for(world.city, DAY).books == ()

    def test_lets_a_better_text_come_under_the_same_version(self, world, load_own, at):
        refuse_version(version=load_own(), note="条号有误", actor=world.act("office_head"), at=at)
        assert load_own(count=6).status == "loaded"

    def test_cannot_undo_an_approval(self, world, load_own, at):
        version = put_in_force(version=load_own(), actor=world.act("office_head"), at=at)
        with pytest.raises(NotWaiting):
            refuse_version(version=version, note="", actor=world.act("office_head"), at=at)

"""Outside bodies of an office."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from huiyin.audit.actors import SYSTEM
from huiyin.audit.models import Record
from huiyin.organisations.models import CongressBody
from huiyin.organisations.operations import (
    BodyFacts,
    change_body,
    enter_body,
    resume_body,
    reveal_body_phone,
    stop_body,
)
from huiyin.organisations.operations.bodies import BodyMovedOn, BodyTaken, BodyUnfit
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.queries import bodies_of, uses_of
from huiyin.organisations.rules import ASSIGNERS, BodyKind, read_phone

FACTS = BodyFacts(kind=BodyKind.CPPCC, name="政协练习委员会", contact_name="卜联系", phone="（0000）1234567转801")


@pytest.fixture
def entering(world, at):
    def do(by="officer_wang", key=None, **facts):
        actor = SYSTEM if by == "system" else world.act(by)
        return enter_body(
            procuratorate=world.city, facts=replace(FACTS, **facts), request_key=key or uuid4(), actor=actor, at=at
        )

    return do


class TestEnterBody:
    def test_is_offered_from_then_on(self, world, entering, at):
        body = entering()
        assert (body.entered_on, body.contact_phone) == (at.date(), "(0000)1234567转801")
        assert body in bodies_of(world.city, at.date(), kinds=ASSIGNERS)
        assert body not in bodies_of(world.city, at.date(), kinds=[BodyKind.COURT])
        assert body not in bodies_of(world.other, at.date())

    def test_keeps_the_phone_unreadable_in_the_database_and_in_the_record(self, entering):
        body = entering()
        with connection.cursor() as cursor:
            cursor.execute("SELECT contact_phone FROM organisations_congressbody WHERE id = %s", [body.pk])
            assert b"1234567" not in bytes(cursor.fetchone()[0])
        facts = Record.objects.get(verb="organisations.body_entered").facts
        assert facts["contact_phone"].startswith("#")

    def test_is_for_the_liaison_office_the_office_head_and_whoever_installs(self, entering):
        for place, who in enumerate(["officer_wang", "office_head", "system"]):
            assert entering(who, name=f"演示县政协{place}").pk
        for who in ["handler_second", "chief", "liaison_officer"]:
            with pytest.raises(NotAllowed):
                entering(who, name="别的")

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"name": " \n"}, "请填写单位名称"),
            ({"name": "长" * 81}, "最多80个字"),
            ({"contact_name": "长" * 61}, "联系人最多60个字"),
            ({"phone": "问总机"}, "联系电话只填一个号码"),
            ({"kind": "party"}, "没有这种类别"),
        ],
    )
    def test_refuses_what_cannot_be(self, entering, facts, said):
        with pytest.raises(BodyUnfit, match=said):
            entering(**facts)

    def test_refuses_a_name_twice_however_it_is_spaced(self, entering):
        entering()
        with pytest.raises(BodyTaken, match="不用再录"):
            entering(name="  政协练习委员会 ")

    def test_answers_a_double_click_with_the_first_result(self, entering):
        key = uuid4()
        assert entering(key=key) == entering(key=key)
        assert CongressBody.objects.filter(name=FACTS.name).count() == 1


class TestChangeBody:
    def test_writes_what_is_said_and_leaves_an_unsaid_phone(self, world, entering, at):
        body = entering()
        change_body(
            body=body, facts=replace(FACTS, name="政协练习县委员会", phone=""), version=1,
            actor=world.act("office_head"), at=at,
        )  # fmt: skip
        body.refresh_from_db()
        assert (body.name, body.contact_phone, body.version) == ("政协练习县委员会", "(0000)1234567转801", 2)
        assert list(Record.objects.get(verb="organisations.body_changed").facts["changes"]) == ["name"]

    def test_forgets_the_phone_when_told_to(self, world, entering, at):
        body, act = entering(), world.act("officer_wang")
        with pytest.raises(BodyUnfit, match="不能两样都选"):
            change_body(body=body, facts=FACTS, version=1, forget_phone=True, actor=act, at=at)
        change_body(body=body, facts=replace(FACTS, phone=""), version=1, forget_phone=True, actor=act, at=at)
        body.refresh_from_db()
        assert body.contact_phone is None

    def test_refuses_another_kind_once_something_points_to_it(self, in_force, deputies, at):
        body = in_force.bodies["congress"]
        assert uses_of(body) > 0
        other = BodyFacts(kind=BodyKind.COURT, name=body.name)
        with pytest.raises(BodyUnfit, match="类别不能再改"):
            change_body(body=body, facts=other, version=1, actor=in_force.act("officer_wang"), at=at)

    def test_takes_another_kind_before(self, world, entering, at):
        body = entering()
        assert uses_of(body) == 0
        facts = replace(FACTS, kind=BodyKind.CONGRESS)
        change_body(body=body, facts=facts, version=1, actor=world.act("officer_wang"), at=at)
        assert body.kind == BodyKind.CONGRESS

    def test_refuses_the_name_of_another(self, world, entering, at):
        body = entering()
        with pytest.raises(BodyTaken):
            change_body(
                body=body, facts=replace(FACTS, name=world.bodies["court"].name), version=1,
                actor=world.act("officer_wang"), at=at,
            )  # fmt: skip

    def test_refuses_a_stale_page_and_another_office(self, world, entering, at):
        body = entering()
        change_body(body=body, facts=FACTS, version=1, actor=world.act("officer_wang"), at=at)
        with pytest.raises(BodyMovedOn, match="刷新"):
            change_body(body=body, facts=FACTS, version=1, actor=world.act("officer_wang"), at=at)
        with pytest.raises(NotAllowed):
            change_body(body=body, facts=FACTS, version=2, actor=world.act("officer_li"), at=at)


class TestStopBody:
    def test_offers_it_no_longer_but_keeps_it(self, world, entering, at):
        body = entering()
        stop_body(body=body, version=1, actor=world.act("officer_wang"), at=at)
        assert body not in bodies_of(world.city, at.date())
        assert body in bodies_of(world.city, at.date() - timedelta(days=1))
        assert body in bodies_of(world.city, at.date(), besides=body)
        assert CongressBody.objects.filter(pk=body.pk).exists()

    def test_is_undone(self, world, entering, at):
        body, act = entering(), world.act("officer_wang")
        stop_body(body=body, version=1, actor=act, at=at)
        with pytest.raises(BodyTaken, match="恢复使用"):
            entering()
        resume_body(body=body, version=2, actor=act, at=at)
        assert body in bodies_of(world.city, at.date())

    def test_refuses_a_stale_page(self, world, entering, at):
        body, act = entering(), world.act("officer_wang")
        stop_body(body=body, version=1, actor=act, at=at)
        with pytest.raises(BodyMovedOn):
            stop_body(body=body, version=1, actor=act, at=at)


class TestRevealBodyPhone:
    def test_gives_it_and_leaves_a_record(self, world, entering, at):
        body = entering()
        assert reveal_body_phone(body=body, actor=world.act("liaison_officer"), at=at) == "(0000)1234567转801"
        assert Record.objects.get(verb="organisations.body_phone_revealed").target_key == str(body.pk)

    def test_refuses_where_there_is_none(self, world, entering, at):
        body = entering(phone="")
        with pytest.raises(BodyUnfit, match="没有登记"):
            reveal_body_phone(body=body, actor=world.act("officer_wang"), at=at)


class TestReadPhone:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("０９９９－1234567", "0999-1234567"), (" 12309 ", "12309"), ("+86 999 1234567", "+86 999 1234567"),
            ("1234567 转 801", "1234567 转 801"), ("1234", ""), ("电话1234567", ""), ("1234567、7654321", ""),
        ],
    )  # fmt: skip
    def test_takes_one_number(self, typed, read):
        assert read_phone(typed) == read

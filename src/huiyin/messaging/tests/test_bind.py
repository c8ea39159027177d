"""Binding a phone once for the term."""

from __future__ import annotations

import pytest

from huiyin.audit.models import Record
from huiyin.exchange.queries import account_of
from huiyin.messaging.models import Binding
from huiyin.messaging.operations import AlreadyEnded, NoPhone, bind, end_binding
from huiyin.organisations.permissions import NotAllowed


class TestBinding:
    def test_opens_the_phone_site_for_the_person(self, bound, zhang, world):
        account = account_of(f"p:{zhang.pk}")
        assert (account.label, account.phone) == ("张示例代表", "10000000001")
        assert account.office == world.city.name

    def test_again_is_the_same_binding(self, bound, zhang, world, at):
        again = bind(
            person=zhang, contact_point=bound.contact_point, evidence="", actor=world.act("officer_wang"), at=at
        )
        assert again == bound
        assert Binding.objects.count() == 1

    def test_leaves_one_root_record_without_the_phone(self, bound):
        [row] = Record.objects.filter(parent=None).exclude(verb="people.person_entered")
        assert row.verb == "messaging.bound"
        assert "10000000001" not in str(list(Record.objects.values()))

    def test_is_for_the_officer_who_looks_after_the_deputy(self, zhang, world, at):
        point = zhang.contact_points.get()
        own = bind(person=zhang, contact_point=point, evidence="", actor=world.act("liaison_officer"), at=at)
        assert own.person == zhang
        for stranger in ("officer_li", "handler_second"):
            with pytest.raises(NotAllowed):
                bind(person=zhang, contact_point=point, evidence="", actor=world.act(stranger), at=at)

    def test_needs_a_phone_of_that_person(self, deputies, zhang, world, at):
        point = deputies["li"].contact_points.get()
        with pytest.raises(NoPhone, match="没有登记手机号码"):
            bind(person=zhang, contact_point=point, evidence="", actor=world.act("officer_wang"), at=at)


class TestEndingABinding:
    def test_closes_the_phone_site(self, bound, zhang, world, at):
        end_binding(binding=bound, reason="换届", actor=world.act("officer_wang"), at=at)
        assert account_of(f"p:{zhang.pk}") is None
        with pytest.raises(AlreadyEnded):
            end_binding(binding=bound, reason="换届", actor=world.act("officer_wang"), at=at)

    def test_lets_it_be_bound_anew(self, bound, zhang, world, at):
        end_binding(binding=bound, reason="换号", actor=world.act("officer_wang"), at=at)
        again = bind(
            person=zhang, contact_point=bound.contact_point, evidence="", actor=world.act("officer_wang"), at=at
        )
        assert again != bound
        assert account_of(f"p:{zhang.pk}") is not None

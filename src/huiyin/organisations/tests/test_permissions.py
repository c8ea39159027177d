"""Who may."""

from __future__ import annotations

import pytest

from huiyin.audit.actors import SYSTEM, Actor, ActorKind
from huiyin.organisations import permissions
from huiyin.organisations.permissions import NotAllowed, declare, may, require
from huiyin.organisations.rules import Role, Seat


@pytest.fixture
def verb(monkeypatch):
    monkeypatch.setattr(permissions, "_verbs", {})
    declare(
        "tests.act",
        "试一试",
        roles={Role.CHIEF},
        seats={Seat.SECADMIN},
        check=lambda actor, target: target == "mine",
    )


class TestMay:
    def test_asks_the_role_first(self, world, verb):
        assert may(world.act("chief"), "tests.act")
        assert not may(world.act("handler_first"), "tests.act")

    def test_asks_the_verb_about_the_target(self, world, verb):
        assert may(world.act("chief"), "tests.act", "mine")
        assert not may(world.act("chief"), "tests.act", "theirs")

    def test_knows_the_three_seats(self, verb, secadmin, sysadmin):
        assert may(secadmin, "tests.act")
        assert not may(sysadmin, "tests.act")

    def test_gives_nothing_to_outsiders_nor_to_the_system_unless_said(self, world, verb):
        declare("tests.sweep", "清扫", system=True)
        assert not may(SYSTEM, "tests.act")
        assert may(SYSTEM, "tests.sweep")
        assert not may(Actor(kind=ActorKind.OUTSIDE, key="account:x", label="张示例"), "tests.act")

    def test_fails_for_a_verb_nobody_declared(self, world, verb):
        with pytest.raises(KeyError):
            may(world.act("chief"), "tests.unknown")


class TestRequire:
    def test_refuses_with_the_name_of_the_act(self, world, verb):
        with pytest.raises(NotAllowed, match="不能试一试"):
            require(world.act("handler_first"), "tests.act")


class TestDeclare:
    def test_refuses_a_code_twice(self, verb):
        with pytest.raises(ValueError, match="declared twice"):
            declare("tests.act", "又一次")

"""Classifying a suggestion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.support.history import registered
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.models import Matter
from huiyin.matters.rules import MatterMovedOn, ProblemClass, Urgency
from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.operations.classify import ForeignDepartment, KeyWithoutReason, classify
from huiyin.suggestions.queries import by_category


def _classified(world: World, matter: Matter, at: datetime, *, who: str = "officer_wang", **changes: Any) -> Matter:
    usual = {
        "category": "未成年人检察",
        "problem_class": ProblemClass.COMMON,
        "is_key": False,
        "urgency": Urgency.NORMAL,
        "version": matter.version,
    }
    return classify(matter=matter, actor=world.act(who), at=at, **usual | changes)


class TestClassify:
    def test_keeps_category_class_and_urgency(self, in_force: World, at: datetime) -> None:
        matter = _classified(in_force, registered(in_force, at), at, urgency=Urgency.URGENT)
        assert (matter.category, matter.problem_class, matter.urgency) == ("未成年人检察", "common", "urgent")

    def test_writes_the_criteria_that_make_it_a_key_one(self, in_force: World, at: datetime) -> None:
        matter = _classified(
            in_force, registered(in_force, at), at, is_key=True, key_criteria=["多名代表联名"], key_reason="社会关注"
        )
        assert matter.key_reason == "多名代表联名；社会关注"

    def test_refuses_a_key_one_without_reason(self, in_force: World, at: datetime) -> None:
        with pytest.raises(KeyWithoutReason):
            _classified(in_force, registered(in_force, at), at, is_key=True)

    def test_logs_what_stood_there_before(self, in_force: World, at: datetime) -> None:
        matter = _classified(in_force, registered(in_force, at), at)
        _classified(in_force, matter, at, category="")
        last = Record.objects.filter(verb="suggestions.classified").latest("id")
        assert last.facts["changes"] == {"category": ["未成年人检察", ""]}

    def test_tells_a_stale_page_so(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        stale = matter.version
        _classified(in_force, matter, at)
        with pytest.raises(MatterMovedOn):
            _classified(in_force, matter, at, version=stale)

    def test_refuses_a_neighbouring_office(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            _classified(in_force, registered(in_force, at), at, who="officer_li")

    def test_keeps_who_might_handle_it_and_refuses_another_offices_department(
        self, in_force: World, at: datetime
    ) -> None:
        first = in_force.departments["first"]
        matter = _classified(in_force, registered(in_force, at), at, department=first)
        assert matter.suggestion.proposed_department == first
        facts = Record.objects.filter(verb="suggestions.classified").latest("id").facts
        assert facts["changes"]["proposed_department"] == ["", first.name]
        with pytest.raises(ForeignDepartment, match="不是本院现有的部门"):
            _classified(in_force, matter, at, department=in_force.departments["other"])

    def test_lets_the_category_propose_a_department_of_the_office(self, in_force: World, at: datetime) -> None:
        names = by_category(stack_for(in_force.city, at.date()), in_force.departments.values(), at.date())
        assert names["未成年人检察"] == in_force.departments["second"]
        assert "其他" not in names

"""The leadership's yearly meeting on suggestions (S3-23)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.support.history import registered
from tests.support.twin import twin

from huiyin.audit.models import Record
from huiyin.organisations.permissions import NotAllowed
from huiyin.suggestions.models import LeadershipStudy
from huiyin.suggestions.operations.studies import (
    NotStudied,
    StudyFacts,
    StudyMovedOn,
    StudyNotHeldYet,
    correct_study,
    record_study,
)
from huiyin.suggestions.queries import studies_open_to

FACTS = StudyFacts(
    held_on=date(2026, 3, 5), title="党组会", chaired_by="程检", attendees="院领导", decisions="逐件明确领衔院领导。"
)


def noted(world, at, *, by="officer_wang", facts=FACTS, key=None):
    return record_study(facts=facts, minutes=None, request_key=key or uuid.uuid4(), actor=world.act(by), at=at)


class TestRecordStudy:
    def test_keeps_who_met_about_what(self, in_force, at):
        matter = registered(in_force, at)
        study = noted(in_force, at, facts=replace(FACTS, matters=(matter,)))
        assert list(study.matters.all()) == [matter]
        assert Record.objects.get(verb="suggestions.study_recorded").facts == {"matters": [matter.number]}

    def test_by_two_clicks_is_one(self, world, at):
        key = uuid.uuid4()
        assert noted(world, at, key=key) == noted(world, at, key=key)
        assert LeadershipStudy.objects.count() == 1

    def test_waits_until_the_meeting_was_held(self, world, at):
        with pytest.raises(StudyNotHeldYet, match="还没有到"):
            noted(world, at, facts=replace(FACTS, held_on=at.date() + timedelta(days=1)))

    def test_refuses_a_matter_of_another_office(self, in_force, at):
        matter = registered(twin(in_force), at)
        with pytest.raises(NotStudied, match="不是本院登记的建议"):
            noted(in_force, at, facts=replace(FACTS, matters=(matter,)))

    @pytest.mark.parametrize("who", ["chief", "handler_second", "registry"])
    def test_is_the_offices(self, world, at, who):
        with pytest.raises(NotAllowed):
            noted(world, at, by=who)


class TestCorrectStudy:
    def test_puts_it_right_once_for_one_page(self, world, at):
        study = noted(world, at)
        facts, actor = replace(FACTS, title="检察长办公会"), world.act("office_head")
        changed = {"study": study, "facts": facts, "minutes": None, "at": at, "version": 1, "actor": actor}
        assert correct_study(**changed, request_key=uuid.uuid4()).title == "检察长办公会"
        with pytest.raises(StudyMovedOn):
            correct_study(**changed, request_key=uuid.uuid4())

    def test_is_not_another_offices(self, world, at):
        study = noted(world, at)
        with pytest.raises(NotAllowed):
            correct_study(
                study=study, facts=FACTS, minutes=None, request_key=uuid.uuid4(), actor=world.act("officer_li"),
                version=1, at=at,
            )  # fmt: skip


class TestSight:
    def test_of_meetings_is_for_office_and_leaders_of_the_own_office(self, world, at):
        study = noted(world, at)
        seen = {key for key, post in world.posts.items() if study in studies_open_to(post)}
        assert seen == {"officer_wang", "office_head", "chief", "deputy_chief"}

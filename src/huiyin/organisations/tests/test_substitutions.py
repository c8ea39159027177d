"""AB角: who stands in for whom, and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.organisations.models import Post
from huiyin.organisations.operations import add_substitution, end_substitution
from huiyin.organisations.operations.substitutions import SubstitutionUnfit
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.queries import stands_in_for, substitutes_of

FROM, UNTIL = date(2026, 3, 9), date(2026, 3, 16)


@pytest.fixture
def standing_in(world, at):
    def do(actor="chief", **facts):
        given = {
            "post": world.posts["chief"],
            "substitute": world.posts["deputy_chief"],
            "from_on": FROM,
            "until_on": UNTIL,
            "reason": "外出学习",
        }
        return add_substitution(**given | facts, actor=world.act(actor), at=at)

    return do


class TestAddSubstitution:
    def test_counts_from_the_first_day_to_the_day_before_the_last(self, world, standing_in):
        standing_in()
        chief, deputy = world.posts["chief"], world.posts["deputy_chief"]
        assert substitutes_of(chief, FROM) == [deputy]
        assert stands_in_for(deputy, UNTIL - timedelta(days=1)) == [chief]
        assert substitutes_of(chief, UNTIL) == []

    def test_may_be_arranged_by_the_office_head(self, standing_in):
        assert standing_in(actor="office_head").reason == "外出学习"

    @pytest.mark.parametrize("actor", ["deputy_chief", "officer_wang", "officer_li"])
    def test_is_not_for_others_to_arrange(self, standing_in, actor):
        with pytest.raises(NotAllowed):
            standing_in(actor=actor)

    def test_refuses_oneself(self, world, standing_in):
        with pytest.raises(SubstitutionUnfit, match="另一位同事"):
            standing_in(substitute=world.posts["chief"])

    def test_refuses_another_office(self, world, standing_in):
        with pytest.raises(SubstitutionUnfit, match="本院的岗位"):
            standing_in(substitute=world.posts["officer_li"])

    def test_refuses_a_period_that_ends_before_it_begins(self, standing_in):
        with pytest.raises(SubstitutionUnfit, match="晚于开始日期"):
            standing_in(until_on=FROM)

    def test_refuses_a_substitute_who_leaves_before_the_end(self, world, standing_in):
        Post.objects.filter(pk=world.posts["deputy_chief"].pk).update(until_on=date(2026, 3, 10))
        world.posts["deputy_chief"].refresh_from_db()
        with pytest.raises(SubstitutionUnfit, match="并不一直在任"):
            standing_in()

    def test_refuses_two_substitutes_at_once(self, world, standing_in):
        standing_in()
        with pytest.raises(SubstitutionUnfit, match="已经由"):
            standing_in(substitute=world.posts["office_head"], from_on=UNTIL - timedelta(days=1), until_on=UNTIL)


class TestEndSubstitution:
    def test_ends_with_the_day(self, world, standing_in, at):
        made = standing_in()
        on = FROM + timedelta(days=2)
        end_substitution(substitution=made, on=on, actor=world.act("chief"), at=at)
        assert substitutes_of(world.posts["chief"], on) == []
        assert substitutes_of(world.posts["chief"], FROM) == [world.posts["deputy_chief"]]

    def test_undoes_one_that_has_not_begun(self, world, standing_in, at):
        made = standing_in()
        end_substitution(substitution=made, on=FROM - timedelta(days=2), actor=world.act("chief"), at=at)
        assert substitutes_of(world.posts["chief"], FROM) == []

    def test_says_when_it_is_over_already(self, world, standing_in, at):
        made = standing_in()
        end_substitution(substitution=made, on=FROM, actor=world.act("chief"), at=at)
        with pytest.raises(SubstitutionUnfit, match="已经结束"):
            end_substitution(substitution=made, on=FROM, actor=world.act("chief"), at=at)

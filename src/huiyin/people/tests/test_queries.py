"""Whom a post may see, and whom a name means."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.history import in_hand

from huiyin.people.operations import end_mandate
from huiyin.people.queries import delegations_of, listed, match_deputy, officers_of, visible_to, with_list_facts

ON = date(2026, 3, 5)


def names(persons):
    return {person.name for person in persons}


class TestWhomAPostSees:
    @pytest.mark.parametrize("post", ["officer_wang", "office_head", "chief"])
    def test_the_office_and_its_heads_see_everybody(self, deputies, world, post):
        assert names(visible_to(world.posts[post])) == names(deputies.values())

    def test_a_liaison_officer_sees_those_entrusted_to_it(self, deputies, enter, world):
        enter(name="吴旁人")
        assert names(visible_to(world.posts["liaison_officer"])) == names(deputies.values())

    def test_a_department_sees_whom_it_meets_in_its_matters(self, in_force, deputies, world, at):
        handler = world.posts["handler_second"]
        assert names(visible_to(handler)) == set()
        in_hand(in_force, at)
        for post in ("handler_second", "head_second", "deputy_chief"):
            assert names(visible_to(world.posts[post])) == {"张示例"}
        assert names(visible_to(world.posts["handler_first"])) == set()

    @pytest.mark.parametrize("post", ["officer_li", "officer_province", "registry", "inspector", "case_management"])
    def test_other_offices_and_other_roles_see_nobody(self, deputies, world, post):
        assert not visible_to(world.posts[post]).exists()


class TestTheRegister:
    def test_is_searched_by_any_part_of_a_name(self, deputies, world):
        post = world.posts["officer_wang"]
        assert names(listed(post, on=ON, name="样本")) == {"李样本"}
        assert names(listed(post, on=ON, name="阿依•")) == {"阿依·示例"}
        assert names(listed(post, on=ON, name="䶮")) == {"䶮演示"}

    def test_is_filtered_by_what_one_mandate_is(self, deputies, enter, world):
        post = world.posts["officer_wang"]
        enter(held={"kind": "cppcc_member", "delegation": "教育界"})
        assert names(listed(post, on=ON, kind="cppcc_member")) == {"孙假名"}
        assert names(listed(post, on=ON, delegation="第二代表团")) == {"王虚构", "赵占位"}
        assert names(listed(post, on=ON, kind="deputy", delegation="教育界")) == set()
        assert names(listed(post, on=ON, without_officer=True)) == {"孙假名"}
        assert len(listed(post, on=ON, officer=world.posts["liaison_officer"])) == len(deputies)

    def test_keeps_former_deputies_apart(self, deputies, world, at):
        post, held = world.posts["officer_wang"], deputies["zhang"].mandates.get()
        end_mandate(
            mandate=held,
            until_on=ON,
            reason="辞职",
            version=held.person.version,
            actor=world.act("officer_wang"),
            at=at,
        )
        assert "张示例" not in names(listed(post, on=ON))
        assert names(listed(post, on=ON, former=True)) == {"张示例"}

    def test_is_read_in_three_queries_however_long(self, deputies, world, django_assert_num_queries):
        with django_assert_num_queries(3):
            rows = list(with_list_facts(listed(world.posts["officer_wang"], on=ON), contacts=True))
            assert all(row.mobiles and row.mandates.all()[0].liaison_officer.staff.name for row in rows)

    def test_names_delegations_and_officers(self, deputies, world):
        assert delegations_of(world.city) == sorted({"第一代表团", "第二代表团", "第三代表团", "第四代表团"})
        assert {post.staff.name for post in officers_of(world.city, ON)} == {"王联络", "连络员"}


class TestANameOnAList:
    def test_means_the_deputy_who_holds_a_mandate_on_that_day(self, deputies, world):
        assert match_deputy(world.city, "张　示例", "第三代表团", ON) == [deputies["zhang"]]
        assert match_deputy(world.city, "张示例", "", date(2021, 1, 1)) == []

    def test_is_found_though_the_delegation_is_written_otherwise(self, deputies, world):
        assert match_deputy(world.city, "张示例", "三团", ON) == [deputies["zhang"]]

"""An office chooses its books."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.organisations.actors import acting
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.rules import Role
from huiyin.regulations.models import StackEntry
from huiyin.regulations.operations import StackRefused, put_in_force, set_stack
from huiyin.regulations.queries import stack_for

DAY = date(2026, 3, 5)


class TestSetStack:
    def test_lets_the_later_book_win(self, world, load_own, at):
        first, second = (
            put_in_force(version=load_own(code=code, count=count), actor=world.act("office_head"), at=at).book
            for code, count in (("first", 5), ("second", 9))
        )
        assert stack_for(world.city, DAY).limit("SUG_TELL", DAY).count == 9

        set_stack(procuratorate=world.city, books=[second, first], actor=world.act("office_head"), at=at)

        assert stack_for(world.city, DAY).limit("SUG_TELL", DAY).count == 5

    def test_refuses_an_empty_choice(self, world, load_own, at):
        with pytest.raises(StackRefused, match="至少"):
            set_stack(procuratorate=world.city, books=[], actor=world.act("office_head"), at=at)

    def test_refuses_a_book_nobody_approved(self, world, load_own, at):
        book = load_own().book
        with pytest.raises(StackRefused, match="还没有经批准"):
            set_stack(procuratorate=world.city, books=[book], actor=world.act("office_head"), at=at)

    def test_refuses_to_take_out_what_another_book_refers_to(self, world, load_own, at):
        redo = '[revisit]\nlimit = "SUG_TELL"\narticle = "二"\nsummary = "回访"\n'
        base = put_in_force(version=load_own(code="base"), actor=world.act("office_head"), at=at).book
        text = load_own(code="upper", limit="SUG_OTHER", more=redo)
        upper = put_in_force(version=text, actor=world.act("office_head"), at=at).book
        with pytest.raises(StackRefused, match="SUG_TELL"):
            set_stack(procuratorate=world.city, books=[upper], actor=world.act("office_head"), at=at)

        assert base in [entry.book for entry in StackEntry.objects.filter(procuratorate=world.city)]

    def test_refuses_another_offices_own_book_and_another_offices_stack(self, world, load_own, at):
        book = put_in_force(version=load_own(), actor=world.act("office_head"), at=at).book
        with pytest.raises(NotAllowed):
            set_stack(procuratorate=world.county, books=[book], actor=world.act("office_head"), at=at)
        head = Post.objects.create(
            staff=world.posts["officer_li"].staff, procuratorate=world.other, role=Role.OFFICE_HEAD, from_on=DAY
        )
        with pytest.raises(StackRefused, match="其他检察院"):
            set_stack(procuratorate=world.other, books=[book], actor=acting(head), at=at)

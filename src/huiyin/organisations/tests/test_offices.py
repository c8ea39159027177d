"""The tree of offices and their departments."""

from __future__ import annotations

import pytest

from huiyin.audit.actors import SYSTEM
from huiyin.organisations.operations import (
    change_department,
    change_office,
    change_post,
    change_staff,
    close_department,
    enter_department,
    enter_office,
    reopen_department,
)
from huiyin.organisations.operations.offices import DepartmentInUse, OfficeMovedOn, OfficeUnfit
from huiyin.organisations.operations.staff import NameMissing
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.rules import Level


@pytest.fixture
def entering(world, at):
    def do(**facts):
        given = {
            "code": "990122",
            "name": "练习县人民检察院",
            "short_name": "练习县院",
            "document_prefix": "练检",
            "level": Level.COUNTY,
            "parent": world.city,
            "phone": "",
        }
        return enter_office(**given | facts, actor=SYSTEM, at=at)

    return do


class TestEnterOffice:
    def test_places_it_under_city_and_province(self, world, entering):
        office = entering()
        assert (office.city, office.province) == (world.city, world.province)

    def test_refuses_a_code_twice(self, entering):
        entering()
        with pytest.raises(OfficeUnfit, match="已经录入"):
            entering(name="别的")

    def test_refuses_a_level_that_does_not_fit(self, world, entering):
        with pytest.raises(OfficeUnfit, match="上级要是市级"):
            entering(parent=world.province)
        with pytest.raises(OfficeUnfit, match="没有上级"):
            entering(level=Level.PROVINCE)


class TestEnterDepartment:
    def test_comes_last(self, world, sysadmin, at):
        made = enter_department(procuratorate=world.city, name="第四检察部", short_name="", actor=sysadmin, at=at)
        assert list(world.city.departments.all())[-1] == made

    def test_refuses_a_name_twice(self, world, sysadmin, at):
        with pytest.raises(OfficeUnfit, match="已经有"):
            enter_department(procuratorate=world.city, name="办公室", short_name="", actor=sysadmin, at=at)


class TestChangeOffice:
    @pytest.fixture
    def changing(self, sysadmin, at):
        def do(office, **facts):
            said = ("name", "short_name", "document_prefix", "phone", "version")
            kept = {name: getattr(office, name) for name in said}
            change_office(office=office, **kept | facts, actor=sysadmin, at=at)
            office.refresh_from_db()

        return do

    def test_corrects_the_prefix_of_letters_at_any_time(self, world, changing):
        changing(world.city, document_prefix="样市检")
        assert world.city.document_prefix == "样市检"

    def test_refuses_a_page_read_before_a_colleague_corrected_it(self, world, changing):
        stale = type(world.city).objects.get(pk=world.city.pk)
        changing(world.city, phone="12345678")
        with pytest.raises(OfficeMovedOn, match="同事"):
            changing(stale, phone="87654321")

    def test_moves_an_office_on_which_nothing_stands(self, world, entering, changing):
        office = entering(parent=None)
        changing(office, code="990123", level=Level.COUNTY, parent=world.city)
        assert (office.code, office.division, office.province) == ("990123", "990123", world.province)

    def test_leaves_a_settled_one_where_it_is(self, world, changing):
        with pytest.raises(OfficeUnfit, match="不能再改"):
            changing(world.city, code="990109", level=Level.CITY, parent=world.province)
        changing(world.city, code="990100", level=Level.CITY, parent=world.province, phone="12345678")

    def test_refuses_a_code_taken_and_itself_above_itself(self, world, entering, changing):
        office = entering()
        with pytest.raises(OfficeUnfit, match="已经录入"):
            changing(office, code="990100", level=Level.COUNTY, parent=world.city)
        with pytest.raises(OfficeUnfit, match="不能是它自己"):
            changing(office, code="990122", level=Level.COUNTY, parent=office)


class TestADepartment:
    def test_is_corrected(self, world, sysadmin, at):
        third = world.departments["third"]
        facts = {"short_name": "", "position": 0, "actor": sysadmin, "at": at}
        change_department(department=third, name="第三检察部", version=1, **facts)
        third.refresh_from_db()
        assert (third.short_name, third.position) == ("第三检察部", 0)
        with pytest.raises(OfficeUnfit, match="已经有"):
            change_department(department=third, name="办公室", version=2, **facts)
        with pytest.raises(OfficeMovedOn, match="同事"):  # a page read before the first correction
            change_department(department=third, name="第三检察部（公益）", version=1, **facts)

    def test_is_closed_once_nobody_holds_a_post_in_it(self, world, sysadmin, at):
        with pytest.raises(DepartmentInUse, match="在任的岗位"):
            close_department(department=world.departments["third"], on=at.date(), actor=sysadmin, at=at)
        made = enter_department(procuratorate=world.city, name="第四检察部", short_name="", actor=sysadmin, at=at)
        close_department(department=made, on=at.date(), actor=sysadmin, at=at)
        with pytest.raises(DepartmentInUse, match="已经撤销"):
            close_department(department=made, on=at.date(), actor=sysadmin, at=at)
        reopen_department(department=made, actor=sysadmin, at=at)
        made.refresh_from_db()
        assert made.closed_on is None


class TestNamesAndPhones:
    def test_are_corrected(self, world, sysadmin, at):
        post = world.posts["handler_second"]
        change_staff(staff=post.staff, name=" 未更名 ", name_before=post.staff.name, actor=sysadmin, at=at)
        change_post(
            post=post,
            title="四级高级检察官",
            office_phone="0000-1234567",
            title_before=post.title,
            phone_before=post.office_phone,
            actor=sysadmin,
            at=at,
        )
        post.refresh_from_db()
        assert (post.staff.name, post.title, post.office_phone) == ("未更名", "四级高级检察官", "0000-1234567")

    def test_are_not_left_out(self, world, sysadmin, at):
        with pytest.raises(NameMissing):
            change_staff(staff=world.posts["handler_second"].staff, name="  ", name_before="", actor=sysadmin, at=at)

    def test_are_for_the_system_administrator(self, world, secadmin, at):
        for actor in (secadmin, world.act("office_head")):
            with pytest.raises(NotAllowed):
                change_staff(staff=world.posts["chief"].staff, name="别人", name_before="", actor=actor, at=at)

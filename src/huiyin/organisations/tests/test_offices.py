"""The tree of offices and their departments."""

from __future__ import annotations

import pytest

from huiyin.audit.actors import SYSTEM
from huiyin.organisations.operations import enter_department, enter_office
from huiyin.organisations.operations.offices import OfficeUnfit
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

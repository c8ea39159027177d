"""The offices of a whole province, with departments, posts and deputies; a few offices have most of the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from huiyin.bench.casework.texts import Letters
from huiyin.demo.offices import SINCE, Offices
from huiyin.organisations.models import Department, Post, Procuratorate, Staff
from huiyin.organisations.rules import Level, Role
from huiyin.people.models import Person

CITIES = 18
COUNTIES = 11  # a city
DEPUTIES = 60  # an office
SLOPE = 0.7  # how unevenly work lies, as a power of an office's place in the order (Zipf)
HANDLERS = 20  # a department of the first office has
OF_A_DEPARTMENT = ("第一检察部", "第二检察部", "第三检察部")


@dataclass
class Place:
    """One office as the matters need it: ids alone."""

    office: int
    city: int | None
    province: int | None
    prefix: str
    officer: int = 0
    chief: int = 0
    deputy_chief: int = 0
    departments: list[tuple[int, int, list[int]]] = field(default_factory=list)  # department, head, handlers
    people: list[tuple[int, str]] = field(default_factory=list)


def build_province(offices: Offices) -> tuple[list[Place], list[float]]:
    """Every office, the demonstration's city first, and how much of the work each has."""
    letters = Letters(1)
    _more_handlers(offices.city)
    places = [offices.city, offices.other, offices.county]
    for number in range(CITIES):
        city = _office(f"9902{number:02}", f"第{number + 1}试验市", Level.CITY, offices.province, None)
        places.append(city)
        places += [
            _office(f"99{number + 30:02}{at:02}", f"第{number + 1}试验市第{at + 1}县", Level.COUNTY, city, city)
            for at in range(COUNTIES)
        ]
    for office in places[1:]:
        _staffed(office)
    _persons(places, letters)
    return [_place(office) for office in places], [1 / (at + 1) ** SLOPE for at in range(len(places))]


def _office(code: str, name: str, level: Level, parent: Procuratorate, city: Procuratorate | None) -> Procuratorate:
    return Procuratorate.objects.create(
        code=code, name=f"{name}人民检察院", short_name=f"{name}院", document_prefix=f"试检{code[2:]}", division=code,
        level=level, parent=parent, city=city, province=parent.province or parent,
    )  # fmt: skip


def _more_handlers(city: Procuratorate) -> None:
    own = Department.objects.filter(procuratorate=city, name__startswith="第")
    _appoint(city, [(Role.HANDLER, department) for department in own for _ in range(HANDLERS)])


def _staffed(office: Procuratorate) -> None:
    """Who works in an office that the demonstration left empty, or nearly so."""
    wanted = [Department(procuratorate=office, name=f"{name}（试验）", short_name=name) for name in OF_A_DEPARTMENT]
    departments = Department.objects.bulk_create(wanted)
    wanted_posts: list[tuple[Role, Department | None]] = [
        (Role.LIAISON_OFFICE, None), (Role.CHIEF, None), (Role.DEPUTY_CHIEF, None),
    ]  # fmt: skip
    for department in departments:
        wanted_posts += [(Role.DEPARTMENT_HEAD, department), (Role.HANDLER, department), (Role.HANDLER, department)]
    _appoint(office, wanted_posts)


def _appoint(office: Procuratorate, wanted: list[tuple[Role, Department | None]]) -> None:
    begun = Staff.objects.count()
    people = [Staff(username=f"bench{begun + at}", name=f"试验{begun + at}") for at in range(len(wanted))]
    Staff.objects.bulk_create(people)
    Post.objects.bulk_create(
        Post(staff=staff, procuratorate=office, department=department, role=role, from_on=SINCE)
        for staff, (role, department) in zip(people, wanted, strict=True)
    )


def _persons(places: list[Procuratorate], letters: Letters) -> None:
    Person.objects.bulk_create(
        Person(public_id=f"bench{office.pk}-{at}", procuratorate=office, name=letters.name())
        for office in places
        for at in range(DEPUTIES)
    )


def _place(office: Procuratorate) -> Place:
    posts = list(Post.objects.held_on(date.max).filter(procuratorate=office).order_by("id"))
    found = Place(office.pk, office.city_id, office.province_id, office.document_prefix)
    for post in posts:
        match post.role_enum:
            case Role.LIAISON_OFFICE:
                found.officer = post.pk
            case Role.CHIEF:
                found.chief = post.pk
            case Role.DEPUTY_CHIEF:
                found.deputy_chief = post.pk
            case Role.DEPARTMENT_HEAD if post.department_id:
                mine = [
                    each.pk for each in posts if each.role == Role.HANDLER and each.department_id == post.department_id
                ]
                found.departments.append((post.department_id, post.pk, mine))
            case _:
                pass
    found.people = list(Person.objects.filter(procuratorate=office).values_list("pk", "name"))
    return found

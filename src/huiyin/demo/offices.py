"""The invented offices of 示例省 and who works there; names are words, numbers cannot be dialled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from huiyin.organisations.actors import PostActor, acting
from huiyin.organisations.models import AdminSeat, Charge, CongressBody, Department, Post, Procuratorate, Staff
from huiyin.organisations.rules import SEAT_LABELS, Level, Role, Seat

SINCE = date(2021, 1, 1)
DEMO_PASSWORD = "huiyin-demo-2026"  # noqa: S105  # printed at every start of the demonstration


@dataclass
class Offices:
    """The invented offices and who works there; `offices.act("officer_wang")` is that post as actor."""

    province: Procuratorate
    city: Procuratorate
    county: Procuratorate
    other: Procuratorate
    departments: dict[str, Department] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    seats: dict[str, AdminSeat] = field(default_factory=dict)
    bodies: dict[str, CongressBody] = field(default_factory=dict)

    def act(self, name: str) -> PostActor:
        return acting(self.posts[name])


def build_offices() -> Offices:
    """示例省人民检察院 above 样本市人民检察院 above 演示县人民检察院; 沙盒区人民检察院 beside it."""
    province = _office("990000", "示例省人民检察院", "示例省院", "示检", Level.PROVINCE, None)
    city = _office("990100", "样本市人民检察院", "样本市院", "样检", Level.CITY, province)
    county = _office("990121", "演示县人民检察院", "演示县院", "演检", Level.COUNTY, city)
    other = _office("990102", "沙盒区人民检察院", "沙盒区院", "沙检", Level.COUNTY, city)
    offices = Offices(province, city, county, other)
    for position, (key, name, short) in enumerate(_DEPARTMENTS):
        offices.departments[key] = Department.objects.create(
            procuratorate=city, name=name, short_name=short, position=position
        )
    offices.departments["other"] = Department.objects.create(procuratorate=other, name="第一检察部", short_name="一部")
    for key, name, role, department, title in _POSTS:
        offices.posts[key] = _post(key, name, role, city, offices.departments.get(department), title)
    offices.posts["officer_li"] = _post("officer_li", "李旁院", Role.LIAISON_OFFICE, other, None, "联络办公室干警")
    offices.posts["handler_other"] = _post(
        "handler_other", "尤旁院", Role.HANDLER, other, offices.departments["other"], "检察官"
    )
    offices.posts["officer_province"] = _post("officer_province", "高省院", Role.LIAISON_OFFICE, province, None, "")
    for key in ("first", "second", "third"):
        Charge.objects.create(post=offices.posts["deputy_chief"], department=offices.departments[key], from_on=SINCE)
    for seat in Seat:
        offices.seats[seat.value] = AdminSeat.objects.create(
            staff=_staff(seat.value, SEAT_LABELS[seat]), role=seat, from_on=SINCE
        )
    for key, kind, name in _BODIES:
        offices.bodies[key] = CongressBody.objects.create(
            procuratorate=city,
            kind=kind,
            name=name,
            contact_name="卜联系",
            contact_phone="10000009001",
            entered_on=SINCE,
        )
    return offices


def account_names() -> list[str]:
    """The login of everybody of the demonstration who has one."""
    beyond = ["officer_li", "handler_other", "officer_province"]
    return [key for key, *_ in _POSTS] + beyond + [seat.value for seat in Seat]


_DEPARTMENTS = [
    ("office", "办公室", "办公室"),
    ("first", "第一检察部（普通刑事检察）", "一部"),
    ("second", "第二检察部（未成年人检察）", "未检部"),
    ("third", "第三检察部（公益诉讼检察）", "公益诉讼部"),
    ("cases", "案件管理办公室", "案管办"),
]
_POSTS = [
    ("officer_wang", "王联络", Role.LIAISON_OFFICE, "office", "联络办公室干警"),
    ("office_head", "何主任", Role.OFFICE_HEAD, "office", "办公室主任"),
    ("chief", "程检", Role.CHIEF, "", "检察长"),
    ("deputy_chief", "傅检", Role.DEPUTY_CHIEF, "", "副检察长"),
    ("head_first", "易部长", Role.DEPARTMENT_HEAD, "first", "第一检察部主任"),
    ("head_second", "魏部长", Role.DEPARTMENT_HEAD, "second", "第二检察部主任"),
    ("head_third", "龚部长", Role.DEPARTMENT_HEAD, "third", "第三检察部主任"),
    ("handler_first", "伊承办", Role.HANDLER, "first", "检察官"),
    ("handler_second", "韦承办", Role.HANDLER, "second", "检察官"),
    ("handler_third", "巩承办", Role.HANDLER, "third", "检察官"),
    ("registry", "文机要", Role.REGISTRY, "office", "机要文书"),
    ("secrecy_reviewer", "宓保密", Role.SECRECY_REVIEWER, "office", "保密专员"),
    ("liaison_officer", "连络员", Role.LIAISON_OFFICER, "second", "联络员"),
    ("inspector", "钟督察", Role.INSPECTOR, "", "检务督察"),
    ("case_management", "安案管", Role.CASE_MANAGEMENT, "cases", "案管干警"),
]
_BODIES = [
    ("congress", "congress", "样本市人大常委会代表工作委员会"),
    ("cppcc", "cppcc", "政协样本市委员会提案委员会"),
    ("court", "court", "样本市中级人民法院"),
    ("education", "government", "样本市教育体育局"),
]


def _office(
    division: str, name: str, short: str, prefix: str, level: Level, parent: Procuratorate | None
) -> Procuratorate:
    city = parent if parent is not None and parent.level == Level.CITY else None
    province = parent.province or parent if parent is not None else None
    return Procuratorate.objects.create(
        code=division, name=name, short_name=short, document_prefix=prefix, division=division, level=level,
        parent=parent, city=city, province=province, phone="1000000" + division[-4:],
    )  # fmt: skip


def _staff(username: str, name: str) -> Staff:
    return Staff.objects.create(username=username, name=name, password=_password_hash())


@cache
def _password_hash() -> str:
    return make_password(DEMO_PASSWORD)


def _post(key: str, name: str, role: Role, office: Procuratorate, department: Department | None, title: str) -> Post:
    return Post.objects.create(
        staff=_staff(key, name), procuratorate=office, department=department, role=role, title=title,
        office_phone="10000008000", from_on=SINCE,
    )  # fmt: skip

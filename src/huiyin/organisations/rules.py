"""Roles, levels and their labels."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


LEVEL_LABELS: Final = {Level.PROVINCE: "省级", Level.CITY: "市级", Level.COUNTY: "县级"}


class Role(StrEnum):
    """What a post is for; one person may hold several posts."""

    HANDLER = "handler"
    DEPARTMENT_HEAD = "department_head"
    DEPUTY_CHIEF = "deputy_chief"
    CHIEF = "chief"
    OFFICE_HEAD = "office_head"
    LIAISON_OFFICER = "liaison_officer"
    LIAISON_OFFICE = "liaison_office"
    PETITION_OFFICER = "petition_officer"
    CASE_MANAGEMENT = "case_management"
    DISCLOSURE_OFFICER = "disclosure_officer"
    SECRECY_REVIEWER = "secrecy_reviewer"
    REGISTRY = "registry"
    PUBLICITY = "publicity"
    RECEPTION = "reception"
    INTEGRITY = "integrity"
    INSPECTOR = "inspector"


ROLE_LABELS: Final = {
    Role.HANDLER: "承办人",
    Role.DEPARTMENT_HEAD: "部门负责人",
    Role.DEPUTY_CHIEF: "分管副检察长",
    Role.CHIEF: "检察长",
    Role.OFFICE_HEAD: "办公室负责人",
    Role.LIAISON_OFFICER: "代表联络员",
    Role.LIAISON_OFFICE: "代表委员联络办公室",
    Role.PETITION_OFFICER: "控申检察人员",
    Role.CASE_MANAGEMENT: "案件管理",
    Role.DISCLOSURE_OFFICER: "检务公开",
    Role.SECRECY_REVIEWER: "保密审查",
    Role.REGISTRY: "文书机要",
    Role.PUBLICITY: "宣传",
    Role.RECEPTION: "接待窗口",
    Role.INTEGRITY: "检务督察（廉政）",
    Role.INSPECTOR: "检务督察",
}


class Seat(StrEnum):
    """The three administrators, none of whom sees business data (GB/T 22239-2019)."""

    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITADMIN = "auditadmin"


SEAT_LABELS: Final = {Seat.SYSADMIN: "系统管理员", Seat.SECADMIN: "安全管理员", Seat.AUDITADMIN: "审计管理员"}


class BodyKind(StrEnum):
    CONGRESS = "congress"
    CPPCC = "cppcc"
    COURT = "court"
    GOVERNMENT = "government"
    PROCURATORATE = "procuratorate"
    OTHER = "other"


BODY_KIND_LABELS: Final = {
    BodyKind.CONGRESS: "人大机构",
    BodyKind.CPPCC: "政协机构",
    BodyKind.COURT: "法院",
    BodyKind.GOVERNMENT: "政府部门",
    BodyKind.PROCURATORATE: "检察院",
    BodyKind.OTHER: "其他单位",
}

ASSIGNERS: Final = (BodyKind.CONGRESS, BodyKind.CPPCC)
HANDLING_BODIES: Final = tuple(kind for kind in BodyKind if kind not in ASSIGNERS)  # who may take part in handling
"""Who assigns suggestions and proposals (交办机关); the other kinds take part in handling."""

# Lower case only: SQLite and PostgreSQL compare letters alike, and nobody gets round a lock by writing Officer_Wang.
USERNAME: Final = re.compile(r"[a-z][a-z0-9._-]{1,39}")
NEEDS_DEPARTMENT: Final = frozenset({Role.HANDLER, Role.DEPARTMENT_HEAD})


def overlap(from_on: date, until_on: date | None, other_from: date, other_until: date | None) -> bool:
    """Whether two periods share a day; from inclusive, until exclusive, None = open."""
    return (other_until is None or from_on < other_until) and (until_on is None or other_from < until_on)


_PHONE: Final = re.compile(r"\+?[0-9(][0-9 ()-]*(?:(?:转|分机|x) ?[0-9]{1,6})?")
_PHONE_DIGITS: Final = range(5, 25)  # 12309 to a number abroad with its extension


def read_phone(text: str) -> str:
    """An office phone as typed: digits, spaces, hyphens, brackets, an extension (转801). "" when it is none."""
    phone = " ".join(unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-").split())
    digits = sum(character.isdecimal() for character in phone)
    return phone if _PHONE.fullmatch(phone) and digits in _PHONE_DIGITS else ""

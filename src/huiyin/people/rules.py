"""Kinds of mandate and channels with their labels; names, and when two of one name are two."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from huiyin.kernel.numerals import chinese_ordinal
from huiyin.kernel.text import normalise
from huiyin.people.ethnicities import ETHNICITIES as ETHNICITIES


class MandateKind(StrEnum):
    DEPUTY = "deputy"
    CPPCC_MEMBER = "cppcc_member"
    PEOPLES_SUPERVISOR = "peoples_supervisor"
    HEARING_OFFICER = "hearing_officer"
    VOLUNTEER = "volunteer"
    COMPLIANCE_EXPERT = "compliance_expert"
    SPECIAL_PROCURATOR = "special_procurator"
    LAWYER = "lawyer"
    THEME_GUEST = "theme_guest"


MANDATE_LABELS: Final = {
    MandateKind.DEPUTY: "人大代表",
    MandateKind.CPPCC_MEMBER: "政协委员",
    MandateKind.PEOPLES_SUPERVISOR: "人民监督员",
    MandateKind.HEARING_OFFICER: "听证员",
    MandateKind.VOLUNTEER: "志愿者",
    MandateKind.COMPLIANCE_EXPERT: "企业合规专业人员",
    MandateKind.SPECIAL_PROCURATOR: "特约检察员",
    MandateKind.LAWYER: "律师",
    MandateKind.THEME_GUEST: "主题嘉宾",
}


class CongressLevel(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


CONGRESS_LEVEL_LABELS: Final = {
    CongressLevel.NATIONAL: "全国",
    CongressLevel.PROVINCE: "省级",
    CongressLevel.CITY: "市级",
    CongressLevel.COUNTY: "县级",
    CongressLevel.TOWNSHIP: "乡镇级",
}


class Channel(StrEnum):
    """How somebody is reached, also the channels of messages."""

    MOBILE = "mobile"
    IN_SITE = "in_site"
    EMAIL = "email"
    POST = "post"


CHANNEL_LABELS: Final = {
    Channel.MOBILE: "手机",
    Channel.IN_SITE: "站内",
    Channel.EMAIL: "电子邮件",
    Channel.POST: "通信地址",
}


TERM_KINDS: Final = frozenset({MandateKind.DEPUTY, MandateKind.CPPCC_MEMBER})  # held in a numbered term
GROUP_LABELS: Final = {MandateKind.DEPUTY: "代表团", MandateKind.CPPCC_MEMBER: "界别"}
SEX_LABELS: Final = {"0": "未填", "1": "男", "2": "女"}  # GB/T 2261.1
_HAN: Final = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_GAP: Final = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_DOTS: Final = str.maketrans(dict.fromkeys("•‧∙⋅・", "\u00b7"))


def clean_name(name: str) -> str:
    """A person's name as the register keeps it: 张　三 becomes 张三, every middle dot U+00B7."""
    return _GAP.sub("", normalise(name).translate(_DOTS))


def standing(kind: str, level: str, term: int | None) -> str:
    """A mandate in words: 市级第十六届人大代表."""
    where = CONGRESS_LEVEL_LABELS[CongressLevel(level)] if level else ""
    held = f"第{chinese_ordinal(term)}届" if term else ""
    return where + held + MANDATE_LABELS[MandateKind(kind)]


def told_apart(number: str, birth_year: int | None, other_number: str, other_birth_year: int | None) -> bool:
    """Whether two persons of one name with the same mandate are surely two: by 证号 where both have one, else by
    the year of birth where both are known."""
    if number and other_number:
        return number != other_number
    return bool(birth_year and other_birth_year and birth_year != other_birth_year)

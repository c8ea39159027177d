"""Kinds of mandate and channels, with their labels."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


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

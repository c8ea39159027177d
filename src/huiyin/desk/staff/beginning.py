"""What a new house still lacks before its office can begin, one thing after the other, for the system administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from huiyin.organisations.models import Charge, Department, Post, Procuratorate
from huiyin.organisations.rules import Role


@dataclass(frozen=True)
class Step:
    """One thing to do; url: where, when that is one page."""

    text: str
    done: bool
    url: str = ""


def steps(on: date) -> list[Step]:
    """The steps in their order; empty when all are done."""
    held = Post.objects.held_on(on)
    roles = set(held.values_list("role", flat=True))
    wanted = {
        "联络办公室": {Role.LIAISON_OFFICE}, "办公室负责人": {Role.OFFICE_HEAD},
        "检察长": {Role.CHIEF}, "分管副检察长": {Role.DEPUTY_CHIEF}, "部门负责人": {Role.DEPARTMENT_HEAD},
        "承办人": {Role.HANDLER}, "机要文书": {Role.REGISTRY}, "保密审查": {Role.SECRECY_REVIEWER},
    }  # fmt: skip
    missing = [name for name, any_of in wanted.items() if not roles & {role.value for role in any_of}]
    text = f"录入人员并任用岗位：还缺{'、'.join(missing)}" if missing else "录入人员并任用岗位"
    found = [
        Step("录入检察院，填好机关代字", Procuratorate.objects.exists(), reverse("desk:staff:enter_office")),
        Step("录入部门和简称", Department.objects.exists(), reverse("desk:staff:enter_department")),
        Step(text, not missing, reverse("desk:staff:enter")),
        Step("在副检察长的页面点【分管】，勾上部门", Charge.objects.exclude(until_on__lte=on).exists()),
    ]
    return [] if all(step.done for step in found) else found

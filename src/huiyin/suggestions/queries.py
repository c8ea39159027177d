"""Reads of suggestions, 拟办 sheets and case inquiries beyond one filter."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.approvals.models import ApprovalStep
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import CaseInquiry, Proposal


def proposals_open_to(post: Post) -> QuerySet[Proposal]:
    """拟办 sheets a post may read: the office all of its own, a leader those that come to him."""
    own = Proposal.objects.filter(procuratorate_id=post.procuratorate_id)
    if post.role_enum in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF}:
        return own
    if post.role_enum is not Role.DEPUTY_CHIEF:
        return own.none()
    signing = ApprovalStep.objects.filter(post=post, approval=OuterRef("approval"))
    substituting = ApprovalStep.objects.filter(post__substitutions__substitute=post, approval=OuterRef("approval"))
    return own.filter(Q(rows__leader=post) | Exists(signing) | Exists(substituting)).distinct()


def inquiries_open_to(post: Post) -> QuerySet[CaseInquiry]:
    """Case inquiries a post may read. Case handlers never: they must not learn who asked (practice 19)."""
    own = CaseInquiry.objects.filter(matter__procuratorate_id=post.procuratorate_id)
    role = post.role_enum
    if role in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF}:
        return own
    if role is Role.DEPUTY_CHIEF:
        return own.filter(matter__leader=post)
    if role is Role.LIAISON_OFFICER:
        return own.filter(matter__registered_by=post)
    if role is Role.INSPECTOR:
        return own.exclude(answered_on=None)
    return own.none()

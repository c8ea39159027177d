"""Reads of suggestions, 拟办 sheets and case inquiries beyond one filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from huiyin.approvals.models import ApprovalStep, Circulation
from huiyin.approvals.queries import stands_in_for
from huiyin.approvals.rules import StepStatus
from huiyin.files.models import StoredFile
from huiyin.matters.kinds import on_the_register
from huiyin.matters.models import Matter, Participant
from huiyin.matters.models.matter import steps_of
from huiyin.matters.rules import Status
from huiyin.organisations.models import Department, Post, Procuratorate
from huiyin.organisations.rules import Role
from huiyin.regulations.books import Stack
from huiyin.suggestions.models import (
    RUNNING,
    CaseInquiry,
    CongressReport,
    CongressState,
    LeadershipStudy,
    NotOurs,
    Proposal,
    ProposalRow,
    Suggestion,
    Withdrawal,
    WithdrawalPaper,
)
from huiyin.suggestions.rules import ProposalStatus
from huiyin.suggestions.withdrawing import UNDER_WAY

LIVE: Final = (ProposalStatus.DRAFT, ProposalStatus.SIGNING)
"""Sheets that hold their matters."""


def proposals_open_to(post: Post) -> QuerySet[Proposal]:
    """拟办 sheets a post may read: the office all of its own, a leader those that come to him to sign or to read."""
    own = Proposal.objects.filter(procuratorate_id=post.procuratorate_id)
    if post.role_enum in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF}:
        return own
    if post.role_enum is not Role.DEPUTY_CHIEF:
        return own.none()
    signing = steps_of(post).filter(approval=OuterRef("approval"))
    reading = Circulation.objects.filter(post=post, approval=OuterRef("approval"))
    return own.filter(Q(rows__leader=post) | Exists(signing) | Exists(reading)).distinct()


def with_list_facts(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Sheets with row_count, first_number and first_title, and in approval.waiting the steps that are open."""
    rows = ProposalRow.objects.filter(proposal=OuterRef("pk"))
    counted = rows.order_by().values("proposal").annotate(count=Count("pk")).values("count")
    first = rows.order_by("position")
    waiting = ApprovalStep.objects.filter(status=StepStatus.OPEN).select_related("post__staff")
    return (
        proposals.select_related("drafted_by__staff", "approval")
        .annotate(
            row_count=Subquery(counted),
            first_number=Subquery(first.values("matter__external_number")[:1]),
            first_title=Subquery(first.values("matter__title")[:1]),
        )
        .prefetch_related(Prefetch("approval__steps", queryset=waiting, to_attr="waiting"))
    )


def matters_to_propose(post: Post) -> QuerySet[Matter]:
    """Registered matters of the office that stand on no sheet yet, in the order of their day."""
    live = ProposalRow.objects.filter(matter=OuterRef("pk"), proposal__status__in=LIVE)
    waiting = Matter.objects.open_to(post).filter(status=Status.REGISTERED, kind__in=on_the_register())
    leaving = NotOurs.objects.filter(matter=OuterRef("pk"), state__in=RUNNING)
    return waiting.exclude(Exists(live)).exclude(Exists(leaving)).order_by("next_due_on", "external_number", "id")


def by_category(stack: Stack, departments: Iterable[Department], on: date) -> dict[str, Department]:
    """归类承办 (S3-26): the department each category of the books proposes, by the category's title; those that
    propose none are left out."""
    named = {each.name: each for each in departments}
    found = {each.title: each.proposed(named) for each in stack.categories(on)}
    return {title: named[name] for title, name in found.items() if name is not None}


def proposed_department(matter: Matter, *, by_category: dict[str, Department]) -> Department | None:
    """Who is proposed for a matter: as said when it was classified, otherwise by its category."""
    return matter.suggestion.proposed_department or by_category.get(matter.category)


def returns_open_to(post: Post, *, on: date) -> QuerySet[NotOurs]:
    """Suggestions on their way back that a post may read: the office all of its own, a leader those he is asked."""
    own = NotOurs.objects.filter(matter__procuratorate_id=post.procuratorate_id)
    if post.role_enum in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF}:
        return own
    if post.role_enum is Role.DEPUTY_CHIEF:
        return own.filter(leader__in=stands_in_for(post, on))
    return own.none()


def congress_open_to(post: Post) -> QuerySet[CongressReport]:
    """Reports to the standing committee a post may read: the office all but what was dropped, leaders and signers what
    came to them or was signed, the registry what is signed."""
    own = CongressReport.objects.filter(procuratorate_id=post.procuratorate_id)
    if post.role_enum in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD}:
        return own.exclude(state=CongressState.DROPPED)
    signed = Q(state__in=[CongressState.SIGNED, CongressState.NUMBERED, CongressState.HEARD])
    if post.role_enum is Role.REGISTRY:
        return own.filter(signed)
    came = Q(Exists(steps_of(post).filter(approval=OuterRef("approval")).exclude(status=StepStatus.WAITING)))
    if post.role_enum in {Role.CHIEF, Role.DEPUTY_CHIEF}:
        return own.filter(signed | came)
    return own.filter(came) if post.role_enum is Role.SECRECY_REVIEWER else own.none()


def with_sheets(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with the rows of live sheets they stand on, in `on_sheets`: for another sheet they are not free."""
    live = ProposalRow.objects.filter(proposal__status__in=LIVE).select_related("proposal")
    return matters.prefetch_related(Prefetch("proposal_rows", queryset=live, to_attr="on_sheets"))


def sheet_of(matter: Matter) -> Proposal | None:
    """The live sheet a matter stands on; read ahead by `with_sheets`, otherwise asked for."""
    rows = getattr(matter, "on_sheets", None)
    if rows is None:
        rows = matter.proposal_rows.filter(proposal__status__in=LIVE).select_related("proposal")[:1]
    return next((row.proposal for row in rows), None)


def sees_scan(post: Post, file: StoredFile) -> bool:
    """Whether a file is the scan of a signature on a sheet, or on a report to the committee, the post may read."""
    if proposals_open_to(post).filter(approval__decisions__scan=file).exists():
        return True
    return congress_open_to(post).filter(approval__decisions__scan=file).exists()


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


def sees_inquiry_file(post: Post, file: StoredFile) -> bool:
    """Whether a file belongs to a case inquiry the post may read: sealed matters are asked of their own kind."""
    return inquiries_open_to(post).filter(matter__attachments__file=file).exists()


def studies_open_to(post: Post) -> QuerySet[LeadershipStudy]:
    """Meetings of the leadership on suggestions that a post may read: its own office's, for office and leaders."""
    own = LeadershipStudy.objects.filter(procuratorate_id=post.procuratorate_id)
    is_reader = post.role_enum in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF, Role.DEPUTY_CHIEF}
    return own if is_reader else own.none()


def sees_minutes(post: Post, file: StoredFile) -> bool:
    """Whether a file is the minutes of a meeting the post may read."""
    return studies_open_to(post).filter(minutes=file).exists()


@dataclass(frozen=True)
class Missing:
    """Who has not taken the suggestion back in writing: those listed, and how many signed it unlisted."""

    listed: tuple[Participant, ...]
    unlisted: int

    @property
    def count(self) -> int:
        return len(self.listed) + self.unlisted

    @property
    def words(self) -> str:
        """张示例、李样本和没有列名的2人."""
        names = "、".join(each.name for each in self.listed)
        more = f"没有列名的{self.unlisted}人" if self.unlisted else ""
        return "和".join(filter(None, [names, more]))


def still_to_withdraw(withdrawal: Withdrawal) -> Missing:
    """Which signers' papers a withdrawal still waits for."""
    papers, signers = list(withdrawal.papers.all()), to_withdraw(withdrawal.matter)
    given = {paper.participant_id for paper in papers}
    unlisted = signers.unlisted - sum(paper.participant_id is None for paper in papers)
    return Missing(tuple(each for each in signers.listed if each.pk not in given), max(unlisted, 0))


def to_withdraw(matter: Matter) -> Missing:
    """Everybody who brought it: all of them, in writing, or nobody took it back."""
    signers = tuple(matter.participants.exclude(role="inquirer").order_by("position"))
    count = Suggestion.objects.get(pk=matter.pk).signer_count
    return Missing(signers, max(count - len(signers), 0))


@dataclass(frozen=True)
class ToEnd:
    """An attempt under way. is_whole: every signer's paper is in."""

    matter_id: int
    state: str
    is_whole: bool


def withdrawals_to_do(post: Post) -> list[ToEnd]:
    """The attempts under way in the post's office, the oldest first, in one query."""
    own = Withdrawal.objects.filter(matter__procuratorate=post.procuratorate_id, state__in=UNDER_WAY)
    signers = Count("matter__participants", filter=~Q(matter__participants__role="inquirer"), distinct=True)
    counted = own.annotate(papers_in=Count("papers", distinct=True), named=signers).order_by("id")
    rows = counted.values_list("matter_id", "state", "papers_in", "named", "matter__suggestion__signer_count")[:100]
    return [ToEnd(key, state, papers >= max(named, count)) for key, state, papers, named, count in rows]


def withdrawal_under_way(matter: Matter) -> Withdrawal | None:
    """The attempt to take it back that is not ended yet."""
    return matter.withdrawals.filter(state__in=UNDER_WAY).select_related("matter__procuratorate").first()


def sees_withdrawal(post: Post, file: StoredFile) -> bool:
    """Whether a file is a written withdrawal of a suggestion the post may open."""
    keys = WithdrawalPaper.objects.filter(scan=file).values("withdrawal__matter")
    return Matter.objects.open_to(post).filter(pk__in=keys).exists()


def last_session(office: Procuratorate, *, kind: str) -> dict[str, Any]:
    """Term, session and assigner of what the office registered last: the next one is usually of the same."""
    own = Suggestion.objects.filter(matter__procuratorate=office, matter__kind=kind).order_by("-matter_id")
    last = own.values("term", "session", "body").first()
    return {"term": last["term"], "session": last["session"], "assigner": last["body"]} if last else {}

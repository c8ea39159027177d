"""One suggestion's road, driven through the same operations as a day at the desk, at moments of our choosing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.demo.offices import Offices
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.operations.undertakings import Part, sign_for
from huiyin.matters.rules import HandlerRole, ProblemClass, UndertakingStatus, Urgency
from huiyin.organisations.actors import acting
from huiyin.organisations.models import Post
from huiyin.suggestions.facts import SuggestionFacts
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.operations.classify import classify
from huiyin.suggestions.operations.decide_proposal import decide_proposal
from huiyin.suggestions.operations.propose import draft_proposal, fill_proposal, send_proposal
from huiyin.suggestions.operations.register import register_suggestion
from huiyin.suggestions.sheets import RowPlan, digest_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
_NAMES = uuid.UUID("8f0b6d4a-2d1e-4b0c-9a55-0d0f5a2c7e11")


def at_ten(day: date, minute: int = 0) -> datetime:
    """Ten in the morning of a day, or some minutes past."""
    return datetime.combine(day, time(10, minute), tzinfo=SHANGHAI)


def key_for(*parts: object) -> uuid.UUID:
    """The same request key for the same act, so that loading twice registers once."""
    return uuid.uuid5(_NAMES, ":".join(str(part) for part in parts))


@dataclass
class Road:
    """A matter on its way; each method is one person's act."""

    offices: Offices
    matter: Matter

    @classmethod
    def registered(cls, offices: Offices, facts: SuggestionFacts) -> Road:
        """王联络 registers it on the day it was received."""
        matter = register_suggestion(
            facts=facts,
            request_key=key_for("register", facts.row_key),
            actor=offices.act("officer_wang"),
            at=at_ten(facts.received_on),
        )
        return cls(offices, matter)

    def fresh(self) -> Matter:
        """The matter as it stands now."""
        self.matter.refresh_from_db()
        return self.matter

    def classified(self, day: date, category: str, problem_class: ProblemClass, *, key_reason: str = "") -> Road:
        """王联络 says what it is about; 列为重点 with a reason."""
        matter = self.fresh()
        classify(
            matter=matter, category=category, problem_class=problem_class, is_key=bool(key_reason),
            key_criteria=[], key_reason=key_reason, urgency=Urgency.NORMAL,
            actor=self.offices.act("officer_wang"), version=matter.version, at=at_ten(day, 5),
        )  # fmt: skip
        return self

    def signed_for(self, day: date) -> Road:
        """Every department's head signs for it and names a handler."""
        mine = Undertaking.objects.filter(
            matter=self.matter, status=UndertakingStatus.ASSIGNED, department__isnull=False
        )
        for undertaking in mine.select_related("department"):
            head, handler = _people_of(undertaking)
            sign_for(
                undertaking=undertaking, handler=handler, actor=acting(head), version=undertaking.version,
                at=at_ten(day, 20),
            )  # fmt: skip
        return self


@dataclass(frozen=True)
class Routing:
    """Who shall do what about one road."""

    road: Road
    lead: str  # key of a department
    assisting: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    opinion: str = ""
    due_on: date | None = None  # a department date of the office's own; None: as the book proposes

    def plan(self, offices: Offices) -> RowPlan:
        """As the row of a sheet."""
        alone = not self.assisting and not self.organs
        lead = offices.departments[self.lead]
        parts = [Part(role=HandlerRole.SOLE if alone else HandlerRole.LEAD, department=lead, due_on=self.due_on)]
        parts += [Part(role=HandlerRole.ASSIST, department=offices.departments[key]) for key in self.assisting]
        parts += [Part(role=HandlerRole.ASSIST, organ=offices.bodies[key]) for key in self.organs]
        return RowPlan(
            matter=self.road.fresh(), leader=offices.posts["deputy_chief"], parts=tuple(parts), opinion=self.opinion
        )


def drafted_sheet(offices: Offices, routings: Sequence[Routing], day: date) -> Proposal:
    """王联络 writes one sheet for them all."""
    officer = offices.act("officer_wang")
    matters = [routing.road.fresh() for routing in routings]
    proposal = draft_proposal(
        matters=matters, actor=officer, request_key=key_for("sheet", *(m.number for m in matters)), at=at_ten(day, 8)
    )
    return fill_proposal(
        proposal=proposal, opinion="按业务归口分送承办部门，请院领导批示。",
        plans=[routing.plan(offices) for routing in routings], actor=officer, version=proposal.version,
        at=at_ten(day, 9),
    )  # fmt: skip


def sent_sheet(offices: Offices, routings: Sequence[Routing], day: date) -> Proposal:
    """… and sends it up."""
    proposal = drafted_sheet(offices, routings, day)
    send_proposal(proposal=proposal, actor=offices.act("officer_wang"), version=proposal.version, at=at_ten(day, 10))
    proposal.refresh_from_db()
    return proposal


def sheet_with_leader(offices: Offices, routings: Sequence[Routing], day: date) -> Proposal:
    """… and the office head agrees."""
    proposal = sent_sheet(offices, routings, day)
    _agree(proposal, "拟同意，请领衔院领导批示。", at_ten(day, 11))
    return proposal


def agreed_sheet(offices: Offices, routings: Sequence[Routing], day: date) -> Proposal:
    """… and the leader: every matter on it is assigned."""
    proposal = sheet_with_leader(offices, routings, day)
    _agree(proposal, "同意。请承办部门先与代表见面沟通。", at_ten(day, 12))
    return proposal


def _agree(proposal: Proposal, words: str, at: datetime) -> None:
    for step in open_steps(_approval_of(proposal)):
        _decide_sheet(proposal, step.post, words, at)


def _decide_sheet(proposal: Proposal, post: Post | None, words: str, at: datetime) -> None:
    assert post is not None
    proposal.refresh_from_db()
    approval = _approval_of(proposal)
    step = next(step for step in open_steps(approval) if step.post_id == post.pk)
    decide_proposal(
        proposal=proposal, step=step, verdict=Verdict.AGREE, opinion=words, subject_hash=digest_of(proposal),
        actor=acting(post), version=approval.version, at=at,
    )  # fmt: skip


def _approval_of(proposal: Proposal):  # type: ignore[no-untyped-def]
    assert proposal.approval is not None
    proposal.approval.refresh_from_db()
    return proposal.approval


def _people_of(undertaking: Undertaking) -> tuple[Post, Post]:
    """The department's head, and a handler of it (the head himself where it has none)."""
    posts = {post.role: post for post in Post.objects.filter(department=undertaking.department).order_by("-id")}
    head = posts["department_head"]
    return head, posts.get("handler", head)

"""The road so far, built through operations: `registered(world, at)`, `assigned(world, at)`, `in_hand(world, at)`.

Defaults: 第162001号 of 张示例, assigned 2026-03-02, ours alone, 未检部 under 傅检."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.operations.undertakings import Part, sign_for
from huiyin.matters.rules import HandlerRole
from huiyin.suggestions.facts import Signer, SuggestionFacts
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.operations.decide_proposal import decide_proposal
from huiyin.suggestions.operations.propose import draft_proposal, fill_proposal, send_proposal
from huiyin.suggestions.operations.register import register_suggestion
from huiyin.suggestions.sheets import RowPlan, digest_of
from tests.support.once import kept
from tests.support.world import World

TITLE = "关于加强校园周边电子烟治理的建议"


def facts(world: World, **changes: Any) -> SuggestionFacts:
    """Facts of one suggestion; name what differs."""
    usual: dict[str, Any] = {
        "title": TITLE,
        "body": "校园周边仍有门店向未成年人出售电子烟，建议加强监督。",
        "assigner": world.bodies["congress"],
        "term": 16,
        "session": 2,
        "external_number": "162001",
        "list_number": "样人代〔2026〕8号",
        "assigned_on": date(2026, 3, 2),
        "received_on": date(2026, 3, 3),
        "handler_role": HandlerRole.SOLE,
        "lead": Signer(name="张示例", delegation="第三代表团"),
    }
    return SuggestionFacts(**usual | changes)


@kept
def registered(
    world: World, at: datetime, *, by: str = "officer_wang", key: UUID | None = None, **changes: Any
) -> Matter:
    """A suggestion on the register."""
    return register_suggestion(facts=facts(world, **changes), request_key=key or uuid4(), actor=world.act(by), at=at)


def usual_parts(world: World) -> tuple[Part, ...]:
    """未检部 alone."""
    return (Part(role=HandlerRole.SOLE, department=world.departments["second"]),)


@kept
def drafted(world: World, at: datetime, *matters: Matter, parts: tuple[Part, ...] = ()) -> Proposal:
    """A 拟办 sheet filled in and not yet sent."""
    officer = world.act("officer_wang")
    sheet = draft_proposal(matters=matters or [registered(world, at)], actor=officer, request_key=uuid4(), at=at)
    plans = [
        RowPlan(matter=row.matter, parts=parts or usual_parts(world), opinion="建议由未检部办理。")
        for row in sheet.rows.select_related("matter__procuratorate")
    ]
    return fill_proposal(proposal=sheet, opinion="拟同意。", plans=plans, actor=officer, version=sheet.version, at=at)


@kept
def sent(world: World, at: datetime, *matters: Matter, parts: tuple[Part, ...] = ()) -> Proposal:
    """A sheet waiting for the office head."""
    sheet = drafted(world, at, *matters, parts=parts)
    send_proposal(proposal=sheet, actor=world.act("officer_wang"), version=sheet.version, at=at)
    sheet.refresh_from_db()
    return sheet


@kept
def decided(
    world: World, at: datetime, sheet: Proposal, who: str, verdict: Verdict = Verdict.AGREE, **more: Any
) -> Proposal:
    """One open step of the sheet signed by its post (or whom `step_of` names)."""
    sheet = Proposal.objects.select_related("approval", "procuratorate").get(pk=sheet.pk)
    assert sheet.approval is not None
    step_of = more.pop("step_of", who)
    step = next(step for step in open_steps(sheet.approval) if step.post_id == world.posts[step_of].pk)
    usual = {"opinion": "同意。", "subject_hash": digest_of(sheet), "version": sheet.approval.version}
    return decide_proposal(proposal=sheet, step=step, verdict=verdict, actor=world.act(who), at=at, **usual | more)


@kept
def assigned(world: World, at: datetime, *matters: Matter, parts: tuple[Part, ...] = ()) -> Matter:
    """A matter whose routing the leader has agreed to; the first, when several are given."""
    sheet = sent(world, at, *matters, parts=parts)
    decided(world, at, sheet, "office_head")
    decided(world, at + timedelta(minutes=5), sheet, "deputy_chief")
    first = sheet.rows.order_by("position").first()
    assert first is not None
    return Matter.objects.select_related("procuratorate", "leader").get(pk=first.matter_id)


def part_of(matter: Matter, world: World, department: str = "second") -> Undertaking:
    """The running undertaking of a department."""
    own = matter.undertakings.exclude(status="moved").select_related(
        "matter__procuratorate", "matter__leader", "department"
    )
    return own.get(department=world.departments[department])


@kept
def in_hand(world: World, at: datetime, *matters: Matter, parts: tuple[Part, ...] = ()) -> Matter:
    """A matter signed for by every department named, 韦承办 handling in 未检部 and 伊承办 in 一部."""
    matter = assigned(world, at, *matters, parts=parts)
    handlers = {"second": "handler_second", "first": "handler_first", "third": "head_third"}
    for key in ("first", "second", "third"):
        if matter.undertakings.filter(department=world.departments[key]).exists():
            part = part_of(matter, world, key)
            sign_for(
                undertaking=part, handler=world.posts[handlers[key]], actor=world.act(f"head_{key}"),
                version=part.version, at=at + timedelta(minutes=10),
            )  # fmt: skip
    matter.refresh_from_db()
    return matter

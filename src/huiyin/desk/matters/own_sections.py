"""The sections of a matter's page that belong to the first half of its road."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse

from huiyin.desk.due import chip, face
from huiyin.desk.matters.relating import build_relations, relation_acts
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.desk.matters.timeline import timeline
from huiyin.matters.kinds import kind_of
from huiyin.matters.limit_codes import LAPSING
from huiyin.matters.models import Attachment, Deadline, Undertaking
from huiyin.matters.permissions import DEPARTMENT
from huiyin.matters.queries import undertakings_open_to
from huiyin.matters.rules import HandlerRole, Status, UndertakingStatus
from huiyin.matters.stages import stages_of
from huiyin.matters.steps import steps_of
from huiyin.matters.supervising import supervisions_open_to
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.queries import sheet_of
from huiyin.suggestions.rules import SIDE_LABELS, SIGNED_BY, ProposerKind, Side
from huiyin.web.pages import StaffRequest

FOLDER: Final = "desk/matters/sections/"
FILE_KINDS: Final = {"pdf": "pdf", "doc": "docx", "docx": "docx", "wps": "docx", "xls": "xlsx", "xlsx": "xlsx"}
ANSWERED: Final = frozenset({Status.SIGNED, Status.REPLIED, Status.CLOSED, Status.ARCHIVED})
"""Classified long before: what is signed says what became of it."""
PART_CHIPS: Final = {
    UndertakingStatus.ASSIGNED: "chip-accent",
    UndertakingStatus.ADJUSTING: "chip-note",
    UndertakingStatus.GIVEN: "chip-good",
}


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section(FOLDER + "due.html", build_own_days, 5, column="top")
    add_section(FOLDER + "steps.html", build_steps, 10, column="top")
    add_section(FOLDER + "facts.html", build_facts, 10)
    add_section(FOLDER + "body.html", build_body, 20)
    add_section(FOLDER + "items.html", build_items, 30)
    add_section(FOLDER + "undertakings.html", build_undertakings, 40)
    add_section(FOLDER + "timeline.html", build_timeline, 900)
    add_section(FOLDER + "deadlines.html", build_deadlines, 10, column="side")
    add_section(FOLDER + "stages.html", build_stages, 20, column="side")
    add_section(FOLDER + "people.html", build_people, 30, column="side")
    add_section(FOLDER + "files.html", build_files, 40, column="side")
    add_section(FOLDER + "relations.html", build_relations, 34, column="side")
    add_acts("matters", build_acts)
    add_acts("relations", relation_acts)


def build_acts(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Classify while it is new, and route it."""
    matter = facts.matter
    if matter.is_open and matter.status not in ANSWERED and may(request.actor, "suggestions.classify"):
        yield Act("分类", reverse("desk:matters:classify", args=[matter.pk]), "flag")
    is_leaving = facts.giving_back is not None and facts.giving_back.is_running
    sheet = sheet_of(matter) if matter.status == "registered" and may(request.actor, "suggestions.propose") else None
    if sheet is not None:
        yield Act(f"拟办单{sheet.number}", reverse("desk:proposals:detail", args=[sheet.pk]), "clipboard-text")
    elif matter.status == "registered" and not is_leaving and may(request.actor, "suggestions.propose"):
        yield Act("拟办", reverse("desk:proposals:draft") + f"?matter={matter.pk}", "clipboard-text", primary=True)
    for part in facts.undertakings:
        waits = part.status == UndertakingStatus.ASSIGNED and part.department_id == request.post.department_id
        if waits and part.department_id and may(request.actor, "matters.sign_for", part):
            yield Act("签收", f"/desk/undertakings/{part.pk}/", "check", primary=True)


def build_steps(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The book's steps."""
    steps = steps_of(facts.matter, facts.stack, facts.on)
    may_set = facts.matter.status != "archived" and may(request.actor, "matters.set_steps")
    return {"steps": steps, "may_set": may_set} if steps else None


def build_facts(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """What was said when it came in, and how it was classified; kinds that are not rated say it themselves."""
    if not kind_of(facts.matter).is_rated:
        return None
    matter, suggestion = facts.matter, facts.matter.suggestion
    lead = facts.participants[0] if facts.participants else None
    more = suggestion.signer_count - 1
    pairs = [
        ("收文号", matter.number),
        ("来文号", suggestion.list_number),
        ("交办机关", str(suggestion.body or "")),
        ("届次", suggestion.session_label),
        ("领衔", f"{lead.name}（{lead.delegation}）" if lead and lead.delegation else lead.name if lead else ""),
        ("联名", f"另有{more}人联名" if more > 0 else "" if suggestion.side == Side.PROPOSER else "无"),
        ("提案形式", _brought(suggestion)),
        ("立案情况", suggestion.get_docketing_display() if suggestion.docketing else ""),
        ("我院角色", matter.get_handler_role_display()),
        ("主办单位", suggestion.lead_unit),
        ("会同单位", suggestion.other_units),
        ("交办日", f"{suggestion.assigned_on:%Y-%m-%d}"),
        ("收到日", f"{matter.received_on:%Y-%m-%d}"),
        ("领衔院领导", matter.leader.label if matter.leader else ""),
        ("联络员", matter.liaison_officer.label if matter.liaison_officer else ""),
        ("业务类别", matter.category),
        ("问题分类", matter.get_problem_class_display() if matter.problem_class else ""),
        ("紧急程度", matter.get_urgency_display()),
    ]
    shown = [{"label": label, "text": text} for label, text in pairs if text]
    if matter.is_key:
        shown.append({"label": "重点理由", "text": matter.key_reason, "wide": "yes"})
    correct = reverse("desk:matters:correct", args=[matter.pk])
    may_correct = matter.status != Status.ARCHIVED and may(request.actor, "suggestions.correct")
    return {"pairs": shown, "correct_url": correct if may_correct else ""}


def _brought(suggestion: Suggestion) -> str:
    """Which of the six kinds, and whose name or seal it bears."""
    if not suggestion.proposer_kind:
        return ""
    return f"{suggestion.get_proposer_kind_display()}（{SIGNED_BY[ProposerKind(suggestion.proposer_kind)]}）"


def build_body(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The text of the suggestion."""
    paragraphs = [line.strip() for line in facts.matter.body.splitlines() if line.strip()]
    if not paragraphs and not kind_of(facts.matter).is_rated:
        return None
    noun = {"suggestion": "建议", "proposal": "提案"}.get(facts.matter.kind, "来文")
    return {"paragraphs": paragraphs, "noun": noun}


def build_items(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """What it asks, one by one."""
    items = list(facts.matter.items.select_related("department").order_by("position"))
    may_set = facts.matter.is_open and may(request.actor, "matters.set_items")
    if not items and not (may_set and kind_of(facts.matter).is_rated):
        return None
    return {"items": items, "edit_url": reverse("desk:matters:items", args=[facts.matter.pk]) if may_set else ""}


def build_undertakings(request: StaffRequest, facts: MatterFacts) -> dict[str, Any]:
    """Who does what part, by when."""
    readable = undertakings_open_to(request.post, on=facts.on).filter(matter=facts.matter).values_list("pk", flat=True)
    open_ids = set(readable) if facts.undertakings else set()
    return {"parts": [_part(part, facts, links=part.pk in open_ids) for part in facts.undertakings]}


def _part(part: Undertaking, facts: MatterFacts, *, links: bool) -> dict[str, Any]:
    running = [each for each in facts.deadlines if each.undertaking_id == part.pk and _runs(each)]
    return {
        "part": part,
        "css": PART_CHIPS.get(UndertakingStatus(part.status), ""),
        "handler": part.handler.staff.name if part.handler else "",
        "dates": [
            {"label": each.label, "on": each.due_on, "chip": chip(each, facts.on, facts.working_days)}
            for each in running
        ],
        "url": f"/desk/undertakings/{part.pk}/" if part.department_id and links else "",
    }


def _runs(deadline: Deadline) -> bool:
    return deadline.met_at is None and deadline.dropped_at is None


def build_deadlines(request: StaffRequest, facts: MatterFacts) -> dict[str, Any]:
    """The matter's days, each with why; those of departments beside their department's name."""
    running = [each for each in facts.deadlines if _runs(each)]
    met = [each for each in facts.deadlines if each.met_at is not None]
    return {"running": [_face(each, facts) for each in running], "met": [_face(each, facts) for each in met]}


def build_own_days(request: StaffRequest, facts: MatterFacts) -> dict[str, Any]:
    """The running days that concern the reader, in one line under the heading."""
    mine = [each for each in facts.deadlines if _runs(each) and _concerns(request, each, facts)]
    return {"running": [_face(each, facts) for each in mine]}


def _concerns(request: StaffRequest, deadline: Deadline, facts: MatterFacts) -> bool:
    """As `matters.queries.concerns` filters: another department's date is not the reader's."""
    part = next((each for each in facts.undertakings if each.pk == deadline.undertaking_id), None)
    return part is None or request.post.role_enum not in DEPARTMENT or part.department_id == request.post.department_id


def _face(deadline: Deadline, facts: MatterFacts) -> dict[str, Any]:
    shown = face(deadline, facts.on, facts.working_days)
    if deadline.limit_code in LAPSING and facts.on > deadline.due_on:
        shown |= {"rung": "calm", "words": "已过，由我院办理"}  # a right that lapsed, nothing is late
    part = next((each for each in facts.undertakings if each.pk == deadline.undertaking_id), None)
    if part is not None:
        shown["label"] = f"{deadline.label}（{part.department.short_name if part.department else part.who}）"
    return shown


def build_stages(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The four stages as the deputy sees them; an assisted matter has none of ours."""
    if facts.matter.handler_role == HandlerRole.ASSIST or not kind_of(facts.matter).is_rated:
        return None
    proposer = SIDE_LABELS[Side(facts.matter.suggestion.side)]
    return {"stages": stages_of(facts.matter, acts=facts.acts, letters=facts.letters), "proposer": proposer}


def build_people(request: StaffRequest, facts: MatterFacts) -> dict[str, Any]:
    """Who brought it."""
    return {"people": facts.participants, "unnamed": facts.matter.suggestion.signer_count - len(facts.participants)}


def build_files(request: StaffRequest, facts: MatterFacts) -> dict[str, Any]:
    """The original, enclosures, scans and papers."""
    matter = facts.matter
    own = matter.attachments.select_related("file").order_by("kind", "id")
    may_attach = matter.status != Status.ARCHIVED and may(request.actor, "matters.attach")
    return {
        "files": [_file(each) for each in own],
        "attach_url": reverse("desk:matters:attach", args=[matter.pk]) if may_attach else "",
    }


def _file(attachment: Attachment) -> dict[str, str]:
    file = attachment.file
    kilobytes = max(file.size // 1024, 1)
    note = f" · {attachment.note}" if attachment.note else ""
    return {
        "name": file.name,
        "url": reverse("desk:files:download", args=[file.public_id]),
        "kind": FILE_KINDS.get(file.name.rpartition(".")[2].lower(), "other"),
        "note": f"{attachment.get_kind_display()} · {kilobytes} KB{note}",
    }


def build_timeline(request: StaffRequest, facts: MatterFacts) -> dict[str, Any]:
    """What was done."""
    orders = supervisions_open_to(request.post, on=facts.on).filter(matters=facts.matter)
    return {"acts": timeline(facts.matter, orders.values_list("pk", flat=True))}

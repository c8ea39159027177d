"""The import kind "suggestions.list": the congress office's list of suggestions assigned to us (practice 20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar
from uuid import NAMESPACE_OID, uuid5

from django.db.models import Prefetch

from huiyin.audit.actors import Actor
from huiyin.imports.registry import (
    Context,
    Existing,
    ImportKind,
    Parsed,
    Problem,
    Row,
    Values,
    as_day,
    register,
    show_plainly,
)
from huiyin.imports.rules import ORIGINAL
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Attachment, Matter
from huiyin.matters.operations.attachments import add_attachments
from huiyin.matters.rules import HANDLER_ROLE_LABELS, HandlerRole, Status
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import CongressBody
from huiyin.organisations.rules import BodyKind
from huiyin.regulations.books import ExternalNumber, RuleNotFound
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.facts import NAME_LENGTH, Signer, SuggestionFacts, row_key
from huiyin.suggestions.kind import SUGGESTION
from huiyin.suggestions.list_cells import (
    CellUnreadable,
    digits_of,
    number_note,
    odd_lengths,
    read_count,
    read_kind,
    read_names,
    read_number,
)
from huiyin.suggestions.list_columns import COLUMNS, HEADER
from huiyin.suggestions.list_units import in_one_cell, own_names, read_role, read_units
from huiyin.suggestions.models import Conversion
from huiyin.suggestions.operations.correct import correct_from_list
from huiyin.suggestions.operations.register import register_suggestion
from huiyin.suggestions.queries import last_session
from huiyin.suggestions.rules import SUGGESTION_KIND_LABELS, Docketing, ProposerKind, Side, SuggestionKind, side_of

CODE: Final = "suggestions.list"
TITLE_LENGTH: Final = 300
BODY_LENGTH: Final = 50_000
CONVERTED: Final = Problem(field="", sentence="这件已经转其他途径办理，清单里的标题、内容和原文不再写入。")
SPREAD: Final = frozenset({"units", "lead_units", "assist_units", "part", "cosigners"})
LABELS: Final = {"role": "我院角色", "lead_unit": "主办单位", "other_units": "会同单位"}
NOTES: Final = (
    "交办机关、来文号、交办日、收到日、届、次在上传时填一次，不写在表里。",
    "同一届次同一编号再次导入时，内容相同的自动跳过，不同的列出差异由您确认。",
)
R = TypeVar("R")


def prepare(context: Context) -> None:
    """The assigning organ and our own names, once a list."""
    office = context.procuratorate
    key = str(context.header.get("assigner") or "")
    bodies = CongressBody.objects.filter(procuratorate=office)
    context.memory["assigner"] = bodies.filter(pk=int(key)).first() if key.isdecimal() else None
    context.memory["own"] = own_names(office.name, office.short_name)
    context.memory["numbers"] = _number_rule(context)


def _number_rule(context: Context) -> ExternalNumber | None:
    """How the assigning congress builds its numbers, where the book says so; a CPPCC numbers in its own way."""
    assigner: CongressBody | None = context.memory["assigner"]
    if assigner is not None and assigner.kind == BodyKind.CPPCC:
        return None
    on = context.at.date()
    try:
        return stack_for(context.procuratorate, on=on).external_number(on)
    except RuleNotFound:
        return None


def parse_row(cells: Mapping[str, str], context: Context) -> Parsed:
    """One line of the list as values, every fault named; what a list may leave out is named only where it is said."""
    problems: list[Problem] = []
    read = _Reader(cells, problems)
    beside = context.memory.get("cosigners_label", "附议代表")
    said = read.cell("part", read_role)
    in_cell = cells.get("units") or in_one_cell(cells.get("lead_units", ""), cells.get("assist_units", ""))
    units = read.text_of("units", in_cell, lambda text: read_units(text, context.memory["own"], said=said))
    number = read.cell("number", read_number) or ""
    count = read.cell("cosigner_count", read_count)
    cosigners = list(read_names(cells.get("cosigners", "")))
    names = read_names(cells.get("lead", ""))
    if cells.get("lead") and len(names) != 1:
        problems.append(Problem(field="lead", sentence=f"只写领衔的一位，附议的写在“{beside}”列。"))
    if count is not None and cosigners and count != len(cosigners):
        sentence = f"写的是{count}人，“{beside}”列了{len(cosigners)}人，请核对。"
        problems.append(Problem(field="cosigner_count", sentence=sentence))
    values: Values = {
        "number": number,
        "title": read.text("title", TITLE_LENGTH),
        "lead": read.fitted("lead", names[0] if names else "", NAME_LENGTH),
        "role": units.role.value if units else "",
        "lead_unit": read.fitted("units", units.lead_unit if units else "", 120),
        "other_units": read.fitted("units", "、".join(units.others) if units else "", 300),
    }
    kind = read.cell("kind", read_kind)
    if kind is not None:
        values["kind"] = kind.value
    if cells.get("delegation"):
        values["delegation"] = read.text("delegation", 60)
    if cosigners:
        values["cosigners"] = [read.fitted("cosigners", name, NAME_LENGTH) for name in cosigners]
    if count is not None:
        values["cosigner_count"] = count
    if cells.get("body"):
        values["body"] = read.text("body", BODY_LENGTH)
    assigned_on = read.cell("assigned_on", _read_day)
    if assigned_on is not None:
        values["assigned_on"] = assigned_on.isoformat()
        if assigned_on.isoformat() > str(context.header.get("received_on") or assigned_on.isoformat()):
            problems.append(Problem(field="assigned_on", sentence="晚于整份清单的收到日，请核对。"))
    told = [number_note(cells.get("number", ""), number), _built_otherwise(number, context)] if number else []
    return Parsed(
        values=values, problems=problems, notes=[Problem(field="number", sentence=note) for note in told if note]
    )


def _built_otherwise(number: str, context: Context) -> str:
    """A sentence where the book says how such numbers are built and this one names another session; a note, no fault:
    congresses number as they like."""
    rule: ExternalNumber | None = context.memory.get("numbers")
    read = rule.read(number) if rule is not None else None
    term, session = _number(context.header, "term"), _number(context.header, "session")
    if read is None or session is None or read[:2] == (term, session):
        return ""
    return f"按编号规则是第{read[0]}届第{read[1]}次会议第{read[2]}号，整份清单填的是第{term}届第{session}次，请核对。"


def _read_day(text: str) -> date:
    day = as_day(text)
    if day is None:
        raise CellUnreadable(f"应写日期，如 2026-03-02；这里写的是“{text}”。")
    return day


def review(rows: Sequence[Values]) -> Sequence[Sequence[Problem]]:
    """What only shows beside the other rows: a number that has lost its leading zeros."""
    sentences = odd_lengths([str(values.get("number", "")) for values in rows])
    return [[Problem(field="number", sentence=sentence)] if sentence else [] for sentence in sentences]


class _Reader:
    def __init__(self, cells: Mapping[str, str], problems: list[Problem]) -> None:
        self.cells, self.problems = cells, problems

    def cell(self, name: str, how: Callable[[str], R]) -> R | None:
        return self.text_of(name, self.cells.get(name, ""), how)

    def text_of(self, name: str, text: str, how: Callable[[str], R]) -> R | None:
        if not text:
            return None
        try:
            return how(text)
        except Refusal as refusal:
            self.problems.append(Problem(field=name, sentence=str(refusal)))
            return None

    def text(self, name: str, longest: int) -> str:
        return self.fitted(name, self.cells.get(name, ""), longest)

    def fitted(self, name: str, text: str, longest: int) -> str:
        if len(text) > longest:
            sentence = f"最多{longest}个字，这里有{len(text)}个字。"
            self.problems.append(Problem(field=name, sentence=sentence))
        return text[:longest]


def key_of(values: Values, context: Context) -> str:
    """Body, term, session or 闭会, number; "" while the number is unreadable."""
    if not values["number"]:
        return ""
    header = context.header
    return row_key(
        context.memory["assigner"], _number(header, "term") or 0, _number(header, "session"), values["number"]
    )


def find_existing(keys: Sequence[str], context: Context) -> Mapping[str, Existing]:
    """What the register has under these keys, as far as a corrected list may change it."""
    matters = Matter.objects.filter(procuratorate=context.procuratorate, row_key__in=[key for key in keys if key])
    found = {}
    files = Attachment.objects.filter(kind="original").select_related("file")
    agreed = Prefetch("conversions", Conversion.objects.filter(verdict="agreed"), to_attr="agreed_conversions")
    known = matters.select_related("suggestion").prefetch_related(
        "participants", Prefetch("attachments", files), agreed
    )
    for matter in known:
        facts, people = matter.suggestion, list(matter.participants.all())
        lead = next((each for each in people if not each.position), None)
        cosigners = [each.name for each in people if each.role == "cosigner"]
        values = {
            "title": matter.title,
            "kind": facts.kind,
            "lead": lead.name if lead else "",
            "delegation": lead.delegation if lead else "",
            "cosigners": cosigners,
            "cosigner_count": max(facts.signer_count - 1, len(cosigners)),
            "role": matter.handler_role,
            "lead_unit": facts.lead_unit,
            "other_units": facts.other_units,
            "assigned_on": facts.assigned_on.isoformat(),
            "body": matter.body,
        }
        gone: list[Conversion] = getattr(matter, "agreed_conversions", [])
        if gone:
            del values["title"], values["body"]
        if any(each.whole for each in gone):
            values = {}
        originals = {each.file.sha256: each.file.name for each in matter.attachments.all() if each.kind == "original"}
        found[matter.row_key] = Existing(
            target_key=str(matter.pk),
            values=values,
            originals=None if gone or matter.status == Status.ARCHIVED else originals,
            notes=[CONVERTED] if gone else [],
        )
    return found


def apply(row: Row, context: Context, actor: Actor) -> str:
    """Register a new suggestion, or correct a known one where the row was confirmed; returns the matter's key."""
    assert isinstance(actor, PostActor)
    if row.target_key:
        matter = Matter.objects.select_related("procuratorate", "suggestion").get(pk=row.target_key)
        changes = {name: row.values[name] for name in row.changes if name != ORIGINAL}
        if changes:
            correct_from_list(matter=matter, changes=changes, actor=actor, at=context.at)
        if ORIGINAL in row.changes and row.original is not None:
            add_attachments(
                matter=matter, kind="original", files=[row.original], note="随清单补来",
                request_key=uuid5(NAMESPACE_OID, f"{matter.pk}:{row.original.pk}"), actor=actor, at=context.at,
            )  # fmt: skip
        return row.target_key
    facts = facts_of(row.values, context)
    matter = register_suggestion(
        facts=facts,
        originals=[row.original] if row.original else [],
        channel="congress_list",
        request_key=uuid5(NAMESPACE_OID, f"{context.procuratorate.pk}:{facts.row_key}:{context.at.isoformat()}"),
        actor=actor,
        at=context.at,
    )
    return str(matter.pk)


def facts_of(values: Values, context: Context) -> SuggestionFacts:
    """A row and what is said once per list, as facts to register."""
    header = context.header
    assigner: CongressBody | None = context.memory["assigner"]
    by_cppcc = assigner is not None and assigner.kind == BodyKind.CPPCC
    assigned_on = date.fromisoformat(str(values.get("assigned_on") or header["assigned_on"]))
    brought_by = ProposerKind(values.get("proposer_kind") or ProposerKind.MEMBER) if by_cppcc else None
    return SuggestionFacts(
        title=values["title"],
        body=values.get("body", ""),
        kind=SuggestionKind.PROPOSAL if by_cppcc else SuggestionKind(values.get("kind") or SuggestionKind.SUGGESTION),
        side=side_of(brought_by) if brought_by else Side.DEPUTY,
        proposer_kind=brought_by,
        docketing=Docketing(values.get("docketing") or Docketing.FILED),
        assigner=assigner,
        term=_number(header, "term") or 0,
        session=_number(header, "session"),
        external_number=values["number"],
        list_number=str(header.get("list_number") or "")[:60],
        assigned_on=assigned_on,
        received_on=date.fromisoformat(str(header["received_on"])),
        handler_role=HandlerRole(values["role"]),
        lead_unit=values["lead_unit"],
        other_units=values["other_units"],
        lead=Signer(name=values["lead"], delegation=values.get("delegation", "")),
        cosigners=tuple(Signer(name=name) for name in values.get("cosigners", ())),
        signer_count=1 + int(values.get("cosigner_count", 0)),
    )


def _number(header: Mapping[str, Any], name: str) -> int | None:
    value = header.get(name)
    return None if value is None or value == "" else int(value)


def show(name: str, value: Any) -> str:
    """Roles and kinds by their names in the preview."""
    if name == "kind" and value:
        return SUGGESTION_KIND_LABELS[SuggestionKind(value)]
    if name == "role" and value:
        return HANDLER_ROLE_LABELS[HandlerRole(value)]
    return show_plainly(name, value)


def register_import() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    register(
        ImportKind(
            code=CODE,
            usual=partial(last_session, kind=SUGGESTION),
            label="代表建议清单",
            verb="suggestions.import",
            columns=COLUMNS,
            header_fields=HEADER,
            parse_row=parse_row,
            row_key=key_of,
            find_existing=find_existing,
            apply=apply,
            prepare=prepare,
            show=show,
            review=review,
            spread=SPREAD,
            position=10,
            chunk=25,
            labels=LABELS,
            original_number=lambda values: digits_of(values["number"]),
            notes=NOTES,
        )
    )

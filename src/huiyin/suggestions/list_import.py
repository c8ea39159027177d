"""The import kind "suggestions.list": the congress office's list of suggestions assigned to us (practice 20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar
from uuid import NAMESPACE_OID, uuid5

from huiyin.audit.actors import Actor
from huiyin.imports.registry import (
    Column,
    Context,
    Existing,
    HeaderField,
    ImportKind,
    Input,
    Parsed,
    Problem,
    Row,
    Values,
    register,
    show_plainly,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.matters.models import Matter
from huiyin.matters.rules import HANDLER_ROLE_LABELS, HandlerRole
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import CongressBody
from huiyin.organisations.queries import assigner_choices, assigner_names
from huiyin.organisations.rules import BodyKind
from huiyin.suggestions.facts import Signer, SuggestionFacts, row_key
from huiyin.suggestions.list_cells import digits_of, own_names, read_count, read_names, read_number, read_units
from huiyin.suggestions.operations.correct import correct_from_list
from huiyin.suggestions.operations.register import register_suggestion
from huiyin.suggestions.rules import Side, SuggestionKind

CODE: Final = "suggestions.list"
TITLE_LENGTH: Final = 300
NAME_LENGTH: Final = 100
BODY_LENGTH: Final = 200_000
R = TypeVar("R")

COLUMNS: Final = (
    Column(
        field="number",
        label="编号",
        synonyms=("建议编号", "建议号", "提案编号", "提案号", "编号序号"),  # 序号 alone only counts lines
        required=True,
        example="162001",
        note="人大（政协）编的号，如 162001、闭160002。Word 原文按文件名中的这个号码自动对应。",
        width=12,
    ),
    Column(
        field="title",
        label="标题",
        synonyms=("题目", "建议标题", "建议题目", "建议名称", "提案题目", "案由", "内容摘要"),
        required=True,
        example="关于加强校园周边电子烟治理的建议",
        width=44,
    ),
    Column(
        field="lead",
        label="领衔代表",
        synonyms=("领衔人", "提出代表", "代表姓名", "建议人", "提出人", "第一提案人", "提案者", "提案人"),
        required=True,
        example="张示例",
        width=14,
    ),
    Column(field="delegation", label="代表团", synonyms=("所属代表团", "界别", "代表团或界别"), example="第三代表团"),
    Column(field="cosigner_count", label="附议人数", synonyms=("联名人数", "附议数", "联名数"), example="2", width=10),
    Column(
        field="cosigners",
        label="附议代表",
        synonyms=("联名代表", "附议人", "附议代表姓名", "联名提案人"),
        example="李样本、王虚构",
        note="几位代表之间用顿号分开。",
        width=30,
    ),
    Column(
        field="units",
        label="承办单位",
        synonyms=("办理单位", "承办单位及分工", "主办协办单位", "承办部门"),
        required=True,
        example="主办：市检察院；协办：市中级法院、市司法局",
        note="几个单位写在一格里：“主办：…；协办：…”，或者“市检察院（主办）、市司法局（协办）”；只有一家的可以只写单位。",
        width=44,
    ),
    Column(field="body", label="内容", synonyms=("建议内容", "正文", "具体内容", "提案内容"), example="", width=40),
)


HEADER: Final = (
    HeaderField(
        field="assigner",
        label="交办机关",
        input=Input.CHOICE,
        required=True,
        choices=assigner_choices,
        names=assigner_names,
    ),
    HeaderField(field="list_number", label="来文号", help_text="交办文件的文号，没有可以不填。"),
    HeaderField(
        field="assigned_on", label="交办日", input=Input.DATE, required=True, help_text="答复期限从这一天起算。"
    ),
    HeaderField(
        field="received_on", label="收到日", input=Input.DATE, required=True, help_text="协办、退回期限从这一天起算。"
    ),
    HeaderField(field="term", label="届", input=Input.NUMBER, required=True, help_text="第十六届填 16。"),
    HeaderField(field="session", label="次会议", input=Input.NUMBER, help_text="第二次会议填 2；闭会期间的不填。"),
)


def prepare(context: Context) -> None:
    """The assigning organ and our own names, once a list."""
    office = context.procuratorate
    key = str(context.header.get("assigner") or "")
    bodies = CongressBody.objects.filter(procuratorate=office)
    context.memory["assigner"] = bodies.filter(pk=int(key)).first() if key.isdecimal() else None
    context.memory["own"] = own_names(office.name, office.short_name)


def parse_row(cells: Mapping[str, str], context: Context) -> Parsed:
    """One line of the list as values, every fault named."""
    problems: list[Problem] = []
    read = _Reader(cells, problems)
    units = read.cell("units", lambda text: read_units(text, context.memory["own"]))
    count = read.cell("cosigner_count", read_count)
    cosigners = list(read_names(cells.get("cosigners", "")))
    names = read_names(cells.get("lead", ""))
    if cells.get("lead") and len(names) != 1:
        problems.append(Problem(field="lead", sentence="只写领衔的一位，附议的写在“附议代表”列。"))
    if count is not None and cosigners and count != len(cosigners):
        sentence = f"写的是{count}人，“附议代表”列了{len(cosigners)}人，请核对。"
        problems.append(Problem(field="cosigner_count", sentence=sentence))
    values: Values = {
        "number": read.cell("number", read_number) or "",
        "title": read.text("title", TITLE_LENGTH),
        "lead": read.fitted("lead", names[0] if names else "", NAME_LENGTH),
        "delegation": read.text("delegation", 60),
        "cosigners": [read.fitted("cosigners", name, NAME_LENGTH) for name in cosigners],
        "cosigner_count": count or len(cosigners),
        "role": units.role.value if units else "",
        "lead_unit": read.fitted("units", units.lead_unit if units else "", 120),
        "other_units": read.fitted("units", "、".join(units.others) if units else "", 300),
        "body": read.text("body", BODY_LENGTH),
    }
    return Parsed(values=values, problems=problems)


class _Reader:
    def __init__(self, cells: Mapping[str, str], problems: list[Problem]) -> None:
        self.cells, self.problems = cells, problems

    def cell(self, name: str, how: Callable[[str], R]) -> R | None:
        text = self.cells.get(name, "")
        if not text:
            return None
        try:
            return how(text)
        except Refusal as refusal:
            self.problems.append(Problem(field=name, sentence=str(refusal)))
            return None

    def text(self, name: str, longest: int) -> str:
        return self.fitted(name, normalise(self.cells.get(name, "")), longest)

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
    for matter in matters.select_related("suggestion").prefetch_related("participants"):
        facts = matter.suggestion
        values = {
            "title": matter.title,
            "lead": next((each.name for each in matter.participants.all() if not each.position), ""),
            "role": matter.handler_role,
            "lead_unit": facts.lead_unit,
            "other_units": facts.other_units,
        }
        found[matter.row_key] = Existing(target_key=str(matter.pk), values=values)
    return found


def apply(row: Row, context: Context, actor: Actor) -> str:
    """Register a new suggestion, or correct a known one where the row was confirmed; returns the matter's key."""
    assert isinstance(actor, PostActor)
    if row.target_key:
        matter = Matter.objects.select_related("procuratorate", "suggestion").get(pk=row.target_key)
        changes = {name: row.values[name] for name in row.changes}
        correct_from_list(matter=matter, changes=changes, actor=actor, at=context.at)
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
    assigned_on = date.fromisoformat(str(header["assigned_on"]))
    return SuggestionFacts(
        title=values["title"],
        body=values["body"],
        kind=SuggestionKind.PROPOSAL if by_cppcc else SuggestionKind.SUGGESTION,
        side=Side.MEMBER if by_cppcc else Side.DEPUTY,
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
        lead=Signer(name=values["lead"], delegation=values["delegation"]),
        cosigners=tuple(Signer(name=name) for name in values["cosigners"]),
        signer_count=1 + int(values["cosigner_count"]),
    )


def _number(header: Mapping[str, Any], name: str) -> int | None:
    value = header.get(name)
    return None if value is None or value == "" else int(value)


def show(name: str, value: Any) -> str:
    """Roles by their names in the preview."""
    if name == "role" and value:
        return HANDLER_ROLE_LABELS[HandlerRole(value)]
    return show_plainly(name, value)


def register_import() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    register(
        ImportKind(
            code=CODE,
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
            labels={"role": "我院角色", "lead_unit": "主办单位", "other_units": "会同单位"},
            original_number=lambda values: digits_of(values["number"]),
            notes=(
                "交办机关、来文号、交办日、收到日、届、次在上传时填一次，不写在表里。",
                "同一届次同一编号再次导入时，内容相同的自动跳过，不同的列出差异由您确认。",
            ),
        )
    )

"""The import kind "suggestions.receipts": what a system outside exports of our matters (practice 28).

A row is known by its number: the one that stands with the system, or the number it was assigned with, of the session
said once. What it says fills the reference, days and all, and a rating is entered with the system as its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q

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
    as_day,
    register,
)  # fmt: skip
from huiyin.kernel.text import normalise
from huiyin.matters.entering import systems_of
from huiyin.matters.models import ExternalReference, Matter, OutsideSystem
from huiyin.matters.operations.references import RECEIPT, before_the_answer, take_receipt
from huiyin.matters.rules.outside import STANDS_IN
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import CongressBody, Procuratorate
from huiyin.suggestions import receipt_ratings
from huiyin.suggestions.facts import row_key

CODE: Final = "suggestions.receipts"
DAYS: Final = ("received_on", "closed_on", "reported_on", "rated_on")
COLUMNS: Final = (
    Column(
        field="number", label="编号", required=True, example="162001", synonyms=("建议编号", "提案编号", "序号编号"),
        note="交办时编的号；或者对方系统的编号。",
    ),
    Column(
        field="title", label="题目", synonyms=("标题", "案由", "建议题目"), width=48,
        example="关于加强校园周边电子烟治理的建议",
    ),
    Column(
        field="their_number", label="系统编号", synonyms=("流水号", "系统流水号", "登记号"), example="",
        note="对方系统另有编号的填；没有的不填，按编号记。",
    ),
    Column(field="received_on", label="收到日期", synonyms=("签收日期", "接收日期", "收办日期"), example="2026-03-03"),
    Column(field="closed_on", label="办结日期", synonyms=("办结时间", "完成日期"), example="2026-05-20"),
    Column(
        field="reported_on", label="答复录入日期", synonyms=("录入日期", "答复上传日期", "上传日期", "答复提交日期"),
        example="2026-05-08", note="我院答复录进对方系统的日子；填了就视为已录入。", width=16,
    ),
    Column(
        field="rater", label="评价人", synonyms=("评价代表", "评价委员", "评价人姓名"), example="张示例",
        note="空着按领衔的一位。",
    ),
    Column(field="attitude", label="办理态度", synonyms=("态度评价", "对办理态度评价"), example="满意"),
    Column(
        field="result", label="办理结果评价", synonyms=("办理结果", "结果评价", "对办理结果评价"), example="满意",
        width=16,
    ),
    Column(field="overall", label="总体评价", synonyms=("综合评价",), example="", note="表上没有的不填。"),
    Column(field="rated_on", label="评价日期", synonyms=("评价时间",), example="2026-05-20"),
    Column(field="words", label="评价意见", synonyms=("具体意见", "意见"), example="", width=30),
)  # fmt: skip


def _systems(office: Procuratorate) -> Sequence[tuple[str, str]]:
    return [(str(system.pk), system.name) for system in systems_of(office)]


def _every_system(office: Procuratorate) -> Sequence[tuple[str, str]]:
    return [
        (str(pk), name) for pk, name in OutsideSystem.objects.filter(procuratorate=office).values_list("pk", "name")
    ]


HEADER: Final = (
    HeaderField(
        field="system", label="外系统", input=Input.CHOICE, required=True, choices=_systems, names=_every_system,
        help_text="清单从哪个系统导出。没有可选的，先在【外系统】录入。",
    ),
    HeaderField(field="term", label="届", input=Input.NUMBER, required=True, help_text="第十六届填 16。"),
    HeaderField(field="session", label="次", input=Input.NUMBER, help_text="第二次会议填 2；闭会期间的不填。"),
)  # fmt: skip


def prepare(context: Context) -> None:
    """The system, and whose lists its numbers come from, once a list."""
    key = str(context.header.get("system") or "")
    own = OutsideSystem.objects.filter(procuratorate=context.procuratorate)
    system = own.filter(pk=int(key)).first() if key.isdecimal() else None
    kinds = [body for body, kind in STANDS_IN.items() if system is not None and kind == system.kind]
    context.memory["system"] = system
    context.memory["bodies"] = list(CongressBody.objects.filter(procuratorate=context.procuratorate, kind__in=kinds))


def parse_row(cells: Mapping[str, str], context: Context) -> Parsed:
    """One line as values; a number the house does not know is a fault."""
    problems: list[Problem] = []
    values: Values = {"number": normalise(cells.get("number", ""), half_width=True)[:60]}
    values |= {name: text for name in ("title", "rater", "words") if (text := normalise(cells.get(name, "")))}
    if their := normalise(cells.get("their_number", ""), half_width=True):
        values["their_number"] = their[:60]
    for name in DAYS:
        if day := _day(name, cells.get(name, ""), problems):
            values[name] = day
    matter = _matter(values, context) if values["number"] else None
    if matter is None:
        if values["number"]:
            sentence = f"本系统没有编号“{values['number']}”的事项，请核对编号、届次。"
            problems.append(Problem(field="number", sentence=sentence))
        return Parsed(values=values, problems=problems)
    notes, today = [], context.at.date()
    if values.get("title") and values["title"] != matter.title:
        notes.append(Problem(field="title", sentence=f"与本系统的题目《{matter.title}》不同，不改动。"))
    values |= {"matter": matter.pk, "imported": True}
    _check_days(values, matter, today, problems, notes)
    receipt_ratings.read(cells, values, matter, context, problems, notes)
    return Parsed(values=values, problems=problems, notes=notes)


def _day(name: str, text: str, problems: list[Problem]) -> str:
    if not text.strip():
        return ""
    day = as_day(text)
    if day is None:
        problems.append(Problem(field=name, sentence=f"应写日期，如 2026-05-08；这里写的是“{text[:20]}”。"))
    return day.isoformat() if day else ""


def _check_days(
    values: Values, matter: Matter, today: date, problems: list[Problem], notes: list[Problem]
) -> None:  # fmt: skip
    for name in DAYS:
        if name in values and date.fromisoformat(values[name]) > today:
            problems.append(Problem(field=name, sentence=f"{values[name]}还没有到，请核对。"))
    entered = values.get("reported_on")
    if entered and before_the_answer(matter, date.fromisoformat(entered)):
        notes.append(Problem(field="reported_on", sentence=f"{entered}不在本次答复印发之后，是以前录入的，不写入。"))
        del values["reported_on"]


def _matter(values: Values, context: Context) -> Matter | None:
    system: OutsideSystem | None = context.memory["system"]
    numbers = [values["number"], values.get("their_number", "")]
    known = ExternalReference.objects.filter(system=system, number__in=[each for each in numbers if each])
    term, said = int(context.header.get("term") or 0), context.header.get("session")
    session = int(said) if said else None
    keys = [row_key(body, term, session, values["number"]) for body in context.memory["bodies"]]
    seen = Matter.objects.open_to(context.post).select_related("procuratorate")
    assigned = seen.filter(procuratorate=context.procuratorate, row_key__in=keys).first() if keys else None
    if assigned is not None:
        return assigned
    of_session = Q(matter__suggestion=None) | Q(matter__suggestion__term=term, matter__suggestion__session=session)
    found = known.filter(of_session).values_list("matter", flat=True)[:2]  # numbers begin anew in every session
    return seen.filter(pk=found[0]).first() if len(found) == 1 else None


def key_of(values: Values, context: Context) -> str:
    """The matter it is about, and who rates it there."""
    return f"{values['matter']}:{values.get('rater_key', '')}" if values.get("matter") else ""


def find_existing(keys: Sequence[str], context: Context) -> Mapping[str, Existing]:
    """What the house knows of these matters in that system."""
    matter_of = {key: int(key.partition(":")[0]) for key in keys if key}
    references = {
        each.matter_id: each
        for each in ExternalReference.objects.filter(system=context.memory["system"], matter__in=matter_of.values())
    }
    found = {}
    for key, pk in matter_of.items():
        known = references.get(pk)
        stands: Values = {"their_number": known.number if known else "", "rating": ""}
        stands["imported"] = known is not None and known.imported_on is not None
        for name in RECEIPT[1:]:
            day = getattr(known, name) if known else None
            stands[name] = day.isoformat() if day else ""
        found[key] = Existing(target_key=str(pk), values=stands)
    return found


def apply(row: Row, context: Context, actor: Actor) -> str:
    """Fill the reference and enter the rating, as far as they differ; returns the matter's key."""
    assert isinstance(actor, PostActor)
    matter = Matter.objects.select_related("procuratorate").get(pk=row.target_key)
    said: dict[str, Any] = {"number": row.values.get("their_number", "")}
    said |= {name: date.fromisoformat(row.values[name]) for name in RECEIPT[1:] if row.values.get(name)}
    take_receipt(matter=matter, system=context.memory["system"], said=said, actor=actor, at=context.at)
    if "rating" in row.changes:
        receipt_ratings.enter(row.values, matter, actor, context.at)
    return row.target_key


def register_import() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    register(
        ImportKind(
            code=CODE,
            label="外系统清单",
            verb="matters.import_receipts",
            columns=COLUMNS,
            header_fields=HEADER,
            parse_row=parse_row,
            row_key=key_of,
            find_existing=find_existing,
            apply=apply,
            prepare=prepare,
            position=30,
            chunk=25,
            max_rows=3000,
            labels={"rating": "评价", "imported": "对方系统里已有"},
            notes=(
                "外系统、届、次在上传时填一次，不写在表里。只补充对方系统里的编号、日期和评价，不改动本系统登记的题目、内容和日期。",
                "对方导出的表不用改格式，列名不同的在预览前指一指对应哪一列即可。",
            ),
        )
    )

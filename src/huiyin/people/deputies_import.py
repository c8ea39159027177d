"""The import kind "people.deputies": a register of deputies or members as the congress office or the CPPCC sends it.

A person is the same when name, level and term agree and 证号, or else the year of birth, does not tell two apart; with
another term but the same year of birth it is the same person with a new mandate. An empty cell says nothing: what the
house knows stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

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
)  # fmt: skip
from huiyin.kernel.text import mask_phone
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.queries import assigner_choices, assigner_names
from huiyin.people.deputies_applying import bring_in, bring_up_to_date
from huiyin.people.deputies_reading import Reading
from huiyin.people.deputies_register import Known, Register
from huiyin.people.models import Person
from huiyin.people.rules import CONGRESS_LEVEL_LABELS, MANDATE_LABELS, TERM_KINDS, standing

CODE: Final = "people.deputies"

COLUMNS: Final = (
    Column(field="name", label="姓名", synonyms=("代表姓名", "委员姓名"), required=True, example="张示例"),
    Column(
        field="unit_post",
        label="单位职务",
        synonyms=("工作单位及职务", "单位及职务", "工作单位", "现任职务"),
        example="样本市示例中学教师",
        width=34,
    ),
    Column(field="sex", label="性别", example="男", width=8),
    Column(field="ethnicity", label="民族", example="汉族", width=10),
    Column(
        field="birth_year",
        label="出生年",
        synonyms=("出生年月", "出生日期", "出生年份"),
        example="1975",
        note="写到年即可。没有证号的，用出生年区分同名的人。",
    ),
    Column(
        field="term", label="届次", synonyms=("届", "所属届次"), required=True, example="第十六届", note="写16也可以。"
    ),
    Column(field="delegation", label="代表团", synonyms=("所属代表团", "界别", "代表团或界别"), example="第三代表团"),
    Column(
        field="number",
        label="证号",
        synonyms=("代表证号", "委员证号", "证件编号"),
        example="160003",
        note="代表证（委员证）的号码，不是身份证号码。",
    ),
    Column(
        field="phone",
        label="手机",
        synonyms=("手机号", "手机号码", "联系电话", "电话"),
        example="10000000003",
        note="加密保存，名册上只显示前三位和后四位。",
        width=16,
    ),
    Column(field="profession", label="专业", synonyms=("专业领域", "专业特长"), example="教育"),
    Column(
        field="officer",
        label="联络员",
        synonyms=("联络人",),
        example="",
        note="写本院联络员的姓名；没有定的不填。",
    ),
)


def _kinds(office: Procuratorate) -> Sequence[tuple[str, str]]:
    return [(kind.value, label) for kind, label in MANDATE_LABELS.items() if kind in TERM_KINDS]


def _levels(office: Procuratorate) -> Sequence[tuple[str, str]]:
    return [(level.value, label) for level, label in CONGRESS_LEVEL_LABELS.items()]


HEADER: Final = (
    HeaderField(field="kind", label="身份", input=Input.CHOICE, required=True, choices=_kinds),
    HeaderField(field="level", label="层级", input=Input.CHOICE, required=True, choices=_levels),
    HeaderField(
        field="body",
        label="联系机构",
        input=Input.CHOICE,
        choices=assigner_choices,
        names=assigner_names,
        help_text="名册由哪个机构提供。",
    ),
    HeaderField(
        field="from_on", label="任期起", input=Input.DATE, required=True, help_text="新录入的人从这一天起任职。"
    ),
    HeaderField(
        field="evidence",
        label="手机号码的依据",
        help_text="例如“代工委提供的名册”。填写后，表中的手机视为已核实，可以绑定手机端；不填的先登记、暂不核实。",
    ),
)


def prepare(context: Context) -> None:
    """The office's register and its liaison officers, once a list."""
    context.memory["register"] = Register.of(context)


def parse_row(cells: Mapping[str, str], context: Context) -> Parsed:
    """One line of the list as values, every fault named; empty cells take what the house knows."""
    register: Register = context.memory["register"]
    reading = Reading(cells, register)
    values, known = reading.values(), None
    if values["name"] and values["term"]:
        known, sentence = register.match(values["name"], values["term"], values["number"], values["birth_year"])
        if sentence:
            reading.problems.append(Problem(field="name", sentence=sentence))
        if known is not None:
            reading.fill(values, known)
    reading.check_phone(values, known)
    values["standing"] = standing(register.kind, register.level, values["term"] or None)
    return Parsed(values=values, problems=reading.problems)


def key_of(values: Values, context: Context) -> str:
    """A person of the house, or for a new one: kind, level, term, name, then 证号 or the year of birth."""
    register: Register = context.memory["register"]
    known, _ = register.match(values["name"], values["term"], values["number"], values["birth_year"])
    if known is not None:
        return f"p:{known.person.pk}:{values['term']}"
    apart = f"n{values['number']}" if values["number"] else f"y{values['birth_year'] or ''}"
    return f"{register.kind}:{register.level}:{values['term']}:{apart}:{values['name']}"


def find_existing(keys: Sequence[str], context: Context) -> Mapping[str, Existing]:
    """Who stands on the register under these keys."""
    register: Register = context.memory["register"]
    found = {}
    for key in keys:
        known = _known(key, register)
        if known is not None:
            found[key] = Existing(target_key=str(known.person.pk), values=known.values())
    return found


def _known(key: str, register: Register) -> Known | None:
    if key.startswith("p:"):
        _, pk, term = key.split(":")
        return register.by_key(int(pk), int(term))
    _, _, term, apart, name = key.split(":", 4)
    number, year = (apart[1:], None) if apart[:1] == "n" else ("", int(apart[1:]) if apart[1:] else None)
    return register.match(name, int(term), number, year)[0]


def apply(row: Row, context: Context, actor: Actor) -> str:
    """Enter a new person, or bring a known one up to date where the row was confirmed; returns the person's key."""
    assert isinstance(actor, PostActor)
    register: Register = context.memory["register"]
    if row.target_key:
        person = Person.objects.select_related("procuratorate").get(pk=row.target_key)
        bring_up_to_date(person, row, register, context, actor)
    else:
        person = bring_in(row, register, context, actor)
    return str(person.pk)


def show(name: str, value: Any) -> str:
    """Phones masked in the preview."""
    return mask_phone(value) if name == "phone" and value else show_plainly(name, value)


def register_import() -> None:
    """Called once, from PeopleConfig.ready()."""
    register(
        ImportKind(
            code=CODE,
            label="代表委员名册",
            verb="people.import",
            columns=COLUMNS,
            header_fields=HEADER,
            parse_row=parse_row,
            row_key=key_of,
            find_existing=find_existing,
            apply=apply,
            prepare=prepare,
            show=show,
            labels={"standing": "届次身份"},
            secret=frozenset({"phone"}),
            notes=(
                "身份、层级、联系机构、任期起在上传时填一次，不写在表里。",
                "名册上已有的人：相同的自动跳过，不同的列出差异由您确认；空着的格子不改动原来的资料。",
            ),
        )
    )

"""An invented kind of list for these tests: shells found on a beach, one record a shell, kept as search entries."""

from __future__ import annotations

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.imports.reading.cells import as_day
from huiyin.imports.registry import Column, Existing, HeaderField, ImportKind, Input, Parsed, Problem
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import CongressBody


class ShellRefused(Refusal):
    code = "shells.refused"


def parse_row(cells, context):
    problems = []
    found_on = as_day(cells["found_on"])
    if cells["found_on"] and found_on is None:
        problems.append(
            Problem(field="found_on", sentence=f"应写日期，如 2026-03-02；这里写的是“{cells['found_on']}”。")
        )
    values = {
        "number": cells["number"],
        "name": cells["name"],
        "found_on": found_on.isoformat() if found_on else None,
        "phone": cells["phone"],
        "place": context.header.get("place", ""),
    }
    return Parsed(values=values, problems=problems)


def find_existing(keys, context):
    found = CongressBody.objects.filter(procuratorate=context.procuratorate, name__in=[f"贝{key}" for key in keys])
    return {
        body.name.removeprefix("贝"): Existing(target_key=str(body.pk), values={"name": body.contact_name})
        for body in found
    }


@operation
def keep_shell(*, row, context, actor):
    if row.values["name"] == "拒收":
        raise ShellRefused("这枚贝壳不收。")
    body, _ = CongressBody.objects.update_or_create(
        procuratorate=context.procuratorate,
        name=f"贝{row.values['number']}",
        defaults={"kind": "other", "contact_name": row.values["name"]},
    )
    record("shells.kept", actor=actor, target=Target(kind="shell", key=str(body.pk)), at=context.at)
    return str(body.pk)


SHELLS = ImportKind(
    code="tests.shells",
    label="贝壳清单",
    verb="files.download",  # a right every post holds
    columns=(
        Column(field="number", label="编号", synonyms=("贝壳编号", "号"), required=True, example="示例1"),
        Column(field="name", label="名称", required=True, example="白贝", note="写俗名。"),
        Column(field="found_on", label="拾得日", synonyms=("捡到的日子",), example="2026-03-02"),
        Column(field="phone", label="电话", example=""),
    ),
    header_fields=(
        HeaderField(field="place", label="海滩", required=True),
        HeaderField(field="listed_on", label="造册日", input=Input.DATE),
        HeaderField(field="term", label="届", input=Input.NUMBER),
    ),
    parse_row=parse_row,
    row_key=lambda values, context: values["number"],
    find_existing=find_existing,
    apply=lambda row, context, actor: keep_shell(row=row, context=context, actor=actor),
    original_number=lambda values: values["number"],
    secret=frozenset({"phone"}),
    max_rows=150,
    chunk=20,
)

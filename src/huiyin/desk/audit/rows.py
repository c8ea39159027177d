"""A record as the two readers see it: without content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from huiyin.audit.actors import ActorKind
from huiyin.audit.models import Record
from huiyin.desk.audit.wording import ACTOR_KINDS, RESULTS, name_of
from huiyin.organisations.models import Procuratorate

COLUMNS = [("编号", 10), ("时间", 20), ("动作", 24), ("代码", 34), ("结果", 8), ("行为人", 36), ("身份", 10),
           ("单位", 24), ("来源地址", 18), ("属于", 10)]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Number, moment, verb, result, actor: no target, no facts."""

    pk: int
    at: datetime
    verb: str
    code: str
    result: str
    refused: bool
    actor: str
    kind: str
    office: str
    remote: str
    parent: int | None


def lines(records: Iterable[Record]) -> Iterator[Line]:
    """The records as lines; offices are read once."""
    offices = dict(Procuratorate.objects.values_list("code", "name"))
    for row in records:
        yield Line(
            pk=row.pk,
            at=localtime(row.at),
            verb=name_of(row.verb),
            code=row.verb,
            result=RESULTS[row.result],
            refused=row.result == "refused",
            actor=row.actor_label,
            kind=ACTOR_KINDS.get(ActorKind(row.actor_kind), ""),
            office=offices.get(row.procuratorate, row.procuratorate),
            remote=row.remote,
            parent=row.parent_id,
        )


def cells(line: Line) -> list[str | int | None]:
    """A line as a row of a sheet, in the order of COLUMNS."""
    moment = f"{line.at:%Y-%m-%d %H:%M:%S}"
    return [line.pk, moment, line.verb, line.code, line.result, line.actor, line.kind, line.office, line.remote,
            line.parent]  # fmt: skip

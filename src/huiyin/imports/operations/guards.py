"""What every act on a batch asks first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django.db.models import F

from huiyin.audit.actors import Target
from huiyin.imports.models import Batch
from huiyin.imports.registry import Context, ImportKind, Input, kind_of
from huiyin.imports.rules import BatchStatus
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import NotAllowed, require

_MOVED: Final = "这份清单刚才已被同事改动、导入或者放弃，请刷新页面再看。"


class BatchMovedOn(Refusal):
    """A colleague or an earlier click was faster."""

    code: ClassVar[str] = "imports.batch_moved_on"


class HeaderMissing(Refusal):
    """A fact said once per list is missing or unreadable."""

    code: ClassVar[str] = "imports.header_missing"


def allowed_kind(batch: Batch, actor: PostActor) -> ImportKind:
    """The batch's kind, when this actor may work on the batch. Raises NotAllowed."""
    kind = kind_of(batch.kind)
    require(actor, kind.verb)
    if batch.procuratorate_id != actor.post.procuratorate_id:
        raise NotAllowed("这份清单属于其他检察院。")
    return kind


def refuse_moved(batch: Batch, *, version: int, among: Collection[BatchStatus]) -> None:
    """Before long reading: the batch stands as it was read. Raises BatchMovedOn."""
    if not Batch.objects.filter(pk=batch.pk, version=version, status__in=list(among)).exists():
        raise BatchMovedOn(_MOVED)


def move(batch: Batch, *, version: int, among: Collection[BatchStatus], **changes: Any) -> None:
    """Write changes to the batch as it was read, and its next version. Raises BatchMovedOn."""
    as_read = Batch.objects.filter(pk=batch.pk, version=version, status__in=list(among))
    if not as_read.update(version=F("version") + 1, **changes):
        raise BatchMovedOn(_MOVED)
    batch.refresh_from_db()


def context_of(batch: Batch, at: datetime) -> Context:
    """What the batch's kind may know."""
    return Context(procuratorate=batch.procuratorate, header=batch.header, post=batch.created_by, at=at)


def checked_header(kind: ImportKind, header: Mapping[str, Any]) -> dict[str, Any]:
    """The facts said once per list, as JSON, without unknown and empty ones. Raises HeaderMissing."""
    kept: dict[str, Any] = {}
    for asked in kind.header_fields:
        said = header.get(asked.field)
        if said is None or said == "":
            if asked.required:
                raise HeaderMissing(f"请填写“{asked.label}”。")
            continue
        try:
            kept[asked.field] = _as_json(said, asked.input)
        except ValueError:
            raise HeaderMissing(f"“{asked.label}”写得不对，请检查。") from None
    return kept


def _as_json(said: Any, asked: Input) -> str | int:
    if asked is Input.DATE:
        return (said if isinstance(said, date) else date.fromisoformat(str(said))).isoformat()
    return int(said) if asked is Input.NUMBER else normalise(str(said))


def target_of(batch: Batch) -> Target:
    """The batch as audit names it."""
    return Target(kind="imports.batch", key=str(batch.pk), label=f"{kind_of(batch.kind).label}：{batch.file.name}")

"""One suggestion asks several things: an item per request (practice 18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.kinds import require_rated
from huiyin.matters.models import Item, Matter
from huiyin.matters.moves import refuse_archived, write
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department
from huiyin.organisations.permissions import require


class ItemOfAnotherMatter(Refusal):
    """A request that does not belong to the matter on the page."""

    code = "matters.item_of_another_matter"


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One request as the page gives it. key: an existing item, None: a new one. outcome: what the answer to it comes
    to, "" while nobody has said; None leaves it as it is."""

    text: str
    department: Department | None = None
    key: int | None = None
    outcome: str | None = None


@operation
def set_items(*, matter: Matter, rows: Sequence[ItemRow], actor: PostActor, version: int, at: datetime) -> list[Item]:
    """Split the matter into its requests, in this order; those no longer named go.

    Raises NotAllowed, MatterArchived, ItemOfAnotherMatter, MatterMovedOn."""
    require(actor, "matters.set_items", matter)
    require_rated(matter, "分列办理事项")
    refuse_archived(matter)
    write(matter, version=version, at=at)
    known = {item.pk: item for item in matter.items.all()}
    if any(row.key is not None and row.key not in known for row in rows):
        raise ItemOfAnotherMatter("办理事项的内容已由同事改动，请刷新页面后再改。")
    kept = [_put(matter, known, position, row) for position, row in enumerate(rows, start=1)]
    matter.items.exclude(pk__in=[item.pk for item in kept]).delete()
    indexing.reindex(matter)
    texts = [item.text for item in kept]
    record("matters.items_set", actor=actor, target=target(matter), at=at, items=texts, before=len(known))
    return kept


def _put(matter: Matter, known: dict[int, Item], position: int, row: ItemRow) -> Item:
    item = known[row.key] if row.key is not None else Item(matter=matter)
    item.position, item.text, item.department = position, row.text, row.department
    if row.outcome is not None:
        item.outcome = row.outcome
    item.save()
    return item

"""Who keeps the register of numbers of the own office: reads it, takes it away, voids a number in it."""

from __future__ import annotations

from typing import Any, Final

from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role

KEEPERS: Final = frozenset({Role.REGISTRY, Role.LIAISON_OFFICE, Role.OFFICE_HEAD})


def declare_all() -> None:
    """Add this room's verbs to the table."""
    declare("numbering.list", "查看文号簿", roles=KEEPERS)
    declare("numbering.export", "导出文号簿", roles=KEEPERS)
    declare("numbering.void", "作废文号", roles=KEEPERS, check=_own_office)


def _own_office(actor: PostActor, number: Any) -> bool:
    return bool(number.series.procuratorate_id == actor.post.procuratorate_id)

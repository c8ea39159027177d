"""Who may void a number: those who keep the register of numbers, in their own office."""

from __future__ import annotations

from typing import Any

from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role


def declare_all() -> None:
    """Add this room's verbs to the table."""
    declare("numbering.void", "作废文号", roles={Role.REGISTRY, Role.LIAISON_OFFICE}, check=_own_office)


def _own_office(actor: PostActor, number: Any) -> bool:
    return bool(number.series.procuratorate_id == actor.post.procuratorate_id)

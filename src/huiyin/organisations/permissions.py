"""The table of verbs: which roles may ask for what. Rooms above add their rows in `AppConfig.ready()`.

Which rows a post sees is the QuerySet's question (`open_to`, `listed_for`); whether an act on one thing is allowed is
`require`'s: the role first, then the verb's own check of the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from huiyin.audit.actors import Actor
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor, SeatActor
from huiyin.organisations.rules import Role, Seat

Check = Callable[[PostActor, Any], bool]


class NotAllowed(Refusal):
    """The actor's post does not carry this right."""

    code = "organisations.not_allowed"


@dataclass(frozen=True)
class Verb:
    """One right: its name, what it is called, who may."""

    code: str
    label: str
    roles: frozenset[Role]
    seats: frozenset[Seat] = frozenset()
    check: Check | None = None


EVERY_ROLE: Final = frozenset(Role)
_verbs: dict[str, Verb] = {}


def declare(
    code: str,
    label: str,
    *,
    roles: frozenset[Role] | set[Role] = frozenset(),
    seats: frozenset[Seat] | set[Seat] = frozenset(),
    check: Check | None = None,
) -> None:
    """Add a verb to the table; the same code twice is a programming error."""
    if code in _verbs:
        raise ValueError(f"verb {code} declared twice")
    _verbs[code] = Verb(code, label, frozenset(roles), frozenset(seats), check)


def verb(code: str) -> Verb:
    """The declared verb; KeyError when nobody declared it."""
    return _verbs[code]


def verbs() -> list[Verb]:
    """All declared verbs, by code."""
    return [_verbs[code] for code in sorted(_verbs)]


def may(actor: Actor, code: str, target: Any = None) -> bool:
    """Whether the actor may do this (to this)."""
    asked = _verbs[code]
    if isinstance(actor, SeatActor):
        return Seat(actor.seat.role) in asked.seats
    if not isinstance(actor, PostActor) or actor.post.role_enum not in asked.roles:
        return False
    return target is None or asked.check is None or asked.check(actor, target)


def require(actor: Actor, code: str, target: Any = None) -> None:
    """Raise NotAllowed unless the actor may do this (to this)."""
    if not may(actor, code, target):
        raise NotAllowed(f"您现在的岗位不能{_verbs[code].label}。如确需办理，请联系有权限的同事或切换岗位。")

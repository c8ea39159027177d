"""What rooms above tell this one: whom a post meets in its work, and what hangs on a phone that is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final, Protocol

from django.db.models import QuerySet

from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.people.models import ContactPoint, Person

Met = Callable[[Post], QuerySet[Any, Any]]


class Replaced(Protocol):
    """Called inside the operation that replaces or erases a contact point; new None: erased."""

    def __call__(
        self, *, person: Person, old: ContactPoint, new: ContactPoint | None, actor: PostActor, at: datetime
    ) -> None: ...


_met: Final[list[Met]] = []
_replaced: Final[list[Replaced]] = []


def register_met(met: Met) -> None:
    """Add a way to meet persons at work: post → ids of persons (one column), as a query."""
    _met.append(met)


def met_by(post: Post) -> Iterator[QuerySet[Any, Any]]:
    """Ids of the persons a post meets in its work, one query a room."""
    return (met(post) for met in _met)


def register_replaced(replaced: Replaced) -> None:
    """Add what must follow when a contact point is replaced or erased."""
    _replaced.append(replaced)


def tell_replaced(
    *, person: Person, old: ContactPoint, new: ContactPoint | None, actor: PostActor, at: datetime
) -> None:
    """Let every room above follow."""
    for replaced in _replaced:
        replaced(person=person, old=old, new=new, actor=actor, at=at)

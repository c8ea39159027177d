"""Who answers for a matter beside its leader and those who do it; rooms above say so, since sight follows duty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.organisations.models import Post


@dataclass(frozen=True, kw_only=True)
class Answering:
    """One way to answer for matters. held: rows that share their key with the matter a post answers for."""

    held: Callable[[Post], QuerySet[Any, Any]]
    posts: Callable[[int], Iterable[int | None]]  # key of the matter -> keys of the posts that answer for it


_ways: Final[list[Answering]] = []


def register_answering(way: Answering) -> None:
    """Add a way, from an AppConfig.ready()."""
    _ways.append(way)


def answered_by(post: Post) -> Q:
    """Matters the post answers for, asked row by row of the outer query."""
    found = Q(pk__in=[])
    for way in _ways:
        found |= Q(Exists(way.held(post).filter(pk=OuterRef("pk"))))
    return found


def posts_answering(matter_id: int) -> set[int]:
    """Keys of the posts that answer for one matter."""
    return {post for way in _ways for post in way.posts(matter_id) if post is not None}

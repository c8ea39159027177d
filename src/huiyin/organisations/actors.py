"""Posts and seats as actors."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.audit.actors import Actor, ActorKind
from huiyin.organisations.models import AdminSeat, Post, Staff


@dataclass(frozen=True, kw_only=True)
class PostActor(Actor):
    """A staff member acting in one post; guard and act use the same post."""

    post: Post


@dataclass(frozen=True, kw_only=True)
class SeatActor(Actor):
    """An administrator."""

    seat: AdminSeat


def acting(post: Post, *, remote: str = "") -> PostActor:
    """The actor for a post."""
    return PostActor(
        kind=ActorKind.POST,
        key=f"post:{post.pk}",
        label=post.label,
        procuratorate=post.procuratorate.code,
        remote=remote,
        post=post,
    )


def seated(seat: AdminSeat, *, remote: str = "") -> SeatActor:
    """The actor for an administrator's seat."""
    return SeatActor(kind=ActorKind.SEAT, key=f"seat:{seat.pk}", label=str(seat), remote=remote, seat=seat)


def in_person(staff: Staff, *, remote: str = "") -> Actor:
    """A member of staff as a person, whatever the post: signing in and out, the own password."""
    return Actor(kind=ActorKind.STAFF, key=f"staff:{staff.pk}", label=staff.name, remote=remote)

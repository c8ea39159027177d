"""The person behind an actor: two persons put a book in force, not two posts of one."""

from __future__ import annotations

from huiyin.audit.actors import Actor, Target
from huiyin.organisations.actors import PostActor
from huiyin.regulations.models import RuleBookVersion


def person_key(actor: Actor) -> str:
    """ "staff:7" for whoever acts in a post, otherwise the actor's own key."""
    return f"staff:{actor.post.staff_id}" if isinstance(actor, PostActor) else actor.key


def target_of(version: RuleBookVersion) -> Target:
    label = f"《{version.book.title}》{version.version}版"
    return Target(kind="regulations.version", key=str(version.pk), label=label)

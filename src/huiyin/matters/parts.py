"""Who answers for a matter and who assists: the undertakings that stand, by their part."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.queries import running_parts
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.models import Department, Post


def parts_of(matter: Matter) -> list[Undertaking]:
    """The undertakings that stand, with whom they are with."""
    parts = running_parts(matter).select_related("department", "organ", "handler__staff", "leave_by__staff")
    return list(parts.order_by("id"))


def lead_parts(matter: Matter) -> list[Undertaking]:
    """The departments that answer: sole, lead, or each separately; where the office only assists, those that do."""
    return leading(parts_of(matter))


def leading(parts: Iterable[Undertaking]) -> list[Undertaking]:
    """Of some parts, those that answer."""
    own = [part for part in parts if part.department_id]
    return [part for part in own if part.role != HandlerRole.ASSIST] or own


def assisting(parts: Iterable[Undertaking]) -> list[Undertaking]:
    """Of some parts, those whose opinion the letter must state: assisting departments and outside organs."""
    parts = list(parts)
    lead = {part.pk for part in leading(parts)}
    return [part for part in parts if part.pk not in lead and part.role == HandlerRole.ASSIST]


def departments_of(parts: Iterable[Undertaking]) -> list[Department]:
    """The departments among some parts."""
    return [part.department for part in parts if part.department is not None]


def drafts_for(post: Post, matter: Matter) -> bool:
    """Whether a post writes the letter of a matter: the handler, or the head, of a department that answers."""
    return answers_with(post, lead_parts(matter))


def answers_with(post: Post, lead: Iterable[Undertaking]) -> bool:
    """The same of the parts that answer, already read."""
    return any(
        part.handler_id == post.pk
        or (part.department_id == post.department_id and post.role in {"department_head", "office_head"})
        for part in lead
    )

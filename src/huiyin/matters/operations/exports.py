"""Exports and prints leave a record: who took which part of the register, which paper, away (practice 5, 43)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.matters.models import Matter
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


@operation
def note_export(
    *, rows: int, filters: Mapping[str, str], label: str = "建议登记表", actor: PostActor, at: datetime
) -> None:
    """Record an export of the register, before it leaves. Raises NotAllowed."""
    require(actor, "matters.export")
    record("matters.exported", actor=actor, target=register_of(actor, label), at=at, rows=rows, filters=dict(filters))


@operation
def note_print(
    *,
    paper: str,
    form: str,
    rows: int = 1,
    matter: Matter | None = None,
    target: Target,
    actor: PostActor,
    at: datetime,
    filters: Mapping[str, str] | None = None,
) -> None:
    """Record that a paper leaves the screen: its name, as pdf, docx, html or xlsx, how many rows or papers.

    matter: the one it is about, which the post must be allowed to open. Raises NotAllowed."""
    require(actor, "matters.print", matter)
    facts = {"filters": dict(filters)} if filters else {}
    record("matters.printed", actor=actor, target=target, at=at, paper=paper, form=form, rows=rows, **facts)


def register_of(actor: PostActor, label: str = "建议登记表") -> Target:
    """A register of the actor's office, as the audit names it."""
    return Target(kind="matters.register", key=actor.procuratorate, label=label)

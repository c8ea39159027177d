"""Who may bind a person's phone, and read at the bell."""

from __future__ import annotations

from typing import Any

from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import EVERY_ROLE, declare
from huiyin.organisations.rules import Role
from huiyin.people.models import Person


def declare_verbs() -> None:
    """Called once, from AppConfig.ready()."""
    declare(
        "messaging.bind",
        "绑定代表委员的手机",
        roles={Role.LIAISON_OFFICE, Role.LIAISON_OFFICER},
        check=_own_person,
    )
    declare("messaging.read", "查看自己的消息", roles=EVERY_ROLE)


def _own_person(actor: PostActor, person: Any) -> bool:
    """The office binds its own persons; a liaison officer only those entrusted to them (practice 4)."""
    assert isinstance(person, Person)
    if person.procuratorate_id != actor.post.procuratorate_id:
        return False
    if actor.post.role == Role.LIAISON_OFFICE:
        return True
    return person.mandates.filter(liaison_officer=actor.post).exists()

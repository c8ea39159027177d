"""Who acts: values, not foreign keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    POST = "post"  # a staff member acting in one post
    STAFF = "staff"  # a staff member as a person: signing in, changing the password
    SEAT = "seat"  # an administrator
    OUTSIDE = "outside"  # an outside account on the phone site
    SYSTEM = "system"  # the house itself: sweeps, tasks, the command line
    NOBODY = "nobody"  # not signed in


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The one who acts, as the audit record keeps it."""

    kind: ActorKind
    key: str  # "post:12", "account:ab…"; stable and free of personal data
    label: str  # as a reader of the record knows them
    procuratorate: str = ""  # its code
    remote: str = ""  # network address, where there is one


SYSTEM = Actor(kind=ActorKind.SYSTEM, key="system", label="系统")


@dataclass(frozen=True, kw_only=True)
class Target:
    """What was acted on, as a value."""

    kind: str  # "matters.matter"
    key: str
    label: str = ""

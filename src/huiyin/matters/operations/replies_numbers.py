"""The number of a letter that does not leave as it was numbered: voided for good, with its reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from huiyin.matters.models import Reply
from huiyin.matters.queries import posts_with
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.models import Number
from huiyin.numbering.operations import void
from huiyin.organisations.actors import PostActor
from huiyin.organisations.rules import Role

WITHOUT_NUMBER: Final[dict[str, Any]] = {
    "number": None, "pdf": None, "docx": None, "sealed_at": None, "sealed_by": None,
}  # fmt: skip
"""What a letter loses with its number: the papers that bear it, and the seal set on them; both are made anew."""


def void_number_of(reply: Reply, number: Number, *, reason: str, actor: PostActor, at: datetime) -> None:
    """Void a letter's number and tell who keeps the register; always inside an operation. Raises NumberVoided."""
    void(number=number, reason=reason, actor=actor, at=at)
    office = reply.matter.procuratorate
    for post in posts_with(office, Role.REGISTRY, on=at.date()):
        if post.pk != actor.post.pk:
            queue(
                event_key=f"number:{number.pk}:voided", title=f"文号作废：{number}", at=at, post=post,
                body=f"{actor.post.label}作废了{number}（{reply.matter.naming}）：{reason}。已打印的请收回，不再使用。",
                lane=Lane.STATUTORY, link="/desk/replies/numbers/", procuratorate=office,
            )  # fmt: skip

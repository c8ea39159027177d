"""When the register replaces a phone, what is bound to it follows: nothing goes on to a number that may by now be
somebody else's."""

from __future__ import annotations

from datetime import datetime

from huiyin.messaging.models import Binding
from huiyin.messaging.operations import bind, end_binding
from huiyin.organisations.actors import PostActor
from huiyin.people.models import ContactPoint, Person
from huiyin.people.rules import Channel


def follow(*, person: Person, old: ContactPoint, new: ContactPoint | None, actor: PostActor, at: datetime) -> None:
    """Bind the new mobile where the office made sure of it, and end the binding of the old one.

    Inside the operation that replaces the phone. Raises NotAllowed, exchange.PhoneTaken."""
    for binding in Binding.objects.filter(contact_point=old, ended_at=None).select_related("person__procuratorate"):
        if new is not None and new.channel == Channel.MOBILE and new.verified_at is not None:
            bind(person=binding.person, contact_point=new, evidence=new.evidence, actor=actor, at=at)
        reason = "更换手机号码" if new is not None else "手机号码已删除"
        end_binding(binding=binding, reason=reason, actor=actor, at=at)

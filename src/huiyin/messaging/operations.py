"""Putting a message into the outbox; binding a person's phone; reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings

from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.exchange.operations import close_account, open_account
from huiyin.exchange.queries import account_of
from huiyin.kernel.crypto import blind_index, index_phone
from huiyin.kernel.fields import key_ring
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.messaging.models import Binding, Message
from huiyin.messaging.rules import ARRIVED, LANE_ORDER, Lane, MessageChannel, notice_text
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.permissions import require
from huiyin.people.models import ContactPoint, Mandate, Person
from huiyin.people.rules import Channel, MandateKind

_ADDRESSED = {MandateKind.DEPUTY: "代表", MandateKind.CPPCC_MEMBER: "委员", MandateKind.LAWYER: "律师"}


class NoPhone(Refusal):
    """There is no mobile number to bind."""

    code: ClassVar[str] = "messaging.no_phone"


class AlreadyEnded(Refusal):
    """The binding ended before."""

    code: ClassVar[str] = "messaging.already_ended"


def queue(
    *,
    event_key: str,
    title: str,
    body: str,
    at: datetime,
    person: Person | None = None,
    post: Post | None = None,
    lane: Lane = Lane.CONVENIENCE,
    link: str = "",
    procuratorate: Procuratorate | None = None,
    channels: Sequence[MessageChannel] | None = None,
    attempt_class: str = "first",
) -> list[Message]:
    """Put a message to one post or one person into the outbox, once a channel.

    Call it inside the operation that causes it. The same event to the same recipient again changes nothing. A post is
    told at its bell; a person on the phone site, and by a text that only points there: title, body and link never
    leave in a text."""
    if (person is None) == (post is None):
        raise ValueError("a message goes to one person or to one post")
    wanted = tuple(channels) if channels is not None else _usual(person)
    told = post if post is not None else person
    assert told is not None
    office = procuratorate or told.procuratorate
    key = f"s:{post.pk}" if post is not None else f"p:{told.pk}"
    rows = []
    for channel in wanted:
        row = Message(
            event_key=event_key, recipient_key=key, channel=channel, attempt_class=attempt_class,
            procuratorate=office, lane=LANE_ORDER[lane], person=person, post=post, created_at=at, next_at=at,
        )  # fmt: skip
        if channel == MessageChannel.IN_SITE:
            row.title, row.body, row.link = clip(title, 120), body, link
        elif person is not None:
            row.body = _text_to(person, office, at.date())
        rows.append(row)
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    same = Message.objects.filter(event_key=event_key, recipient_key=key, attempt_class=attempt_class)
    return list(same.filter(channel__in=wanted).order_by("id"))


def _usual(person: Person | None) -> tuple[MessageChannel, ...]:
    return (MessageChannel.IN_SITE, MessageChannel.SMS) if person is not None else (MessageChannel.IN_SITE,)


def _text_to(person: Person, office: Procuratorate, on: date) -> str:
    return notice_text(office=office.name, addressee=addressed(person, on), address=settings.HUIYIN_PORTAL_ADDRESS)


def addressed(person: Person, on: date) -> str:
    """A person as a letter addresses them: 张示例代表; the name alone where no mandate gives a title."""
    kinds = set(Mandate.objects.held_on(on).filter(person=person).values_list("kind", flat=True))
    return person.name + next((title for kind, title in _ADDRESSED.items() if kind in kinds), "")


@operation
def bind(*, person: Person, contact_point: ContactPoint, evidence: str, actor: Actor, at: datetime) -> Binding:
    """Bind a person's mobile once for the term: texts may go there, and the phone site opens for it.

    evidence: how the office made sure, e.g. 当面核对. Bound already: the same binding. Raises NotAllowed, NoPhone,
    exchange.PhoneTaken."""
    require(actor, "messaging.bind", person)
    if contact_point.person_id != person.pk or contact_point.channel != Channel.MOBILE or not contact_point.value:
        raise NoPhone(f"{person.name}没有登记手机号码，请先补充手机号码再绑定。")
    binding, _ = Binding.objects.get_or_create(
        person=person, channel=MessageChannel.SMS, contact_point=contact_point, ended_at=None,
        defaults={"bound_at": at, "evidence": clip(evidence, 120)},
    )  # fmt: skip
    office = person.procuratorate
    open_account(
        person_key=f"p:{person.pk}", label=addressed(person, at.date()), phone=contact_point.value, office=office.name,
        office_phone=office.phone, actor=actor, at=at,
    )  # fmt: skip
    target = Target(kind="people.person", key=str(person.pk), label=person.name)
    record("messaging.bound", actor=actor, target=target, at=at, evidence=binding.evidence)
    return binding


@operation
def end_binding(*, binding: Binding, reason: str, actor: Actor, at: datetime) -> None:
    """End a binding: no more texts, and with the last one the phone site closes. Raises NotAllowed, AlreadyEnded."""
    require(actor, "messaging.bind", binding.person)
    if not Binding.objects.filter(pk=binding.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEnded("这项绑定已经解除，不用再次办理。")
    account = account_of(f"p:{binding.person_id}")
    if account is not None and not Binding.objects.filter(person=binding.person, ended_at=None).exists():
        close_account(account=account, actor=actor, at=at)
    target = Target(kind="people.person", key=str(binding.person_id), label=binding.person.name)
    record("messaging.unbound", actor=actor, target=target, at=at, reason=clip(reason, 200))


@operation
def mark_read(*, post: Post, message_ids: Sequence[int] | None, actor: PostActor, at: datetime) -> int:
    """Mark messages at a post's own bell as read; None = all. Returns how many changed."""
    require(actor, "messaging.read")
    unread = Message.objects.filter(recipient_key=f"s:{post.pk}", channel=MessageChannel.IN_SITE, read_at=None)
    unread = unread.filter(state__in=ARRIVED)
    if message_ids is not None:
        unread = unread.filter(pk__in=message_ids)
    count = unread.update(read_at=at)
    record(
        "messaging.read", actor=actor, target=Target(kind="organisations.post", key=str(post.pk)), at=at, count=count
    )
    return count


def queue_code(
    *, key: str, phone: str, text: str, expires_at: datetime, at: datetime, procuratorate: Procuratorate | None = None
) -> None:
    """Put a text with a one-time code into the outbox, before everything else; body and phone encrypted, and erased
    once sent. Inside an operation."""
    index = blind_index(key_ring(), "messaging_message.address", index_phone(phone))
    row = Message(
        event_key=key, recipient_key=f"h:{index}", channel=MessageChannel.SMS, lane=LANE_ORDER[Lane.CODE],
        secret_body=text, address=phone, address_index=index, created_at=at, next_at=at, expires_at=expires_at,
        procuratorate=procuratorate,
    )  # fmt: skip
    Message.objects.bulk_create([row], ignore_conflicts=True)

"""How a person is reached: setting, erasing, and the two readings that leave a record."""

from __future__ import annotations

import re
from datetime import datetime
from typing import ClassVar, Final

from django.conf import settings

from huiyin.audit.actors import Target
from huiyin.audit.facts import hidden
from huiyin.audit.scope import operation, record
from huiyin.kernel.identity import normalise_mobile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, normalise
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.people.contact_index import COLUMN, contact_index
from huiyin.people.models import ContactPoint, Person
from huiyin.people.operations.checks import move, target_of
from huiyin.people.registry import tell_replaced
from huiyin.people.rules import CHANNEL_LABELS, Channel

ADDRESS_LENGTH: Final = 200
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


class ContactInvalid(Refusal):
    """The text is no address of this channel."""

    code: ClassVar[str] = "people.contact_invalid"


class PhoneTaken(Refusal):
    """The mobile stands under another person of the office."""

    code: ClassVar[str] = "people.phone_taken"


class ContactErased(Refusal):
    """The value was erased or replaced."""

    code: ClassVar[str] = "people.contact_erased"


@operation
def set_contact_point(
    *,
    person: Person,
    channel: Channel,
    value: str,
    evidence: str,
    version: int,
    actor: PostActor,
    at: datetime,
) -> ContactPoint:
    """Write down how a person is reached; one value a channel, the former one is erased.

    evidence: how the office made sure, e.g. 当面核对; without it the value is kept unverified and nothing is sent
    there. Raises NotAllowed, kernel.MobileInvalid, ContactInvalid, PhoneTaken, PersonMovedOn."""
    require(actor, "people.set_contact_point", person)
    value, evidence = _normalised(channel, value), clip(normalise(evidence), 120)
    index = contact_index(channel, value)
    if channel is Channel.MOBILE:
        _refuse_taken(person, index)
    move(person, version=version)
    former = list(person.contact_points.filter(channel=channel, value__isnull=False).order_by("id"))
    point = next((each for each in former if each.blind_index == index), None)
    if point is None:
        point = ContactPoint(person=person, channel=channel, value=value, blind_index=index)
    if evidence:
        point.verified_at, point.evidence = at, evidence
    for old in former:
        if old.pk != point.pk:
            _erase(old)
    point.save()
    for old in former:
        if old.pk != point.pk:
            tell_replaced(person=person, old=old, new=point, actor=actor, at=at)
    record(
        "people.contact_point_set", actor=actor, target=target_of(person), at=at, channel=channel.value,
        value=hidden(COLUMN, value), verified=bool(evidence), evidence=evidence,
    )  # fmt: skip
    return point


@operation
def erase_contact_point(*, point: ContactPoint, version: int, actor: PostActor, at: datetime) -> None:
    """Forget a value; that it existed and when it was verified stays. Raises NotAllowed, ContactErased,
    PersonMovedOn."""
    person = point.person
    require(actor, "people.erase_contact_point", person)
    _refuse_erased(point)
    move(person, version=version)
    was = hidden(COLUMN, point.value)
    _erase(point)
    tell_replaced(person=person, old=point, new=None, actor=actor, at=at)
    record(
        "people.contact_point_erased", actor=actor, target=target_of(person), at=at, channel=point.channel, value=was
    )


@operation
def reveal_contact(*, point: ContactPoint, actor: PostActor, at: datetime) -> str:
    """The whole value, its reading recorded. Raises NotAllowed, ContactErased."""
    require(actor, "people.reveal_contact", point.person)
    _refuse_erased(point)
    record(
        "people.contact_revealed", actor=actor, target=target_of(point.person), at=at, channel=point.channel,
        value=hidden(COLUMN, point.value),
    )  # fmt: skip
    return point.value or ""


@operation
def find_by_phone(*, phone: str, actor: PostActor, at: datetime) -> list[Person]:
    """Whose mobile this is, on the register of the actor's office; the look-up is recorded, found or not.

    Raises NotAllowed, kernel.MobileInvalid."""
    require(actor, "people.find_by_phone")
    mobile = normalise_mobile(phone, allow_demo=settings.HUIYIN_NUMBERS_CAN_BE_DEMO)
    found = Person.objects.filter(
        procuratorate=actor.post.procuratorate,
        contact_points__channel=Channel.MOBILE,
        contact_points__blind_index=contact_index(Channel.MOBILE, mobile),
    )
    persons = list(found.distinct().prefetch_related("mandates").order_by("id"))
    record(
        "people.found_by_phone", actor=actor, at=at, value=hidden(COLUMN, mobile), found=[each.pk for each in persons],
        target=Target(kind="people.contact", key="", label="按手机号查找"),
    )  # fmt: skip
    return persons


def _normalised(channel: Channel, value: str) -> str:
    if channel is Channel.MOBILE:
        return normalise_mobile(value, allow_demo=settings.HUIYIN_NUMBERS_CAN_BE_DEMO)
    if channel is Channel.IN_SITE:
        raise ContactInvalid("站内消息不用登记地址。")
    value = normalise(value, half_width=channel is Channel.EMAIL)
    if not value or len(value) > ADDRESS_LENGTH:
        raise ContactInvalid(f"请填写{CHANNEL_LABELS[channel]}，最多{ADDRESS_LENGTH}个字。")
    if channel is Channel.EMAIL and not _EMAIL.fullmatch(value):
        raise ContactInvalid("电子邮件地址的样子应是“名字@单位.cn”，请核对。")
    return value


def _refuse_taken(person: Person, index: str) -> None:
    others = ContactPoint.objects.filter(
        channel=Channel.MOBILE, blind_index=index, person__procuratorate_id=person.procuratorate_id
    )
    if others.exclude(person=person).exists():
        raise PhoneTaken("这个手机号码已经登记在本院名册上另一位代表委员名下，请核对号码。")


def _refuse_erased(point: ContactPoint) -> None:
    if point.value is None:
        raise ContactErased("这个联系方式已经更换或者删除，请刷新页面再看。")


def _erase(point: ContactPoint) -> None:
    point.value, point.blind_index = None, ""
    point.save(update_fields=["value", "blind_index"])

"""Outside bodies of an office (交办机关和外单位): entered, changed, taken out of use; never removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from huiyin.audit.actors import Actor
from huiyin.audit.facts import changes, hidden
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.organisations.models import CongressBody, Procuratorate
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require
from huiyin.organisations.queries import uses_of
from huiyin.organisations.rules import BODY_KIND_LABELS, BodyKind, read_phone

NAME_LENGTH: Final = 80
CONTACT_LENGTH: Final = 60
_PHONE_PLACE: Final = "organisations_congressbody.contact_phone"


class BodyUnfit(Refusal):
    """The facts of a body cannot stand so."""

    code = "organisations.body_unfit"


class BodyTaken(Refusal):
    """The office has a body of this name."""

    code = "organisations.body_taken"


class BodyMovedOn(Refusal):
    """A colleague or an earlier click was faster."""

    code = "organisations.body_moved_on"


@dataclass(frozen=True)
class BodyFacts:
    """What is said of a body. phone: as typed; kept encrypted."""

    kind: BodyKind
    name: str
    contact_name: str = ""
    phone: str = ""


def enter_body(
    *, procuratorate: Procuratorate, facts: BodyFacts, request_key: UUID, actor: Actor, at: datetime
) -> CongressBody:
    """Enter a body that an office deals with; the second post of one key is given the first result.

    Raises NotAllowed, BodyUnfit, BodyTaken."""
    asked = CongressBody.objects.filter(procuratorate=procuratorate, request_key=request_key)
    first = asked.first()
    if first is not None:
        return first
    try:
        return _enter(procuratorate=procuratorate, facts=facts, request_key=request_key, actor=actor, at=at)
    except (IntegrityError, BodyTaken):  # the other half of a double click was faster
        first = asked.first()
        if first is None:
            raise
        return first


@operation
def _enter(
    *, procuratorate: Procuratorate, facts: BodyFacts, request_key: UUID, actor: Actor, at: datetime
) -> CongressBody:
    require(actor, "organisations.enter_body")
    facts = _checked(facts)
    Procuratorate.objects.select_for_update(no_key=True).get(pk=procuratorate.pk)  # names are compared one at a time
    _refuse_taken(procuratorate, facts.name)
    body = CongressBody.objects.create(
        procuratorate=procuratorate, kind=facts.kind, name=facts.name, contact_name=facts.contact_name,
        contact_phone=facts.phone or None, entered_on=at.date(), request_key=request_key,
    )  # fmt: skip
    record(
        "organisations.body_entered", actor=actor, target=target_of(body), at=at, kind=facts.kind.value,
        contact_name=facts.contact_name, contact_phone=hidden(_PHONE_PLACE, facts.phone),
    )  # fmt: skip
    return body


@operation
def change_body(
    *,
    body: CongressBody,
    facts: BodyFacts,
    version: int,
    actor: Actor,
    at: datetime,
    forget_phone: bool = False,
) -> None:
    """Correct what is said of a body. An empty phone leaves the one that stands; forget_phone erases it.

    Raises NotAllowed, BodyUnfit, BodyTaken, BodyMovedOn."""
    require(actor, "organisations.change_body", body)
    facts = _checked(facts)
    if forget_phone and facts.phone:
        raise BodyUnfit("要么填新的联系电话，要么勾选删去，不能两样都选。")
    Procuratorate.objects.select_for_update(no_key=True).get(pk=body.procuratorate_id)
    _refuse_taken(body.procuratorate, facts.name, besides=body)
    if facts.kind != body.kind and uses_of(body):
        raise BodyUnfit(
            f"{body.name}已经用在登记的事项或者名册里，类别不能再改。类别录错的，请停用它，再用另一个名称录入。"
        )
    said: dict[str, Any] = {"kind": facts.kind.value, "name": facts.name, "contact_name": facts.contact_name}
    if facts.phone or forget_phone:
        said["contact_phone"] = facts.phone or None
    changed = changes(body, said)
    _move(body, version, **said)
    record("organisations.body_changed", actor=actor, target=target_of(body), at=at, changes=changed)


@operation
def stop_body(*, body: CongressBody, version: int, actor: Actor, at: datetime) -> None:
    """Offer a body no longer, from today; what it gave or took part in keeps its name.

    Raises NotAllowed, BodyMovedOn."""
    require(actor, "organisations.stop_body", body)
    _move(body, version, ended_on=at.date())
    record("organisations.body_stopped", actor=actor, target=target_of(body), at=at, ended_on=str(at.date()))


@operation
def resume_body(*, body: CongressBody, version: int, actor: Actor, at: datetime) -> None:
    """Offer a body again. Raises NotAllowed, BodyMovedOn."""
    require(actor, "organisations.stop_body", body)
    _move(body, version, ended_on=None)
    record("organisations.body_resumed", actor=actor, target=target_of(body), at=at)


@operation
def reveal_body_phone(*, body: CongressBody, actor: Actor, at: datetime) -> str:
    """The whole phone of the contact person, its reading recorded. Raises NotAllowed, BodyUnfit."""
    require(actor, "organisations.reveal_body_phone", body)
    phone = body.contact_phone or ""
    if not phone:
        raise BodyUnfit(f"{body.name}没有登记联系电话。")
    record(
        "organisations.body_phone_revealed", actor=actor, target=target_of(body), at=at,
        contact_phone=hidden(_PHONE_PLACE, phone),
    )  # fmt: skip
    return phone


def is_stopped(body: CongressBody, on: date) -> bool:
    """Whether a body is no longer offered on a day."""
    return body.ended_on is not None and body.ended_on <= on


def _checked(facts: BodyFacts) -> BodyFacts:
    name = " ".join(normalise(facts.name, half_width=True).split())
    contact, phone = normalise(facts.contact_name).replace("\n", ""), normalise(facts.phone)
    if facts.kind not in BODY_KIND_LABELS:
        raise BodyUnfit("没有这种类别，请从列表中选择。")
    if not name or len(name) > NAME_LENGTH:
        raise BodyUnfit(f"请填写单位名称，最多{NAME_LENGTH}个字。")
    if len(contact) > CONTACT_LENGTH:
        raise BodyUnfit(f"联系人最多{CONTACT_LENGTH}个字。")
    if phone and not read_phone(phone):
        raise BodyUnfit("联系电话只填一个号码，例如“0000-1234567转801”，请核对。")
    return replace(facts, kind=BodyKind(facts.kind), name=name, contact_name=contact, phone=read_phone(phone))


def _refuse_taken(office: Procuratorate, name: str, *, besides: CongressBody | None = None) -> None:
    same = CongressBody.objects.filter(procuratorate=office, name=name)
    taken = same.exclude(pk=besides.pk).first() if besides is not None else same.first()
    if taken is not None:
        stopped = "，现在停用着，恢复使用即可" if taken.ended_on else "，不用再录"
        raise BodyTaken(f"名单上已有“{name}”（{taken.get_kind_display()}）{stopped}。")


def _move(body: CongressBody, version: int, **facts: Any) -> None:
    as_read = CongressBody.objects.filter(pk=body.pk, version=version)
    if not as_read.update(version=F("version") + 1, **facts):
        raise BodyMovedOn(f"{body.name}刚才已被同事修改，或者您点了两次。请刷新页面，看过最新内容再办。")
    for name, value in {**facts, "version": version + 1}.items():
        setattr(body, name, value)

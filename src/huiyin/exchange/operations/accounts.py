"""Opening and closing outside accounts."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings

from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.exchange.models import OutsideAccount
from huiyin.exchange.registry import tell_opened
from huiyin.kernel.crypto import blind_index, index_phone
from huiyin.kernel.fields import key_ring
from huiyin.kernel.identity import normalise_mobile
from huiyin.kernel.ids import new_public_id
from huiyin.kernel.refusals import Refusal


class PhoneTaken(Refusal):
    """Another open account has this phone."""

    code: ClassVar[str] = "exchange.phone_taken"


def phone_index(phone: str) -> str:
    """Blind index of a phone, as accounts and codes are found by."""
    return blind_index(key_ring(), "exchange_outsideaccount.phone", index_phone(phone))


@operation
def open_account(
    *, person_key: str, label: str, phone: str, office: str, office_phone: str, actor: Actor, at: datetime
) -> OutsideAccount:
    """Open the phone site for one person; opened before: bring phone, name and office up to date.

    Raises kernel.MobileInvalid, PhoneTaken."""
    mobile = normalise_mobile(phone, allow_demo=settings.HUIYIN_NUMBERS_CAN_BE_DEMO)
    index = phone_index(mobile)
    if OutsideAccount.objects.filter(phone_index=index, closed_at=None).exclude(person_key=person_key).exists():
        raise PhoneTaken("这个手机号码已经绑定在另一位代表委员名下，请核对号码，或者先解除原来的绑定。")
    account = OutsideAccount.objects.filter(person_key=person_key).first()
    is_new = account is None or account.closed_at is not None
    if account is None:
        account = OutsideAccount(public_id=new_public_id(), person_key=person_key, opened_at=at)
    account.label, account.phone, account.phone_index = label, mobile, index
    account.office, account.office_phone, account.closed_at = office, office_phone, None
    account.save()
    if is_new:
        tell_opened(account, at=at)
    record("exchange.account_opened", actor=actor, target=_target(account), at=at, new=is_new, phone=f"#{index[:24]}")
    return account


@operation
def close_account(*, account: OutsideAccount, actor: Actor, at: datetime) -> None:
    """Close the phone site for one person; cards and slips stay, the phone may be bound anew."""
    OutsideAccount.objects.filter(pk=account.pk, closed_at=None).update(closed_at=at)
    record("exchange.account_closed", actor=actor, target=_target(account), at=at)


def _target(account: OutsideAccount) -> Target:
    return Target(kind="exchange.account", key=account.public_id, label=account.label)

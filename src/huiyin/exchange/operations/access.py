"""One-time codes: asking for one, entering with it. Known and unknown phones are answered alike."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.exchange.actors import account_actor, nobody
from huiyin.exchange.models import AccessCode, OutsideAccount
from huiyin.exchange.operations.accounts import phone_index
from huiyin.exchange.registry import sender
from huiyin.exchange.rules import AccessRules, Pace
from huiyin.kernel.crypto import blind_index
from huiyin.kernel.fields import key_ring
from huiyin.kernel.identity import normalise_mobile
from huiyin.kernel.ids import new_code, new_public_id
from huiyin.kernel.refusals import Refusal


class TooManyCodes(Refusal):
    """This phone or this network address asked too often."""

    code: ClassVar[str] = "exchange.too_many_codes"


class CodeRefused(Refusal):
    """The code is wrong, used, too old, or was tried too often; which of them is not said."""

    code: ClassVar[str] = "exchange.code_refused"


def access_rules() -> AccessRules:
    """The rules of this installation."""
    return AccessRules.read(settings.HUIYIN_ACCESS)


@operation
def ask_code(*, phone: str, remote: str, at: datetime) -> str:
    """Make a one-time code and send it, if an open account has that phone; gives the key to enter with.

    An unknown phone gets a key as well, with a code nobody knows. remote: network address, for the counting.
    Raises kernel.MobileInvalid, TooManyCodes."""
    rules = access_rules()
    mobile = normalise_mobile(phone, allow_demo=settings.HUIYIN_NUMBERS_CAN_BE_DEMO)
    index, remote_index = phone_index(mobile), blind_index(key_ring(), "exchange_accesscode.remote", remote)
    account = OutsideAccount.objects.select_for_update().filter(phone_index=index, closed_at=None).first()
    _hold_pace(rules.per_phone, Q(phone_index=index), at)
    _hold_pace(rules.per_address, Q(remote_index=remote_index), at)
    code, key = new_code(rules.digits), new_public_id()
    access = AccessCode.objects.create(
        public_id=key, account=account, phone_index=index, remote_index=remote_index, digest=_digest(key, code),
        asked_at=at, expires_at=at + rules.lives, tries_left=rules.tries,
    )  # fmt: skip
    send = sender()
    if account is not None and send is not None:
        send(access=access, phone=mobile, code=code, at=at)
    target = Target(kind="exchange.access_code", key=key)
    record("exchange.code_asked", actor=nobody(remote=remote), target=target, at=at, phone=f"#{index[:24]}")
    return key


def _hold_pace(paces: Iterable[Pace], asked_by: Q, at: datetime) -> None:
    for pace in paces:
        recent = AccessCode.objects.filter(asked_by, asked_at__gt=at - pace.within)
        if recent.count() >= pace.most:
            raise TooManyCodes(f"获取验证码太频繁，请{_spoken(pace)}后再试。已经收到的验证码在有效期内可以直接使用。")


def _spoken(pace: Pace) -> str:
    seconds = int(pace.within.total_seconds())
    if seconds < 3600:
        return f"{max(seconds // 60, 1)}分钟"
    return f"{seconds // 3600}小时"


def enter(*, key: str, code: str, remote: str, at: datetime) -> OutsideAccount:
    """The account a one-time code opens, once. Every attempt costs a try, also when it is refused.

    Raises CodeRefused, with one sentence for every reason."""
    access = _spend_try(key, at)
    known = access is not None and access.account is not None and access.account.closed_at is None
    right = hmac.compare_digest(_digest(key, code.strip()), access.digest if access else "")
    if access is None or not known or not right:
        raise CodeRefused("验证码不对，或者已经过期。请核对后重新输入，或者重新获取验证码。")
    return _use(access=access, remote=remote, at=at)


def _spend_try(key: str, at: datetime) -> AccessCode | None:
    """Count the attempt down and commit it before anything is compared."""
    with transaction.atomic():
        open_still = AccessCode.objects.filter(public_id=key, used_at=None, expires_at__gt=at, tries_left__gt=0)
        if not open_still.update(tries_left=F("tries_left") - 1):
            return None
        return AccessCode.objects.select_related("account").get(public_id=key)


@operation
def _use(*, access: AccessCode, remote: str, at: datetime) -> OutsideAccount:
    if not AccessCode.objects.filter(pk=access.pk, used_at=None).update(used_at=at):
        raise CodeRefused("验证码已经使用过，请重新获取验证码。")
    account = access.account
    assert account is not None
    target = Target(kind="exchange.account", key=account.public_id, label=account.label)
    record("exchange.signed_in", actor=account_actor(account, remote=remote), target=target, at=at)
    return account


def _digest(key: str, code: str) -> str:
    return blind_index(key_ring(), "exchange_accesscode.digest", f"{key}:{code}")


def forget_codes(at: datetime) -> int:
    """Delete rows of codes too old to count; returns how many."""
    old = AccessCode.objects.filter(asked_at__lt=at - access_rules().kept)
    return _forget(before=at - access_rules().kept, at=at) if old.exists() else 0


@operation
def _forget(*, before: datetime, at: datetime) -> int:
    count, _ = AccessCode.objects.filter(asked_at__lt=before).delete()
    target = Target(kind="exchange.access_code", key="")
    record("exchange.codes_forgotten", actor=SYSTEM, target=target, at=at, n=count)
    return count

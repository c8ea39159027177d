"""Who acts on the phone site."""

from __future__ import annotations

from huiyin.audit.actors import Actor, ActorKind
from huiyin.exchange.models import OutsideAccount


def account_actor(account: OutsideAccount, *, remote: str = "") -> Actor:
    """An outside account as actor."""
    return Actor(kind=ActorKind.OUTSIDE, key=f"account:{account.public_id}", label=account.label, remote=remote)


def nobody(*, remote: str = "") -> Actor:
    """Somebody not signed in."""
    return Actor(kind=ActorKind.NOBODY, key="nobody", label="未登录的访问者", remote=remote)

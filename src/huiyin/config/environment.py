"""What a machine may set, read once, in one place."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Environment:
    """The settings a site gives us from outside; everything else is decided in code."""

    home: Path  # all state: database, files, keys, caches
    secret_key: str
    hosts: tuple[str, ...]
    origins: tuple[str, ...]  # https origins behind a proxy
    database: str  # "" = SQLite under home, else postgresql://user:password@host:port/name
    clamd: str  # unix socket of a virus scanner; "" = none
    proxies: tuple[IPv4Network | IPv6Network, ...]  # whose X-Forwarded-For is believed

    @classmethod
    def read(cls) -> Environment:
        """Read the process environment; makes the home folder and its secret when missing."""
        home = Path(os.environ.get("HUIYIN_HOME", "var")).resolve()
        home.mkdir(parents=True, exist_ok=True)
        return cls(
            home=home,
            secret_key=os.environ.get("HUIYIN_SECRET_KEY") or _kept_secret(home / "secret-key"),
            hosts=_words("HUIYIN_HOSTS", "localhost,127.0.0.1,[::1]"),
            origins=_words("HUIYIN_ORIGINS", ""),
            database=os.environ.get("HUIYIN_DATABASE", ""),
            clamd=os.environ.get("HUIYIN_CLAMD", ""),
            proxies=tuple(map(_network, _words("HUIYIN_TRUSTED_PROXIES", ""))),
        )


def _words(name: str, default: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in os.environ.get(name, default).split(",") if word.strip())


def _network(word: str) -> IPv4Network | IPv6Network:
    """One address (10.0.0.1) or one network (10.0.0.0/24)."""
    try:
        return ip_network(word)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"HUIYIN_TRUSTED_PROXIES: {word!r} is neither an address nor a network ({error})."
        ) from None


def _kept_secret(path: Path) -> str:
    """The installation's own secret, made at first start and readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()

"""What a machine may set, read once, in one place."""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from huiyin.kernel.refusals import Refusal


class SettingUnfit(Refusal):
    """What the site set from outside cannot be used."""

    code = "config.setting_unfit"


class HomeUnusable(Refusal):
    """The folder everything lies in cannot be written."""

    code = "config.home_unusable"


@dataclass(frozen=True)
class Environment:
    """The settings a site gives us from outside; everything else is decided in code."""

    home: Path  # all state: database, files, keys, caches
    secret_key: str
    hosts: tuple[str, ...]
    origins: tuple[str, ...]  # https origins behind a proxy
    database: str  # "" = SQLite under home, else postgresql://user:password@host:port/name
    clamd: str  # unix socket of a virus scanner; "" = none
    idle: timedelta  # a session at the desk ends when it lies unused for so long
    proxies: tuple[IPv4Network | IPv6Network, ...]  # whose X-Forwarded-For is believed

    @classmethod
    def read(cls) -> Environment:
        """Read the process environment; makes the home folder and its secret when missing.

        Raises HomeUnusable, SettingUnfit."""
        home = _home(Path(os.environ.get("HUIYIN_HOME", "var")).resolve())
        return cls(
            home=home,
            secret_key=os.environ.get("HUIYIN_SECRET_KEY") or _kept_secret(home / "secret-key"),
            hosts=_words("HUIYIN_HOSTS", "localhost,127.0.0.1,[::1]"),
            origins=_words("HUIYIN_ORIGINS", ""),
            database=os.environ.get("HUIYIN_DATABASE", ""),
            clamd=os.environ.get("HUIYIN_CLAMD", ""),
            idle=timedelta(minutes=_between("HUIYIN_IDLE_MINUTES", 5, 30, 480)),
            proxies=tuple(map(_network, _words("HUIYIN_TRUSTED_PROXIES", ""))),
        )


def _home(path: Path) -> Path:
    """The folder, made when missing and open to its owner only, and seen to take a file."""
    try:
        if not path.exists():
            path.mkdir(parents=True, mode=0o700)
        with tempfile.TemporaryFile(dir=path) as probe:
            probe.write(b"x")
    except OSError as error:
        known = {errno.ENOSPC: "磁盘已满", errno.EROFS: "磁盘是只读的", errno.EACCES: "没有写入权限"}
        reason = known.get(error.errno or 0, f"建不了文件夹或者文件（{error.strerror}）")
        raise HomeUnusable(f"数据文件夹 {path} 不能写入：{reason}。请处理后再启动。") from None
    return path


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


def _between(name: str, least: int, usual: int, most: int) -> int:
    """A whole number the site may set. Raises SettingUnfit for anything else."""
    text = os.environ.get(name, "") or str(usual)
    if not text.isascii() or not text.isdecimal() or not least <= int(text) <= most:
        raise SettingUnfit(f"环境变量 {name} 应为 {least} 到 {most} 的整数，现在是“{text}”。")
    return int(text)


def _kept_secret(path: Path) -> str:
    """The installation's own secret, made at first start and readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()

"""The keys of the house and the file they lie in.

A ring holds numbered data keys, one of them current, and one index key. Each data key knows its algorithm, so a
change from the international to the Chinese algorithms is a rotation like any other. Index keys of former days stay in
the file: digests in audit records were made with them."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any, ClassVar, Final

from .refusals import Refusal


class Algorithm(IntEnum):
    """How a value is encrypted; the number stands in every ciphertext."""

    AES_256_GCM = 1
    SM4_GCM = 2


class IndexAlgorithm(IntEnum):
    """How a blind index is computed."""

    HMAC_SHA_256 = 1
    HMAC_SM3 = 2


class Suite(StrEnum):
    """The family of algorithms a setting chooses: international, or the Chinese commercial ones (国密)."""

    INTERNATIONAL = "intl"
    CHINESE = "gm"


_ALGORITHMS: Final = {Suite.INTERNATIONAL: Algorithm.AES_256_GCM, Suite.CHINESE: Algorithm.SM4_GCM}
_INDEX_ALGORITHMS: Final = {
    Suite.INTERNATIONAL: IndexAlgorithm.HMAC_SHA_256,
    Suite.CHINESE: IndexAlgorithm.HMAC_SM3,
}
_KEY_BYTES: Final = {Algorithm.AES_256_GCM: 32, Algorithm.SM4_GCM: 16}
_INDEX_KEY_BYTES: Final = 32
_HIGHEST_KEY_ID: Final = 0xFFFF
_FORMAT: Final = 1
_OTHERS: Final = 0o077


class KeyFileUnsafe(Refusal):
    """Others than the owner may read or write the key file."""

    code: ClassVar[str] = "kernel.key_file_unsafe"


class KeyFileBroken(Refusal):
    """The key file is not what save() wrote."""

    code: ClassVar[str] = "kernel.key_file_broken"


class UnknownKey(Exception):  # noqa: N818  # a fact about the ring, like Django's DoesNotExist
    """The ring holds no key of that number."""


@dataclass(frozen=True)
class DataKey:
    """One key that values are encrypted with; ids run from 1 to 65535 and are never used again."""

    key_id: int
    algorithm: Algorithm
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class IndexKey:
    """A key that blind indexes were computed with before."""

    algorithm: IndexAlgorithm
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class KeyRing:
    """Every data key in use, the newest being current, and the index key."""

    keys: tuple[DataKey, ...]
    index_algorithm: IndexAlgorithm
    index_secret: bytes = field(repr=False)
    former_indexes: tuple[IndexKey, ...] = ()

    @classmethod
    def new(cls, suite: Suite = Suite.INTERNATIONAL) -> KeyRing:
        """A ring with one fresh data key and a fresh index key."""
        first = _fresh_key(1, _ALGORITHMS[suite])
        return cls((first,), _INDEX_ALGORITHMS[suite], secrets.token_bytes(_INDEX_KEY_BYTES))

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """The ring in a file. Raises FileNotFoundError, KeyFileUnsafe, KeyFileBroken."""
        with path.open("rb") as file:
            # The open file is asked, not the path, so that nobody can swap it in between.
            if os.fstat(file.fileno()).st_mode & _OTHERS:
                raise KeyFileUnsafe(f"密钥文件 {path.name} 可被其他用户读取，请先执行 chmod 600 再启动。")
            content = file.read()
        try:
            return _from_json(json.loads(content))
        except (ValueError, KeyError, TypeError) as error:
            raise KeyFileBroken(f"密钥文件 {path.name} 内容不完整或被改动，请从备份恢复。") from error

    @classmethod
    def load_or_create(cls, path: Path, suite: Suite = Suite.INTERNATIONAL) -> KeyRing:
        """The ring in a file, made on first use; of several processes starting at once one makes it, all read it."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = _write_beside(path, cls.new(suite))
            with contextlib.suppress(FileExistsError):  # another process was faster; its ring counts
                os.link(draft, path)
            draft.unlink()
            _sync_folder(path.parent)
        return cls.load(path)

    def save(self, path: Path) -> None:
        """Replace the file in one step, mode 0600; a crash leaves the old or the new ring whole."""
        _write_beside(path, self).replace(path)
        _sync_folder(path.parent)

    def rotate(self, suite: Suite | None = None) -> KeyRing:
        """A ring whose current key is fresh; the old keys stay for reading. suite: go over to its algorithm.

        Save it before anything is encrypted with it."""
        newest = self.current_key
        if newest.key_id == _HIGHEST_KEY_ID:
            raise OverflowError("key ids are used up")
        algorithm = newest.algorithm if suite is None else _ALGORITHMS[suite]
        return replace(self, keys=(*self.keys, _fresh_key(newest.key_id + 1, algorithm)))

    def with_new_index(self, suite: Suite | None = None) -> KeyRing:
        """A ring with a fresh index key; every blind index must be computed anew before it finds anything."""
        algorithm = self.index_algorithm if suite is None else _INDEX_ALGORITHMS[suite]
        former = (*self.former_indexes, IndexKey(self.index_algorithm, self.index_secret))
        fresh = secrets.token_bytes(_INDEX_KEY_BYTES)
        return replace(self, index_algorithm=algorithm, index_secret=fresh, former_indexes=former)

    def without(self, key_id: int) -> KeyRing:
        """A ring that has forgotten an old data key: what was written with it is lost. Raises UnknownKey, ValueError
        for the current key."""
        if self.key(key_id) is self.current_key:
            raise ValueError("the current key stays")
        return replace(self, keys=tuple(key for key in self.keys if key.key_id != key_id))

    @property
    def current_key(self) -> DataKey:
        """The key that new values are encrypted with."""
        return self.keys[-1]

    def key(self, key_id: int) -> DataKey:
        """The key of that number. Raises UnknownKey."""
        for key in self.keys:
            if key.key_id == key_id:
                return key
        raise UnknownKey(f"the ring holds no key {key_id}")


class KeyRingFile:
    """A callable for settings: the ring in a file, read again whenever the file is replaced.

    So a rotation reaches web, worker and pusher without a restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._ring: KeyRing | None = None

    def __call__(self) -> KeyRing:
        status = self._path.stat()
        seen = (status.st_ino, status.st_mtime_ns)
        if self._ring is None or seen != self._seen:
            self._ring, self._seen = KeyRing.load(self._path), seen
        return self._ring

    @property
    def path(self) -> Path:
        """Where the ring lies."""
        return self._path

    def change(self, act: Callable[[KeyRing], KeyRing]) -> KeyRing:
        """Replace the ring in the file by what `act` makes of it; of two who change at once the second waits."""
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            ring = act(KeyRing.load(self._path))
            ring.save(self._path)
        finally:
            os.close(folder)  # and with it the lock
        return ring


def _fresh_key(key_id: int, algorithm: Algorithm) -> DataKey:
    return DataKey(key_id, algorithm, secrets.token_bytes(_KEY_BYTES[algorithm]))


def _write_beside(path: Path, ring: KeyRing) -> Path:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp gives mode 0600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(_to_json(ring), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return Path(draft)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _to_json(ring: KeyRing) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "keys": [
            {"id": key.key_id, "algorithm": key.algorithm.name, "secret": _encoded(key.secret)} for key in ring.keys
        ],
        "index": {"algorithm": ring.index_algorithm.name, "secret": _encoded(ring.index_secret)},
        "former": [{"algorithm": key.algorithm.name, "secret": _encoded(key.secret)} for key in ring.former_indexes],
    }


def _from_json(content: dict[str, Any]) -> KeyRing:
    if content["format"] != _FORMAT:
        raise ValueError("another format")
    keys = tuple(
        DataKey(entry["id"], Algorithm[entry["algorithm"]], _decoded(entry["secret"])) for entry in content["keys"]
    )
    index = content["index"]
    former = tuple(
        IndexKey(IndexAlgorithm[entry["algorithm"]], _decoded(entry["secret"])) for entry in content.get("former", ())
    )
    ring = KeyRing(keys, IndexAlgorithm[index["algorithm"]], _decoded(index["secret"]), former)
    _check(ring)
    return ring


def _check(ring: KeyRing) -> None:
    ids = [key.key_id for key in ring.keys]
    if not ids or ids != sorted(set(ids)) or not all(0 < key_id <= _HIGHEST_KEY_ID for key_id in ids):
        raise ValueError("key ids must rise from 1 to 65535")
    if any(len(key.secret) != _KEY_BYTES[key.algorithm] for key in ring.keys):
        raise ValueError("a key has the wrong length")
    if len(ring.index_secret) != _INDEX_KEY_BYTES:
        raise ValueError("the index key has the wrong length")


def _encoded(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

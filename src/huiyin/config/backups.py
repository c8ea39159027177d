"""A copy of the house that can be put back: database, files and cards in one folder, the keys in another.

The database is copied first, as one moment of it, while the house goes on working; files of records only ever come on
top, so they are among the files copied afterwards. Two kinds may be taken away in between, and putting the copy back
forgets them: a bound file (案卷) that was made again, and a draft whose form never came. A copy has its final name only
once it is whole and on the disk."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from huiyin.kernel.refusals import Refusal

DATABASE: Final = "huiyin.sqlite3"
FOLDERS: Final = ("files", "cards")
KEYS: Final = ("keys.json", "secret-key")
MANIFEST: Final = "backup.json"
PAGES: Final = 1000  # of the database, between two signs of progress
Progress = Callable[[int], None]  # units done since it was last called


class BackupUnfit(Refusal):
    """There is no whole backup in the folder, or it was changed since."""

    code = "config.backup_unfit"


class HomeInUse(Refusal):
    """A backup is only put back into an empty home."""

    code = "config.home_in_use"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    database: str  # its digest; "" where the database was copied by other means
    files: int  # files and cards together

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Raises BackupUnfit."""
        try:
            return cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            raise BackupUnfit(f"{folder} 不是完整的备份（缺少 {MANIFEST}）。") from None


def back_up(*, home: Path, into: Path, with_database: bool, at: datetime, progress: Progress) -> Path:
    """Copy database, files and cards of a home into a fresh folder below `into`; progress counts files."""
    final = into / f"huiyin-{at:%Y%m%d-%H%M%S}"
    draft = into / f".{final.name}.unfinished"
    draft.mkdir(parents=True, mode=0o700)
    try:
        if with_database:
            _copy_database(home / DATABASE, draft / DATABASE)
        count = sum(_copy_folder(home / name, draft / name, progress) for name in FOLDERS)
        digest = digest_of(draft / DATABASE) if with_database else ""
        said = Manifest(made_at=at.isoformat(), database=digest, files=count)
        _write(draft / MANIFEST, json.dumps(asdict(said), indent=1).encode())
        _sync(draft)
        draft.rename(final)
        _sync(into)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return final


def back_up_keys(*, home: Path, into: Path, at: datetime) -> Path:
    """Copy the key ring and the secret into a fresh folder below `into`."""
    folder = into / f"huiyin-keys-{at:%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True, mode=0o700)
    for name in KEYS:
        if (home / name).exists():
            _copy(home / name, folder / name)
    _sync(folder)
    return folder


def put_back(*, backup: Path, keys: Path, home: Path, progress: Progress) -> Manifest:
    """Put a backup and its keys into an empty home. Raises BackupUnfit, HomeInUse; then nothing was put anywhere."""
    said = Manifest.read(backup)
    _check(said, backup, keys, home)
    for name in KEYS:
        if (keys / name).exists():
            (home / name).unlink(missing_ok=True)  # a secret made by this very start
            _copy(keys / name, home / name)
    for name in FOLDERS:
        _copy_folder(backup / name, home / name, progress)
    if said.database:
        _copy(backup / DATABASE, home / DATABASE)
    _sync(home)
    return said


def count_files(folder: Path) -> int:
    """How many files and cards lie in a home or a backup."""
    return sum(1 for name in FOLDERS for _ in _files(folder / name))


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(said: Manifest, backup: Path, keys: Path, home: Path) -> None:
    there = [name for name in (DATABASE, "keys.json", *FOLDERS) if (home / name).exists()]
    if there:
        raise HomeInUse(f"{home} 里已经有 {'、'.join(there)}。请把 HUIYIN_HOME 指到一个空文件夹再恢复。")
    if not (keys / "keys.json").exists():
        raise BackupUnfit(f"{keys} 里没有 keys.json。没有密钥，加密的号码读不出来。")
    if said.database and (not (backup / DATABASE).exists() or digest_of(backup / DATABASE) != said.database):
        raise BackupUnfit(f"{backup / DATABASE} 缺失或者与备份时不一致，请换一份备份。")
    if (count := count_files(backup)) != said.files:
        raise BackupUnfit(f"{backup} 里有 {count} 个文件，备份时是 {said.files} 个，请换一份备份。")


def _copy_database(source: Path, target: Path) -> None:
    """One moment of a database in use, checked before anybody relies on it."""
    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, isolation_level=None)) as there,
        contextlib.closing(sqlite3.connect(target)) as here,
    ):
        there.execute("BEGIN")
        there.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on this moment is held
        there.backup(here, pages=PAGES)
        (verdict,) = here.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise BackupUnfit(f"复制出来的数据库不完整（{verdict}），没有备份成功。请检查磁盘。")
    target.chmod(0o600)
    _sync(target)


def _copy_folder(source: Path, target: Path, progress: Progress) -> int:
    """Copy what lies in a folder; a draft or a bound file taken away in between is none of the copy."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    count = 0
    for path in _files(source):
        there = target / path.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            _copy(path, there)
            count += 1
        progress(1)
    return count


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _write(path: Path, content: bytes) -> None:
    """A new file for its owner only, on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _copy(source: Path, target: Path) -> None:
    """The same content in a new file for its owner only, on the disk when this returns."""
    with source.open("rb") as content:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

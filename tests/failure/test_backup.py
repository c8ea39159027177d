"""A house that is lost comes back from its backup: into an empty home, with its keys, files and seals."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from huiyin.audit.models import Record
from huiyin.audit.seals import seal_records
from huiyin.cli.main import main
from huiyin.config.backups import back_up
from huiyin.files.operations import store
from huiyin.kernel.keyring import KeyRing, KeyRingFile
from huiyin.people.models import ContactPoint
from tests.support.books import put_books_in_force
from tests.support.committed import copied_database
from tests.support.deputies import _DEPUTIES, _deputy
from tests.support.world import build_world, moment

pytestmark = pytest.mark.committed

AT = moment("2026-03-05 10:00")


@pytest.fixture
def home(django_db_setup: None, django_db_blocker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with an office, people, a file and seals."""
    home = tmp_path / "home"
    home.mkdir()
    KeyRing.new().save(home / "keys.json")
    (home / "secret-key").write_text("a secret")
    monkeypatch.setattr(settings, "HUIYIN_HOME", home)
    monkeypatch.setattr(settings, "HUIYIN_KEY_RING", KeyRingFile(home / "keys.json"))
    with django_db_blocker.unblock(), copied_database(home, file="huiyin.sqlite3"):
        world = put_books_in_force(build_world())
        for place, (_, facts) in enumerate(_DEPUTIES.items(), start=1):
            _deputy(world, place, *facts)
        store(content=b"%PDF-1.4\n%%EOF\n", name="letter.pdf", procuratorate=world.city, actor_key="x", at=AT)
        seal_records(AT)
        yield home


@pytest.fixture
def kept(home: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A backup and its keys, made while the database is open."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is copied by its own tool")
    assert main(["backup", str(tmp_path / "disk"), "--keys", str(tmp_path / "safe")]) == 0
    (backup,), (keys,) = (tmp_path / "disk").iterdir(), (tmp_path / "safe").iterdir()
    return backup, keys


def restore(home: Path, backup: Path, keys: Path) -> subprocess.CompletedProcess[str]:
    """As an administrator on another machine does it."""
    environment = {
        **os.environ, "HUIYIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "huiyin.config.settings.production",
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    command = [sys.executable, "-m", "huiyin.cli.main", "restore", str(backup), "--keys", str(keys)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


class TestABackup:
    def test_comes_back_whole_in_an_empty_home(self, home: Path, kept: tuple[Path, Path], tmp_path: Path):
        phones = list(ContactPoint.objects.order_by("pk").values_list("value", flat=True))
        records = Record.objects.count()
        there = tmp_path / "elsewhere"
        done = restore(there, *kept)
        assert done.returncode == 0, done.stderr
        assert "审计记录完整：1批封存" in done.stdout
        connection.close()
        connection.settings_dict["NAME"] = str(there / "huiyin.sqlite3")  # the fixture puts it right again
        settings.HUIYIN_KEY_RING = KeyRingFile(there / "keys.json")
        assert list(ContactPoint.objects.order_by("pk").values_list("value", flat=True)) == phones
        assert len(phones) == len(_DEPUTIES)
        verbs = list(Record.objects.order_by("id").values_list("verb", flat=True))
        assert verbs[-1] == "config.restored"
        assert len(verbs) == records  # the copy was taken before its own record was written; the return is recorded
        assert (there / "secret-key").read_text() == "a secret"
        assert (there / "keys.json").stat().st_mode & 0o777 == 0o600

    def test_keeps_the_keys_apart(self, kept: tuple[Path, Path]):
        backup, keys = kept
        assert {path.name for path in backup.iterdir()} == {"huiyin.sqlite3", "files", "cards", "backup.json"}
        assert {path.name for path in keys.iterdir()} == {"keys.json", "secret-key"}
        assert backup.stat().st_mode & 0o777 == keys.stat().st_mode & 0o777 == 0o700

    def test_is_not_put_over_a_house(self, home: Path, kept: tuple[Path, Path]):
        before = (home / "keys.json").read_bytes()
        done = restore(home, *kept)
        assert done.returncode == 1
        assert "已经有 huiyin.sqlite3" in done.stderr
        assert (home / "keys.json").read_bytes() == before

    def test_is_refused_when_it_was_changed(self, kept: tuple[Path, Path], tmp_path: Path):
        backup, keys = kept
        with (backup / "huiyin.sqlite3").open("ab") as file:
            file.write(b"x")
        done = restore(tmp_path / "elsewhere", backup, keys)
        assert (done.returncode, "与备份时不一致" in done.stderr) == (1, True)
        assert not (tmp_path / "elsewhere" / "huiyin.sqlite3").exists()

    def test_is_refused_when_a_file_is_missing(self, kept: tuple[Path, Path], tmp_path: Path):
        backup, keys = kept
        next(path for path in (backup / "files").rglob("*") if path.is_file()).unlink()
        done = restore(tmp_path / "elsewhere", backup, keys)
        assert (done.returncode, "备份时是 1 个" in done.stderr) == (1, True)

    def test_names_a_file_whose_content_changed(self, kept: tuple[Path, Path], tmp_path: Path):
        backup, keys = kept
        next(path for path in (backup / "files").rglob("*") if path.is_file()).write_bytes(b"another")
        done = restore(tmp_path / "elsewhere", backup, keys)
        assert (done.returncode, "1 个文件缺失或者被改动" in done.stderr) == (1, True)

    def test_says_so_when_the_keys_are_of_another_day(self, kept: tuple[Path, Path], tmp_path: Path):
        backup, keys = kept
        ring = KeyRing.new().rotate()
        ring.without(1).save(keys / "keys.json")
        done = restore(tmp_path / "elsewhere", backup, keys)
        assert (done.returncode, "没有密钥 [1]" in done.stderr) == (1, True)

    def test_needs_its_keys(self, kept: tuple[Path, Path], tmp_path: Path):
        backup, _ = kept
        done = restore(tmp_path / "elsewhere", backup, tmp_path)
        assert (done.returncode, "没有 keys.json" in done.stderr) == (1, True)

    def test_is_one_moment_however_busy_the_house_is(self, home: Path, tmp_path: Path):
        """A row written while the pages are copied is in none of them."""
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL is copied by its own tool")
        rows = Record.objects.count()
        shutil.rmtree(home / "files")
        (home / "files").mkdir()
        (home / "files" / "one").write_bytes(b"x")

        def write(count: int) -> None:  # called after the database was copied: the house goes on
            main(["keys", "add"])

        found = back_up(home=home, into=tmp_path / "disk", with_database=True, at=AT, progress=write)
        copy = sqlite3.connect(found / "huiyin.sqlite3")
        assert copy.execute("SELECT count(*) FROM audit_record").fetchone() == (rows,)
        copy.close()
        assert Record.objects.count() == rows + 1

    def test_that_fails_leaves_nothing_that_looks_like_one(self, home: Path, tmp_path: Path):
        def fail(count: int) -> None:
            raise OSError(28, "No space left on device")

        with pytest.raises(OSError, match="No space"):
            back_up(home=home, into=tmp_path / "disk", with_database=False, at=AT, progress=fail)
        assert list((tmp_path / "disk").iterdir()) == []


class TestTheFolders:
    def test_are_neither_one_nor_inside_the_home(self, home: Path, tmp_path: Path, capsys):
        if connection.vendor != "sqlite":
            pytest.skip("says to use pg_dump before it looks at folders")
        disk = tmp_path / "disk"
        assert main(["backup", str(disk), "--keys", str(disk / "keys")]) == 1
        assert "不能和备份放在一起" in capsys.readouterr().err
        assert main(["backup", str(home / "copies")]) == 1
        assert "在数据文件夹里面" in capsys.readouterr().err
        assert not disk.exists()


class TestPostgresql:
    def test_is_copied_by_its_own_tool_first(self, home: Path, tmp_path: Path, capsys):
        if connection.vendor != "postgresql":
            pytest.skip("only where the database is PostgreSQL")
        disk = tmp_path / "disk"
        assert main(["backup", str(disk)]) == 1
        assert "pg_dump" in capsys.readouterr().err
        assert not disk.exists()
        assert main(["backup", str(disk), "--without-database"]) == 0
        (backup,) = disk.iterdir()
        assert {path.name for path in backup.iterdir()} == {"files", "cards", "backup.json"}

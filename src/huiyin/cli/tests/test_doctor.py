"""`huiyin doctor`, and what the house says when it cannot begin."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import refuse
from huiyin.cli.main import REFUSED, main
from huiyin.config.soundness import Mark, NoRoom, check_room, points
from huiyin.kernel.keyring import KeyRing, KeyRingFile
from huiyin.organisations.models import Staff
from huiyin.web.clock import now
from huiyin.web.heartbeat import beat


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    tmp_path.chmod(0o700)
    settings.HUIYIN_HOME = tmp_path
    KeyRing.new().save(tmp_path / "keys.json")
    settings.HUIYIN_KEY_RING = KeyRingFile(tmp_path / "keys.json")
    return tmp_path


def said(mark=None):
    return "\n".join(point.sentence for point in points(now()) if mark in {None, point.mark})


class TestTheDoctor:
    def test_finds_nothing_bad_in_a_sound_house(self, db, capsys):
        beat(now())
        assert main(["doctor"]) == 0
        out = capsys.readouterr().out
        assert "【好】后台正常。" in out
        assert out.endswith("没有要处理的。\n")

    def test_names_a_home_that_others_may_enter(self, db, home, capsys):
        home.chmod(0o755)
        assert main(["doctor"]) == 1
        assert f"chmod 700 {home}" in capsys.readouterr().out

    def test_names_accounts_of_the_demonstration_that_can_still_sign_in(self, world, settings):
        settings.HUIYIN_DEMO = False
        assert "演示账号" in said(Mark.BAD)
        assert main(["work", "--once"]) == REFUSED
        Staff.objects.update(is_active=False)
        assert "演示账号" not in said(Mark.BAD)

    def test_names_keys_that_others_may_read(self, db, home):
        (home / "keys.json").chmod(0o644)
        assert "chmod 600" in said(Mark.BAD)

    def test_names_tables_of_another_version(self, db):
        MigrationRecorder(connection).record_unapplied("audit", "0001_initial")
        assert "huiyin prepare" in said(Mark.BAD)

    def test_takes_a_worker_that_is_not_running_for_a_hint(self, db):
        assert "后台没有在运行" in said(Mark.HINT)

    def test_notices_a_clock_that_went_back(self, db):
        refuse("config.tidied", actor=SYSTEM, target=Target(kind="", key=""), at=now() + timedelta(hours=3))
        assert "机器的钟慢了" in said(Mark.BAD)

    def test_asks_the_scanner(self, db, settings, tmp_path):
        settings.HUIYIN_CLAMD = str(tmp_path / "clamd.sock")
        assert "没有回应" in said(Mark.BAD)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
            listening.bind(settings.HUIYIN_CLAMD)
            listening.listen()

            def answer():
                with listening.accept()[0] as line:
                    assert line.recv(16) == b"zPING\x00"
                    line.sendall(b"PONG\x00")

            answering = threading.Thread(target=answer)
            answering.start()
            assert "查毒服务有回应" in said(Mark.GOOD)
            answering.join()


def started(home, **settings):
    """A command as an administrator gives it, with an office's settings."""
    environment = {**os.environ, "HUIYIN_HOME": str(home), "PYTHONIOENCODING": "utf-8", **settings}
    environment.pop("DJANGO_SETTINGS_MODULE")
    command = [sys.executable, "-m", "huiyin.cli.main", "seats", "list"]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)


class TestAHouseThatCannotBegin:
    def test_says_that_its_home_takes_no_file(self, tmp_path):
        (tmp_path / "file").touch()
        done = started(tmp_path / "file" / "home")
        assert done.returncode == 1
        assert done.stderr.startswith(f"数据文件夹 {tmp_path}/file/home 不能写入：")
        assert "Traceback" not in done.stderr

    def test_keeps_a_new_home_to_itself(self, tmp_path):
        started(tmp_path / "home")
        assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700

    def test_says_that_the_disk_is_full(self, monkeypatch):
        usage = namedtuple("usage", "total used free")
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(100, 99, 1024**2))  # no test may fill a disk
        with pytest.raises(NoRoom, match="只剩 1 MB"):
            check_room()


class TestASettingNobodyCanUse:
    @pytest.mark.parametrize("minutes", ["4", "half an hour"])
    def test_is_refused_in_words(self, tmp_path, minutes):
        done = started(tmp_path, HUIYIN_IDLE_MINUTES=minutes)
        assert done.returncode == 1
        assert done.stderr == f"环境变量 HUIYIN_IDLE_MINUTES 应为 5 到 480 的整数，现在是“{minutes}”。\n"

"""`huiyin prepare`: a folder that holds nothing yet."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.pure


@pytest.fixture
def huiyin(tmp_path):
    """The command in a process of its own, as an office runs it."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN_", "DJANGO_"))}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "huiyin.cli.main", *words], env=known | {"HUIYIN_HOME": str(tmp_path / "home")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


class TestAnEmptyFolder:
    def test_is_told_to_be_prepared_first_and_then_takes_commands(self, huiyin):
        for words in (["seats", "list"], ["books", "load", "--shipped"], ["bodies", "list"]):
            told = huiyin(*words)
            assert (told.returncode, told.stdout) == (1, "")
            assert told.stderr.strip() == "数据库还没有建好，或者升级以后还没有更新。请先执行 huiyin prepare。"
        for _ in range(2):  # the same again changes nothing
            assert "数据库已建好" in huiyin("prepare").stdout
        assert huiyin("seats", "list").returncode == 0
        appointed = huiyin("seats", "appoint", "sysadmin", "first_admin", "--name", "席样")
        assert "初始密码" in appointed.stdout

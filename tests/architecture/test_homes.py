"""Workers of a run of tests do not share a home; a process started by a test has the home it was given."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.pure

ASK = "from django.conf import settings; print(settings.HUIYIN_HOME)"


def home(**changes):
    environment = {**os.environ, **changes}
    asked = [sys.executable, "-c", ASK]
    return subprocess.run(asked, env=environment, capture_output=True, text=True, check=True).stdout.strip()


class TestAHome:
    def test_belongs_to_one_worker(self):
        assert home(PYTEST_XDIST_WORKER="gw90") != home(PYTEST_XDIST_WORKER="gw91")

    def test_goes_with_the_processes_a_test_starts(self, tmp_path):
        assert home() == str(settings.HUIYIN_HOME)
        assert home(HUIYIN_HOME=str(tmp_path)) == str(tmp_path)

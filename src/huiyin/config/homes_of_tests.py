"""A home for each worker of a run of tests, removed at the end of the run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def home_of_this_worker() -> str:
    """The worker's own folder; a process that a test starts keeps the home it was given in HUIYIN_HOME."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if "HUIYIN_TEST_RUN" not in os.environ:
        os.environ["HUIYIN_TEST_RUN"] = tempfile.mkdtemp(prefix="huiyin-test-")
        atexit.register(shutil.rmtree, os.environ["HUIYIN_TEST_RUN"], ignore_errors=True)
    if os.environ.get("HUIYIN_TEST_WORKER") == worker and "HUIYIN_HOME" in os.environ:
        return os.environ["HUIYIN_HOME"]
    os.environ["HUIYIN_TEST_WORKER"] = worker
    return str(Path(os.environ["HUIYIN_TEST_RUN"]) / worker)

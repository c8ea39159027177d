"""How long a house that was set up before takes until it answers, against a bare start of Python with Django."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

RUNS = 3
PATIENCE_SECONDS = 120.0


def measure() -> dict[str, float]:
    """Seconds for each, medians of three runs, and their ratio."""
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        environment = {**os.environ, "HUIYIN_HOME": str(Path(folder) / "home"), "HUIYIN_DATABASE": ""}
        _run(environment, "-m", "huiyin.cli.main", "prepare")
        reference = median(_seconds(lambda: _run(environment, "-c", "import django")) for _ in range(RUNS))
        ours = median(_until_it_answers(environment) for _ in range(RUNS))
    return {"reference_s": round(reference, 3), "start_s": round(ours, 3), "ratio": round(ours / reference, 1)}


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _run(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _until_it_answers(environment: dict[str, str]) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "huiyin.cli.main", "serve", "--port", str(port)]
    begun = time.perf_counter()
    house = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        while not _answers(port):
            if house.poll() is not None or time.perf_counter() - begun > PATIENCE_SECONDS:
                raise RuntimeError("the house did not start")
            time.sleep(0.02)
        return time.perf_counter() - begun
    finally:
        house.terminate()
        house.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False

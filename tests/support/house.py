"""The house as a newcomer starts it: real processes on a free port, a home folder of its own, the demonstration."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class House:
    """A running demonstration."""

    url: str
    home: Path
    process: subprocess.Popen[bytes] | None  # None: somebody else's

    def kill(self) -> None:
        """`kill -9` of everything at once: the hand that started it, web and worker."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_house(home: Path, *, database: str = "", wait: float = 300) -> Iterator[House]:
    """Start `huiyin serve --demo`, wait until it answers, stop it afterwards."""
    port = free_port()
    environment = {
        **os.environ,
        "HUIYIN_HOME": str(home),
        "HUIYIN_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "huiyin.config.settings.demo",
    }
    log = home / "serve.log"
    home.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "huiyin.cli.main", "serve", "--demo", "--port", str(port)],
            env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        house = House(f"http://127.0.0.1:{port}", home, process)
        try:
            _wait_until_it_answers(house, log, wait)
            yield house
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                house.kill()


def _wait_until_it_answers(house: House, log: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while time.monotonic() < until:
        if house.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{house.url}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)  # polling a process outside, not a test waiting for itself
    raise AssertionError("the house did not start:\n" + log.read_text(encoding="utf-8")[-4000:])

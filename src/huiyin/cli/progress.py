"""How far long work has come: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
from typing import TextIO

WIDTH = 30
STEP = 5  # per cent between two lines of a log


class Bar:
    """Call it with how much was done since the last call; it writes to the error stream, where nobody parses."""

    def __init__(self, label: str, total: int, out: TextIO | None = None) -> None:
        self._label, self._total, self._done, self._said = label, total, 0, -1
        self._out = out or sys.stderr

    def __call__(self, count: int) -> None:
        self._done = min(self._done + count, self._total)
        share = 100 * self._done // self._total if self._total else 100
        if share == self._said or (not self._out.isatty() and share // STEP == self._said // STEP):
            return
        self._said = share
        if self._out.isatty():
            full = WIDTH * share // 100
            end = "\n" if share == 100 else ""  # noqa: PLR2004
            line = f"\r{self._label} [{'█' * full}{'·' * (WIDTH - full)}] {share}%（{self._done}/{self._total}）{end}"
        else:
            line = f"{self._label} {share}%（{self._done}/{self._total}）\n"
        self._out.write(line)
        self._out.flush()

"""The old Office container (compound file, MS-CFB), read as far as telling what is inside needs. No Django."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER: Final = 512
_ENTRY: Final = 128
_END_OF_CHAIN: Final = 0xFFFFFFFA  # this and above: no sector
_MINI_STREAM_CUTOFF: Final = 4096


class BrokenContainer(Exception):  # noqa: N818  # a fact about the bytes
    """Not a readable compound file."""


@dataclass(frozen=True)
class Entry:
    """One storage or stream of the container."""

    name: str
    start: int
    size: int


class Container:
    """The directory of a compound file and its larger streams. Raises BrokenContainer."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER or not content.startswith(MAGIC):
            raise BrokenContainer
        self._content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise BrokenContainer
        self._sector = 1 << shift
        self._table = self._read_table()
        (directory,) = struct.unpack_from("<I", content, 48)
        self.entries = self._read_directory(self._chain(directory))

    def names(self) -> set[str]:
        """Names of all storages and streams."""
        return {entry.name for entry in self.entries}

    def stream(self, name: str) -> bytes:
        """A stream's bytes; empty when it is missing or so small that it lies in the mini stream."""
        for entry in self.entries:
            if entry.name == name and entry.size >= _MINI_STREAM_CUTOFF:
                return self._chain(entry.start)[: entry.size]
        return b""

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        if start >= len(self._content):
            raise BrokenContainer
        return self._content[start : start + self._sector]

    def _numbers(self, sector: int) -> list[int]:
        piece = self._at(sector)
        return [number for (number,) in struct.iter_unpack("<I", piece[: len(piece) // 4 * 4])]

    def _read_table(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        (more,) = struct.unpack_from("<I", self._content, 68)
        seen: set[int] = set()
        while more < _END_OF_CHAIN:
            if more in seen:
                raise BrokenContainer
            seen.add(more)
            *listed, more = self._numbers(more)
            sectors += listed
        return [number for sector in sectors if sector < _END_OF_CHAIN for number in self._numbers(sector)]

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        seen: set[int] = set()
        while sector < _END_OF_CHAIN:
            if sector in seen or sector >= len(self._table):
                raise BrokenContainer
            seen.add(sector)
            pieces.append(self._at(sector))
            sector = self._table[sector]
        return b"".join(pieces)

    def _read_directory(self, directory: bytes) -> list[Entry]:
        entries = []
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", directory, at + 64)
            kind = directory[at + 66]
            if kind == 0 or not 2 <= length <= 64:
                continue
            start, size = struct.unpack_from("<II", directory, at + 116)
            entries.append(Entry(directory[at : at + length - 2].decode("utf-16-le", "replace"), start, size))
        return entries

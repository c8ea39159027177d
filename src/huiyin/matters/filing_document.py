"""One paper of a file: a stored file, or made by the house from what it knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from huiyin.files.models import StoredFile
from huiyin.gongwen.structure import Paper

Source = StoredFile | Callable[[], Paper]
T = TypeVar("T")
OTHER: Final = "other"


@dataclass(frozen=True, kw_only=True)
class Document:
    """One paper of the file."""

    title: str  # 题名
    source: Source
    mark: str  # what it was made from: another mark, another paper
    code: str = OTHER  # of the book's list
    by: str = ""  # 责任者
    number: str = ""  # 文号
    on: date | None = None

    @property
    def file(self) -> StoredFile | None:
        """The stored file it is, None for what the house prints."""
        return self.source if isinstance(self.source, StoredFile) else None


def stored(file: StoredFile, *, title: str, by: str = "", number: str = "", on: date | None = None) -> Document:
    """A file as a paper of the file."""
    return Document(title=title, by=by, number=number, on=on, source=file, mark=f"file:{file.sha256}")


def later(make: Callable[[T], Paper], thing: T) -> Callable[[], Paper]:
    """The paper of a thing, made when it is asked for."""
    return lambda: make(thing)

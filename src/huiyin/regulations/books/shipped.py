"""The books that come with the house: data/ is loaded when the house is set up, places/ waits in the library (制度库)
until an office wants one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from huiyin.regulations.books.entries import Book
from huiyin.regulations.books.reading import load


@dataclass(frozen=True)
class ShippedText:
    """One text of the library: its name below the package (places/beijing_2014.toml), as written, and as read."""

    name: str
    text: str
    book: Book


def shipped_texts() -> Iterator[tuple[str, str]]:
    """File name below data/ (local/sample_city.toml) and text, in a fixed order."""
    for folder in sorted(_package().joinpath("data").iterdir(), key=lambda each: each.name):
        yield from _texts(folder)


def shipped_books() -> dict[str, Book]:
    """Every book of data/ by its file name."""
    return {name: load(text, name) for name, text in shipped_texts()}


@cache
def library() -> tuple[ShippedText, ...]:
    """Every text that comes with the house, those of data/ first."""
    texts = [*shipped_texts(), *_texts(_package().joinpath("places"))]
    return tuple(ShippedText(name, text, load(text, name)) for name, text in texts)


def _package() -> Traversable:
    return files("huiyin.regulations")


def _texts(folder: Traversable) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            yield f"{folder.name}/{file.name}", file.read_text(encoding="utf-8")

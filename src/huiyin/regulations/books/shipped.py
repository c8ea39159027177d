"""The books that come with the house, in data/."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from huiyin.regulations.books.entries import Book
from huiyin.regulations.books.reading import load


def shipped_texts() -> Iterator[tuple[str, str]]:
    """File name below data/ (local/sample_city.toml) and text, in a fixed order."""
    for folder in sorted(files("huiyin.regulations").joinpath("data").iterdir(), key=lambda each: each.name):
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name.endswith(".toml"):
                yield f"{folder.name}/{file.name}", file.read_text(encoding="utf-8")


def shipped_books() -> dict[str, Book]:
    """Every shipped book by its file name."""
    return {name: load(text, name) for name, text in shipped_texts()}

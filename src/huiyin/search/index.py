"""The index: put, remove, find. Writes stand inside the operation of the room whose text it is.

A reader's sight is part of the query: an entry is found only by someone who brings one of its tokens. A query's words
(between spaces) must all stand in the text. Exact for words of two characters and more through their pairs; a single
character is looked for in everything the reader may see."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.search import sql
from huiyin.search.models import Entry
from huiyin.search.rules import TEXT_LIMIT, checked, pairs_of, prepared, words_of


def put(kind: str, key: int, text: str, tokens: Iterable[str]) -> None:
    """Let a text be found under (kind, key), instead of what stood there; an edit keeps its place in time.

    Of a text longer than 100 000 characters the beginning is found. tokens: who may find it, e.g. "office:3"."""
    kept, readers = prepared(text)[:TEXT_LIMIT], checked(tokens)
    entry = Entry.objects.select_for_update().filter(kind=kind, key=key).first()
    if entry is None:
        entry = Entry(kind=kind, key=key)
    elif entry.text == kept and entry.tokens == readers:
        return
    else:
        sql.forget(entry)
    entry.text, entry.tokens = kept, readers
    entry.save()
    sql.remember(entry)


def set_tokens(kind: str, key: int, tokens: Iterable[str]) -> None:
    """Change who may find a text that stands in the index; nothing happens when it does not."""
    entry = Entry.objects.filter(kind=kind, key=key).first()
    if entry is not None:
        put(kind, key, entry.text, tokens)


def remove(kind: str, key: int) -> None:
    """Let nobody find this text any more."""
    entry = Entry.objects.select_for_update().filter(kind=kind, key=key).first()
    if entry is not None:
        sql.forget(entry)
        entry.delete()


def find(kind: str, query: str, tokens: Iterable[str], limit: int = 20) -> list[int]:
    """Keys of the texts that hold every word of the query and are open to one of the tokens, newest first."""
    words, readers = words_of(query), checked(tokens)
    if not words or not readers:
        return []
    return sql.keys(kind, words, pairs_of(words), readers, limit)

"""What is compared with what. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from huiyin.kernel.text import bigrams, fold, normalise

# PostgreSQL keeps at most a megabyte of terms a row; a text of this length stays below it, whatever its characters.
TEXT_LIMIT: Final = 100_000
QUERY_LIMIT: Final = 200
PAIRS_ASKED: Final = 64  # enough to filter by; the recheck makes the answer exact
_TOKEN: Final = re.compile(r"[a-z_]+:[0-9a-z_-]+")
_DOTS: Final = str.maketrans(dict.fromkeys("•‧∙⋅・･", "·"))


def prepared(text: str) -> str:
    """The form in which texts and queries are compared: cleaned, half-width, lower case, every middle dot as ·."""
    return fold(normalise(text, half_width=True)).translate(_DOTS)


def terms_of(kind: str, text: str, tokens: Iterable[str]) -> list[str]:
    """What stands in the index for a prepared text: its character pairs, its readers' tokens, its kind."""
    return sorted({*bigrams(text), *checked(tokens), f"kind:{kind}"})


def checked(tokens: Iterable[str]) -> list[str]:
    """Readers' tokens like "office:3". Raises ValueError for anything else."""
    listed = sorted(set(tokens))
    for token in listed:
        if not _TOKEN.fullmatch(token):
            raise ValueError(f"{token!r} is no token of a reader")
    return listed


def words_of(query: str) -> list[str]:
    """The prepared words of a query; each of them must stand in a text that is found."""
    return list(dict.fromkeys(prepared(query[:QUERY_LIMIT]).split()))


def pairs_of(words: Iterable[str]) -> list[str]:
    """The character pairs to filter by, at most PAIRS_ASKED of them; none for words of one character."""
    return list(dict.fromkeys(pair for word in words for pair in bigrams(word)))[:PAIRS_ASKED]

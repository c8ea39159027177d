"""Search within a reader's sight: any two, four or eight characters of a letter, a name, a number; recall too."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from huiyin.bench.casework.pages import milliseconds
from huiyin.desk.matters.filters import FOUND_AT_MOST
from huiyin.matters.indexing import KIND, tokens_for
from huiyin.matters.models import Matter, Participant
from huiyin.organisations.models import Post
from huiyin.search import index
from huiyin.search.models import Entry

QUERIES: Final = 40
LENGTHS: Final = (2, 4, 8)
SHOWN: Final = 25


def measure_search(reader: Post) -> dict[str, dict[str, float]]:
    """Milliseconds until the first rows are known, by what was asked: median, the slowest of twenty, mean hits."""
    words = _words(reader)
    return {name: _timed(reader, asked) for name, asked in words.items()}


def _words(reader: Post) -> dict[str, list[str]]:
    """What somebody might ask for, out of what he may see."""
    random = Random(5)  # noqa: S311  # a sample
    seen = list(Matter.objects.open_to(reader).order_by().values_list("pk", flat=True)[:20_000])
    chosen = random.sample(seen, min(QUERIES, len(seen)))
    texts = [text for (text,) in Entry.objects.filter(kind=KIND, key__in=chosen).values_list("text")]
    found = {f"{length}_characters": [_piece(text, length, random) for text in texts] for length in LENGTHS}
    of_them = Participant.objects.filter(matter__in=chosen, role="lead")
    found["name"] = list(of_them.values_list("name", flat=True))
    found["number"] = list(Matter.objects.filter(pk__in=chosen).values_list("external_number", flat=True))
    return found


def _piece(text: str, length: int, random: Random) -> str:
    """Any stretch of the letter that is of letters and digits alone."""
    places = [at for at in range(len(text) - length) if text[at : at + length].isalnum()]
    at = random.choice(places)
    return text[at : at + length]


def _timed(reader: Post, asked: list[str]) -> dict[str, float]:
    tokens, hits = tokens_for(reader), 0

    def search(words: str) -> Callable[[], None]:
        def run() -> None:
            nonlocal hits
            found = index.find(KIND, words, tokens, FOUND_AT_MOST)
            hits += len(found)
            rows = Matter.objects.open_to(reader).filter(pk__in=found)
            list(rows.order_by("next_due_on", "id").values_list("next_due_on", "id")[:SHOWN])

        return run

    spent = sorted(min(milliseconds(search(words)) for _ in range(3)) for words in asked)
    return {
        "p50_ms": round(spent[len(spent) // 2], 1),
        "p95_ms": round(spent[int(len(spent) * 0.95) - 1], 1),
        "hits": round(hits / 3 / len(asked), 1),
    }

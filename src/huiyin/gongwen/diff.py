"""The marked-up draft (花脸稿): what a later version added and removed, character by character."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape
from itertools import groupby
from typing import Final, NamedTuple

from huiyin.gongwen.html import Html

# Paragraphs less alike than this are two paragraphs, not one that was changed.
_ALIKE: Final = 0.4
# How many paragraphs ahead a moved-down one is looked for.
_AHEAD: Final = 40
# A single character that two changes leave standing between them is chance, not a text kept.
_SHORTEST_KEPT: Final = 2
# Beyond so many character pairs the comparison is by whole sentences, so that a huge text costs no more than a glance.
_MOST_PAIRS: Final = 4_000_000
_SENTENCE: Final = re.compile("[^。；！？]*[。；！？]|[^。；！？]+$")


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Span(NamedTuple):
    """A run of characters of one kind."""

    kind: Kind
    text: str


def marked_up(old: Sequence[str], new: Sequence[str]) -> list[list[Span]]:
    """The new paragraphs with those removed among them, each as spans; the spans of a paragraph read on in order."""
    paragraphs: list[list[Span]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            paragraphs.extend([Span(Kind.SAME, text)] if text else [] for text in new[j1:j2])
        else:
            paragraphs.extend(_changed(list(old[i1:i2]), list(new[j1:j2])))
    return paragraphs


def marked_up_html(paragraphs: Sequence[Sequence[Span]]) -> Html:
    """The marked-up draft as HTML paragraphs with <ins> and <del>; all text escaped."""
    tags = {Kind.SAME: "{}", Kind.ADDED: "<ins>{}</ins>", Kind.REMOVED: "<del>{}</del>"}
    lines = ("".join(tags[span.kind].format(escape(span.text)) for span in spans) for spans in paragraphs)
    return Html("\n".join(f"<p>{line}</p>" for line in lines))


def has_changes(paragraphs: Sequence[Sequence[Span]]) -> bool:
    """Whether anything at all was added or removed."""
    return any(span.kind is not Kind.SAME for spans in paragraphs for span in spans)


def _changed(old: list[str], new: list[str]) -> Iterator[list[Span]]:
    """Each old paragraph beside the new one it became, in order; between them what was removed, then what was added."""
    i = j = 0
    for at, to in [*_pairs(old, new), (len(old), len(new))]:
        yield from ([Span(Kind.REMOVED, text)] for text in old[i:at])
        yield from ([Span(Kind.ADDED, text)] for text in new[j:to])
        if at < len(old):
            yield _compare(old[at], new[to])
        i, j = at + 1, to + 1


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Places of the paragraphs that belong together; both rise."""
    bigrams = [_bigrams(text) for text in old]
    start = 0
    for to, text in enumerate(new):
        mine = _bigrams(text)
        alike = [(_likeness(bigrams[at], mine), -at) for at in range(start, min(start + _AHEAD, len(old)))]
        likeness, at = max(alike, default=(0.0, 0))
        if likeness >= _ALIKE:
            yield -at, to
            start = 1 - at


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(len(text) - 1, 1))}


def _likeness(one: set[str], other: set[str]) -> float:
    """How much two texts have in common, 0 to 1, by their character pairs: cheap and close enough to pair them."""
    return 2 * len(one & other) / (len(one) + len(other))


def _compare(old: str, new: str) -> list[Span]:
    if len(old) * len(new) <= _MOST_PAIRS:
        return _smoothed(_spans(old, new))
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    spans: list[Span] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            spans.append(Span(Kind.SAME, come))
        elif len(gone) * len(come) <= _MOST_PAIRS:
            spans.extend(_smoothed(_spans(gone, come)))
        else:
            spans.extend((Span(Kind.REMOVED, gone), Span(Kind.ADDED, come)))
    return _joined(spans)


def _spans(old: str, new: str) -> list[Span]:
    spans: list[Span] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(Span(Kind.SAME, new[j1:j2]))
        else:
            spans.extend((Span(Kind.REMOVED, old[i1:i2]), Span(Kind.ADDED, new[j1:j2])))
    return spans


def _smoothed(spans: list[Span]) -> list[Span]:
    """Count what stands by chance between two changes as changed too: a reader wants words, not characters."""
    result: list[Span] = []
    for order, span in enumerate(spans):
        is_between = 0 < order < len(spans) - 1
        if span.kind is Kind.SAME and is_between and len(span.text) < _SHORTEST_KEPT:
            result.extend((Span(Kind.REMOVED, span.text), Span(Kind.ADDED, span.text)))
        else:
            result.append(span)
    return _joined(result)


def _joined(spans: list[Span]) -> list[Span]:
    """Neighbours of a kind joined; within one stretch of changes first what was removed, then what was added."""
    result: list[Span] = []
    for is_same, group in groupby((span for span in spans if span.text), key=lambda span: span.kind is Kind.SAME):
        pieces = list(group)
        for kind in (Kind.SAME,) if is_same else (Kind.REMOVED, Kind.ADDED):
            text = "".join(span.text for span in pieces if span.kind is kind)
            if text:
                result.append(Span(kind, text))
    return result

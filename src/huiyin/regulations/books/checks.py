"""What the types of a table can't say: codes used once, references that lead somewhere, sensible combinations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from huiyin.regulations.books.entries import (
    Book,
    Cadence,
    Chain,
    Entry,
    Ladder,
    Limit,
    Outcome,
    RatingScale,
    Target,
)
from huiyin.regulations.rules import Counts, Roll

LONGEST_MONTHS = {4: 30, 6: 30, 9: 30, 11: 30, 2: 29}


def book_faults(book: Book) -> Iterator[str]:
    """Sentences about one book by itself; references into other books are checked by the stack."""
    if book.until_on and book.until_on <= book.from_on:
        yield f"[book] 的 until（{book.until_on}）应晚于 from（{book.from_on}）。"
    for (section, code), times in Counter((each.section, each.code) for each in book.entries).items():
        if times > 1:
            yield f"[[{section}]] 的 code“{code}”出现{times}次，只能一次。"
    for entry in book.entries:
        if entry.from_on and entry.until_on and entry.until_on <= entry.from_on:
            yield f"{place(entry)} 的 until 应晚于 from。"
    for limit in book.of(Limit):
        yield from _limit_faults(limit, {each.code: each for each in book.of(Limit)})
    for chain in book.of(Chain):
        yield from _chain_faults(chain)
    for cadence in book.of(Cadence):
        for each in cadence.by:
            if each.day > LONGEST_MONTHS.get(each.month, each.day):
                yield f"{place(cadence)} 的 by：{each.month}月没有{each.day}日。"
    yield from _target_faults(book)
    yield from _option_faults(book)


def place(entry: Entry) -> str:
    return f"[{entry.section}]" if entry.single else f"[[{entry.section}]]（{entry.code}）"


def _limit_faults(limit: Limit, limits: dict[str, Limit]) -> Iterator[str]:
    before = limit.counts is Counts.BEFORE
    if before and limit.roll is Roll.FORWARD:
        yield f'{place(limit)}：事前期限（counts = "before"）遇休息日应提前，roll 不能是 forward。'
    if before and (limit.cap or limit.extension_allowed or limit.suspension_allowed):
        yield f"{place(limit)}：事前期限不能有 cap、延期或中止。"
    if limit.cap == limit.code:
        yield f"{place(limit)} 的 cap 不能是它自己。"
    cap = limits.get(limit.cap)
    if cap and cap is not limit:
        yield from cap_faults(limit, cap)


def cap_faults(limit: Limit, cap: Limit) -> Iterator[str]:
    """Whether `cap` can cap `limit`; asked again where the two stand in different books."""
    if cap.cap or cap.extension_allowed or cap.counts is Counts.BEFORE:
        yield f"{place(limit)} 的 cap“{cap.code}”本身不能再有 cap、可延期或为事前期限。"
    if cap.starts_from is not limit.starts_from:
        yield f"{place(limit)} 与 cap“{cap.code}”的 starts_from 应相同。"


def _chain_faults(chain: Chain) -> Iterator[str]:
    for what, values in (("code", [s.code for s in chain.steps]), ("marks", [s.marks for s in chain.steps if s.marks])):
        for value in _repeated(values):
            yield f"{place(chain)} 的步骤 {what}“{value}”重复。"


def _target_faults(book: Book) -> Iterator[str]:
    codes = {target.code for target in book.of(Target)}
    for target in book.of(Target):
        if target.within and (target.within not in codes or target.within == target.code):
            yield f"{place(target)} 的 within“{target.within}”不是本制度的另一目标。"


def _option_faults(book: Book) -> Iterator[str]:
    for scale in book.of(RatingScale):
        for code in _repeated(option.code for option in scale.options):
            yield f"{place(scale)} 的等次 code“{code}”重复。"
        if len({option.satisfied for option in scale.options}) == 1:
            yield f"{place(scale)} 的等次应有满意的，也有不满意的（satisfied）。"
    for mark in _repeated(outcome.mark for outcome in book.of(Outcome) if outcome.mark):
        yield f"[[outcome]] 的 mark“{mark}”重复，一个字母只能有一个意思。"
    for ladder in book.of(Ladder):
        numbers = [each for each in (ladder.early, ladder.near, ladder.last) if each]
        if numbers != sorted(set(numbers), reverse=True):
            yield "[ladder] 的 early、near、last 应从大到小。"


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]

"""Which books an office stands on, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import require
from huiyin.regulations.models import RuleBook, StackEntry
from huiyin.regulations.operations.recomputing import ask_recompute
from huiyin.regulations.queries import place_for, stack_for
from huiyin.regulations.standing import Standing, kept_alone


class StackRefused(Refusal):
    """An order of books that can't hold."""

    code = "regulations.stack_refused"


@operation
def set_stack(*, procuratorate: Procuratorate, books: Sequence[RuleBook], actor: PostActor, at: datetime) -> None:
    """Choose the books of an office, widest first; open dates are computed anew. Raises NotAllowed, StackRefused."""
    require(actor, "regulations.set_stack", procuratorate)
    _refuse_odd_choice(procuratorate, books)
    before = set(stack_for(procuratorate, at.date()).faults(at.date()))
    _write(procuratorate, books)
    new_faults = [fault for fault in stack_for(procuratorate, at.date()).faults(at.date()) if fault not in before]
    if new_faults:
        raise StackRefused("\n".join(new_faults))
    offices = Standing.now().following(procuratorate)
    ask_recompute(cause=f"{procuratorate.name}调整适用的制度", offices=offices, since=None, actor=actor, at=at)
    target = Target(kind="organisations.procuratorate", key=str(procuratorate.pk), label=procuratorate.name)
    record("regulations.stack_set", actor=actor, target=target, at=at, books=[book.code for book in books])


def join_stack(procuratorate: Procuratorate, book: RuleBook) -> None:
    """Add a book to an office's own stack, after those no more specific, unless it stands there. Inside an operation.

    An office that stood on the stack above chooses it herewith as its own."""
    present = _present(procuratorate)
    if book in present:
        return
    place = place_for(book.level, [each.level for each in present])
    _write(procuratorate, [*present[:place], book, *present[place:]])


def _present(procuratorate: Procuratorate) -> list[RuleBook]:
    standing = Standing.now()
    deciding = standing.deciding(procuratorate.pk)
    entries = StackEntry.objects.filter(procuratorate=deciding).select_related("book")
    inherited = deciding != procuratorate.pk
    return [entry.book for entry in entries if not (inherited and kept_alone(entry.book))]


def _write(procuratorate: Procuratorate, books: Sequence[RuleBook]) -> None:
    StackEntry.objects.filter(procuratorate=procuratorate).delete()
    StackEntry.objects.bulk_create(
        StackEntry(procuratorate=procuratorate, book=book, position=position) for position, book in enumerate(books)
    )


def _refuse_odd_choice(procuratorate: Procuratorate, books: Sequence[RuleBook]) -> None:
    if not books:
        raise StackRefused("至少要有一部制度，否则所有期限都没有依据。")
    if len(set(books)) != len(books):
        raise StackRefused("同一部制度只能列一次。")
    for book in books:
        if kept_alone(book) and book.procuratorate_id != procuratorate.pk:
            raise StackRefused(f"《{book.title}》是其他检察院的本院制度，不能列入。")
        if not book.versions.filter(status="in_force").exists():
            raise StackRefused(f"《{book.title}》还没有经批准施行的版本，请先批准再列入。")

"""The second person's word on a loaded text: in force, or not."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import require
from huiyin.regulations.books import Book
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.operations.persons import person_key, target_of
from huiyin.regulations.operations.recomputing import ask_recompute
from huiyin.regulations.operations.rows import write_rows
from huiyin.regulations.operations.stacks import join_stack
from huiyin.regulations.queries import book_of, stack_for, with_book
from huiyin.regulations.standing import Standing


class SamePerson(Refusal):
    """Loader and approver are one person."""

    code = "regulations.same_person"


class NotWaiting(Refusal):
    """The version was decided before."""

    code = "regulations.not_waiting"


class StackFaulty(Refusal):
    """Together with the other books in force this one names things that don't exist; `sentences` say which."""

    code = "regulations.stack_faulty"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


@operation
def put_in_force(*, version: RuleBookVersion, actor: PostActor, at: datetime) -> RuleBookVersion:
    """Approve a loaded text: it holds from its first day on, for every office that stands on its book; the actor's
    own office joins them. Open dates that began since its first day are computed anew afterwards.

    Raises NotAllowed, NotWaiting, SamePerson, StackFaulty."""
    version = _waiting(version)
    require(actor, "regulations.put_in_force", version)
    if person_key(actor) == version.loaded_by:
        raise SamePerson(f"{actor.label}是装入人。装入和批准必须是两个人，请由另一位有批准权限的同事批准。")
    book = book_of(version)
    offices = Standing.now().would_be_on(version.book, by=actor.post.procuratorate)
    _refuse_faults(book, offices, at.date())
    version.book.versions.filter(status="in_force", from_on=version.from_on).update(status="replaced")
    _decide(version, "in_force", actor, at)
    version.book.title, version.book.issuer, version.book.level = book.title, book.issuer, book.level.value
    version.book.save(update_fields=["title", "issuer", "level"])
    write_rows(version, book)
    join_stack(actor.post.procuratorate, version.book)
    cause = f"《{book.title}》{version.version}版施行"
    ask_recompute(cause=cause, offices=offices, since=version.from_on, actor=actor, at=at)
    record(
        "regulations.put_in_force", actor=actor, target=target_of(version), at=at,
        code=book.code, from_on=version.from_on, until_on=version.until_on, sha256=version.sha256,
        loaded_by=version.loaded_by, offices=sorted(offices),
    )  # fmt: skip
    return version


@operation
def refuse_version(*, version: RuleBookVersion, note: str, actor: PostActor, at: datetime) -> RuleBookVersion:
    """Don't put a loaded text in force, with the reason. Raises NotAllowed, NotWaiting."""
    version = _waiting(version)
    require(actor, "regulations.refuse_version", version)
    version.note = note
    _decide(version, "refused", actor, at)
    record("regulations.version_refused", actor=actor, target=target_of(version), at=at, note=note)
    return version


def _waiting(version: RuleBookVersion) -> RuleBookVersion:
    """The version, locked and read anew. Raises NotWaiting."""
    locked = RuleBookVersion.objects.select_for_update(of=("self",)).select_related("book").get(pk=version.pk)
    if locked.status != "loaded":
        raise NotWaiting(
            f"《{locked.book.title}》{locked.version}版{locked.get_status_display()}，不再等待批准。请刷新页面。"
        )
    return locked


def _decide(version: RuleBookVersion, status: str, actor: PostActor, at: datetime) -> None:
    version.status = status
    version.approved_by, version.approved_label, version.approved_at = person_key(actor), actor.label, at
    version.save(update_fields=["status", "approved_by", "approved_label", "approved_at", "note"])


def _refuse_faults(book: Book, offices: set[int], today: date) -> None:
    """Refuse what this book would break: references that lead nowhere on its first day or, once begun, today."""
    days = {book.from_on, max(book.from_on, today)}
    found: dict[str, None] = {}
    for office in Procuratorate.objects.filter(pk__in=offices):
        for day in sorted(days):
            now = stack_for(office, day)
            before = set(now.faults(day))
            found |= {fault: None for fault in with_book(now, book).faults(day) if fault not in before}
    if found:
        raise StackFaulty(list(found))

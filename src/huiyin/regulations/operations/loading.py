"""Loading a text: checked, kept, and then waiting for a second person."""

from __future__ import annotations

import hashlib
from datetime import datetime

from huiyin.audit.actors import SYSTEM, Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import require
from huiyin.regulations.books import Book, load, shipped_texts
from huiyin.regulations.books.vocabulary import Level
from huiyin.regulations.models import RuleBook, RuleBookVersion
from huiyin.regulations.operations.persons import person_key, target_of


class TextKnown(Refusal):
    """The text, or another one under its version's name, is here already."""

    code = "regulations.text_known"


class BookTaken(Refusal):
    """The book's code belongs to another office."""

    code = "regulations.book_taken"


@operation
def load_book(*, text: str, file: str, actor: PostActor, at: datetime) -> RuleBookVersion:
    """Check a text and keep it, waiting for approval. Raises NotAllowed, BookFaulty, TextKnown, BookTaken."""
    require(actor, "regulations.load_book")
    book = load(text, file)
    owner = actor.post.procuratorate if book.level is Level.LOCAL else None
    version = _keep(book, text, file, owner, actor, at)
    record(
        "regulations.book_loaded", actor=actor, target=target_of(version), at=at, code=book.code, sha256=version.sha256
    )
    return version


@operation
def load_shipped_books(*, at: datetime) -> list[RuleBookVersion]:
    """Keep the books that come with the house, national ones first; returns those new here. They too wait for a
    person's approval; the loader is the house itself. Safe to repeat."""
    loaded = []
    for name, text in sorted(shipped_texts(), key=lambda each: not each[0].startswith("national/")):
        if not RuleBookVersion.objects.filter(sha256=digest_of(text)).exists():
            loaded.append(_keep(load(text, name), text, name, None, SYSTEM, at))
    digests = {version.file: version.sha256 for version in loaded}
    shipped = Target(kind="regulations.shipped", key="shipped", label="随系统提供的制度")
    record("regulations.shipped_loaded", actor=SYSTEM, target=shipped, at=at, sha256=digests)
    return loaded


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(book: Book, text: str, file: str, owner: Procuratorate | None, actor: Actor, at: datetime) -> RuleBookVersion:
    row, _ = RuleBook.objects.get_or_create(
        code=book.code,
        defaults={"title": book.title, "issuer": book.issuer, "level": book.level.value, "procuratorate": owner},
    )
    row = RuleBook.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.procuratorate is not None and row.procuratorate != owner:
        raise BookTaken(f"编码“{book.code}”已是{row.procuratorate.name}的制度，请在 [book] 的 code 里另取一个编码。")
    _refuse_known(row, book, digest_of(text))
    return RuleBookVersion.objects.create(
        book=row,
        version=book.version,
        file=file[:120],
        text=text,
        sha256=digest_of(text),
        from_on=book.from_on,
        until_on=book.until_on,
        loaded_by=person_key(actor),
        loaded_label=actor.label,
        loaded_at=at,
    )


def _refuse_known(row: RuleBook, book: Book, digest: str) -> None:
    known = row.versions.filter(version=book.version, status__in=["loaded", "in_force"]).first()
    if known is None:
        return
    name = f"《{known.book.title}》{known.version}版"
    if known.sha256 == digest:
        raise TextKnown(f"{name}的同一文本已经装入（{known.get_status_display()}），不必重复装入。")
    if known.status == "loaded":
        raise TextKnown(f"{name}已有另一文本在等待批准。请先由批准人处理那一份，再装入新的。")
    raise TextKnown(f"{name}已批准施行。内容有改动的，请在 [book] 的 version 里写上新的版本号。")

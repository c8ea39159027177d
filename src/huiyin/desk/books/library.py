"""制度库: every text that comes with the house and every book an office may choose; loading one; all side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from huiyin.audit.actors import Target
from huiyin.desk.books import showing
from huiyin.desk.books.comparing import Column, compared, place_of
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import may
from huiyin.regulations import operations
from huiyin.regulations.books import Book, library, stack
from huiyin.regulations.books.vocabulary import Level
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.queries import approved_texts, book_of, stack_for, versions_for
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

PLACES = "places/"
BETWEEN = frozenset({Level.PROVINCIAL, Level.CITY})


@dataclass(frozen=True)
class Shelved:
    """One book of the library: the text that comes with the house, or the version loaded from it."""

    name: str
    book: Book
    version: RuleBookVersion | None
    in_stack: bool

    @property
    def state(self) -> str:
        if self.version is None:
            return "未装入"
        if self.version.status == "in_force":
            return "本院适用" if self.in_stack else "已批准，本院没有采用"
        return self.version.get_status_display()

    @property
    def unconfirmed(self) -> int:
        return showing.unconfirmed_in(self.book)

    @property
    def level(self) -> str:
        return showing.level_text(self.book.level)


@desk_page("regulations.list_books")
def shelf(request: StaffRequest) -> HttpResponse:
    """What the house brings, what of it is loaded, and what the office stands on."""
    shelved = _shelved(request.post.procuratorate)
    context = {
        "title": "制度库",
        "places": [each for each in shelved if each.name.startswith(PLACES)],
        "others": [each for each in shelved if not each.name.startswith(PLACES)],
        "may_load": may(request.actor, "regulations.load_book"),
        "may_stack": may(request.actor, "regulations.set_stack"),
    }
    return render(request, "desk/books/library.html", context)


def _shelved(office: Procuratorate) -> list[Shelved]:
    known = {each.sha256: each for each in versions_for(office).exclude(status__in=["refused", "replaced"])}
    standing = {code for _, code, _ in approved_texts(office)}
    found = []
    for each in library():
        version = known.get(operations.digest_of(each.text))
        found.append(Shelved(each.name, each.book, version, each.book.code in standing))
    return found


@desk_page("regulations.load_book", methods=["POST"])
def take(request: StaffRequest) -> HttpResponse:
    """Load one text of the library; it then waits for the second person like any other."""
    asked = request.POST.get("name", "")
    text = next((each for each in library() if each.name == asked), None)
    if text is None:
        raise Http404
    try:
        version = operations.load_book(text=text.text, file=text.name, actor=request.actor, at=now())
    except Refusal as refusal:
        target = Target(kind="regulations.file", key=text.name[:80], label=text.book.title)
        messages.error(request, refused(request, "regulations.load_book", refusal, target=target))
        return go_to(request, "desk:books:library")
    messages.success(request, f"已装入《{text.book.title}》，等待另一人批准。")
    return go_to(request, "desk:books:moves", version.pk)


@desk_page("regulations.list_books")
def compare(request: StaffRequest) -> HttpResponse:
    """The office's own stack, the national law, and each place over it; `only` leaves out what nobody rules apart."""
    on, office = today(), request.post.procuratorate
    columns = _columns(office, on)
    chosen = set(request.GET.getlist("place")) & {each.code for each in columns}
    shown = [each for each in columns if each.own or not chosen or each.code in chosen]
    rows = compared(shown, on)
    context: dict[str, Any] = {
        "title": "各地制度对照",
        "on": on,
        "columns": shown,
        "places": [(each, each.code in chosen) for each in columns if not each.own],
        "rows": [row for row in rows if row.differs],
        "alike": [row for row in rows if not row.differs],
        "may_stack": may(request.actor, "regulations.set_stack"),
    }
    return render(request, "desk/books/compare.html", context)


def _columns(office: Procuratorate, on: date) -> list[Column]:
    national = [each.book for each in library() if each.book.level is Level.NATIONAL]
    own = Column("own", "本院现行", f"{on:%Y-%m-%d}适用的全部制度", stack_for(office, on), own=True)
    law = Column("national", "国家", "只按国家的规定", stack(national))
    places = (Column(code, place_of(book), _note(book), stack([*national, book])) for code, book in _places(office, on))
    return [own, law, *places]


def _places(office: Procuratorate, on: date) -> Iterable[tuple[str, Book]]:
    """Provincial and city books: those of the library, and in their place what was approved here."""
    shipped = [each for each in library() if each.book.level in BETWEEN]
    found = {each.book.code: each.book for each in shipped if each.name.startswith(PLACES)}
    samples = {each.book.code for each in shipped} - found.keys()
    approved = versions_for(office).filter(status="in_force", book__level__in=BETWEEN, from_on__lte=on)
    approved = approved.exclude(book__code__in=samples)
    for version in approved.order_by("from_on", "pk"):
        found[version.book.code] = book_of(version)
    return found.items()


def _note(book: Book) -> str:
    return f"《{book.title}》{book.version}版"

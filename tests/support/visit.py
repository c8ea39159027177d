"""`visit(client, url)`: fetch a page and hold it to what every page promises (design section 6)."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final
from xml.etree import ElementTree

import html5lib
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

LIST: Final = 12  # queries of a page that lists things
DETAIL: Final = 20  # queries of a page of one thing
# Pages allowed more, by name, each with the reason.
RAISED: Final[dict[str, tuple[int, str]]] = {
    "desk:home": (56, "everything that waits for a post, a line a kind of work, and what was promised"),
    "desk:books:moves": (38, "computes open dates anew under two stacks of books, however many there are"),
    "desk:books:stack_ahead": (32, "the same under another choice of books, beside the rules of both"),
    "desk:staff:person": (26, "counts each kind of open work that a closed post hands over"),
    "desk:filing:file": (52, "holds the book's list against everything in the file, and lists every paper of it"),
    "desk:files:download": (34, "asks every room that may hold the file whether it opens for the reader"),
    "desk:proposals:detail": (26, "the whole sheet with its leaders, parts and dates, beside its road"),
    "desk:matters:list": (
        20,
        "keys first, out of an index each for own and lower offices; the filters offer departments and sessions",
    ),
    "desk:matters:detail": (38, "composed of the sections of every subject; whose signature a joint reply has"),
    "desk:replies:detail": (30, "versions, road, deliveries and who still waits, and the talks a draft still lacks"),
    "desk:replies:edit": (24, "the text, what was wished of it, the talks it lacks and the reasons the book offers"),
    "desk:supervisions:propose": (18, "who may sign each level, and why the department is pressed"),
    "desk:statistics:overview": (20, "the facts of all matters of a year in nine lists, and the sessions offered"),
    "desk:statistics:records": (24, "the same facts, then the rows of the records behind a figure"),
    "desk:statistics:report": (24, "the same facts while a report is a draft, and what stands beside it"),
    "desk:statistics:corrections": (24, "the same facts as they stand now, beside the report's"),
    "desk:statistics:report_records": (24, "the same facts, then the rows"),
}

# what every page of a post asks before it trusts what is kept (huiyin.desk.kept)
NEWEST_RECORD: Final = 'SELECT "audit_record"."id" AS "id" FROM "audit_record"'

_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_LABELLED: Final = {"input", "select", "textarea"}
_UNLABELLED: Final = {"hidden", "submit", "button", "reset", "image"}


def visit(client: Client, url: str, **headers: str) -> Any:
    """GET a page and check it; gives the response. Raises AssertionError naming what is missing."""
    caches["memory"].clear()  # what a page asks when nothing is kept
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url, headers=headers)
    assert response.status_code == 200, f"{url} answered {response.status_code}"
    check_queries(url, [query["sql"] for query in queries])
    if response.headers["Content-Type"].startswith("text/html"):
        check_html(url, response.content.decode())
    return response


def ceiling(url: str) -> int:
    """How many queries a page may make; a page of one thing has a number or a code in its address."""
    match = resolve(url.partition("?")[0])
    if match.view_name in RAISED:
        return RAISED[match.view_name][0]
    return DETAIL if match.kwargs or match.args else LIST


def check_queries(url: str, statements: list[str]) -> None:
    """The ceiling, and that reading writes nothing."""
    apart = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", NEWEST_RECORD)
    asked = [sql for sql in statements if not sql.startswith(apart)]
    allowed = ceiling(url)
    listed = "\n".join(f"  {sql[:160]}" for sql in asked)
    assert len(asked) <= allowed, f"{url} makes {len(asked)} queries, allowed are {allowed}:\n{listed}"
    assert not writing(statements), f"{url} writes on GET: {writing(statements)}"


def writing(statements: list[str]) -> list[str]:
    """The statements that change a table."""
    return [
        sql for sql in statements if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|CREATE|DROP|ALTER)\b", sql)
    ]


def check_html(url: str, html: str) -> None:
    """Strict HTML, a title, one h1, labels, unique ids, nonces, nothing inline."""
    root = parsed(url, html)
    elements = [(str(element.tag).removeprefix(_XHTML), element) for element in root.iter()]
    title = next((element.text or "" for tag, element in elements if tag == "title"), "")
    assert title.removesuffix("｜回音").strip(), f"{url} has no title"
    headings = [element for tag, element in elements if tag == "h1"]
    assert len(headings) == 1, f"{url} has {len(headings)} h1"
    assert "".join(headings[0].itertext()).strip(), f"{url} has an empty h1"
    ids = Counter(element.get("id") for _, element in elements if element.get("id"))
    twice = [name for name, times in ids.items() if times > 1]
    assert not twice, f"{url} uses ids twice: {twice}"
    _check_labels(url, elements, set(ids))
    _check_scripts(url, elements)


def parsed(url: str, html: str) -> ElementTree.Element:
    """The page as html5lib reads it, strictly."""
    parser = html5lib.HTMLParser(strict=True)
    try:
        return parser.parse(_known(html))
    except html5lib.html5parser.ParseError as error:
        line, column = parser.errors[-1][0] if parser.errors else (0, 0)
        around = "\n".join(html.splitlines()[max(line - 3, 0) : line + 1])
        raise AssertionError(f"{url} is no valid HTML, line {line} column {column}: {error}\n{around}") from None


def _known(html: str) -> str:
    # html5lib is older than <template>, which it takes for an unknown element in a place where none may stand.
    return re.sub(r"<(/?)template\b", r"<\1div", html)


def _check_labels(url: str, elements: list[tuple[str, Any]], ids: set[str | None]) -> None:
    named = {element.get("for") for tag, element in elements if tag == "label"}
    wrapped = {inner for tag, element in elements if tag == "label" for inner in element.iter()}
    for tag, element in elements:
        if tag not in _LABELLED or element.get("type") in _UNLABELLED:
            continue
        by = (element.get("aria-labelledby") or "").split()
        labelled = element.get("aria-label") or element.get("id") in named or element in wrapped
        assert labelled or (by and set(by) <= ids), f"{url}: no label for {tag} {element.get('name')!r}"
    orphans = [name for name in named if name and name not in ids]
    assert not orphans, f"{url}: labels for nothing: {orphans}"


def _check_scripts(url: str, elements: list[tuple[str, Any]]) -> None:
    for tag, element in elements:
        if tag == "script":
            assert element.get("nonce"), f"{url} has a script without nonce"
        inline = [name for name in element.keys() if name == "style" or re.match(r"on[a-z]+$", name)]  # noqa: SIM118
        assert not inline, f"{url}: {tag} carries {inline}"

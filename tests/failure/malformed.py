"""What no form of ours would send: values, bodies, files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.forms import Control

HUGE: Final = str(10**30)
LONG: Final = "长" * 10_000  # ten times this is more than any field takes, and less than a request may hold

# For every field of a form, or every parameter of an address, at once.
VALUES: Final[dict[str, str]] = {
    "words where a number belongs": "十二",
    "a number of thirty digits": HUGE,
    "a day there is not": "2026-02-30",
    "characters nobody sees": "\u202e\x1b[2J\x07\x0b\u200f",
}

# As bytes of a body or an address: no text field holds them.
UNREADABLE: Final[dict[str, bytes]] = {"a NUL": b"%00", "a lone surrogate": b"%ED%A0%80", "no UTF-8": b"\xff\xfe"}

# One field at a time, by the kind of its control: each must be refused or leave things as they are.
BY_KIND: Final[dict[str, tuple[str, ...]]] = {
    "text": (LONG,),
    "textarea": (LONG * 10,),
    "number": (HUGE,),
    "hidden": (HUGE,),
    "select": (HUGE,),
    "radio": (HUGE,),
    "checkbox": (HUGE,),
}
# Written as a day should be, and no day an office will meet.
DAYS: Final = ("0001-01-01", "9999-12-31")

CURSORS: Final = ("-1", HUGE, f"9999-12-31~{HUGE}", "0001-01-01~0", "1e309", "a" * 5_000)

METHODS: Final = ("PUT", "DELETE", "PATCH", "BREW")


# Of a set of lines only their number is looked at.
_NOT_LOOKED_AT: Final = ("-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")


def bad_values(control: Control) -> tuple[str, ...]:
    """What this control could never have sent; a box that is only ticked says yes with any words."""
    is_yes = control.kind == "checkbox" and control.offered in {("on",), ("1",)}
    if is_yes or control.name.endswith(_NOT_LOOKED_AT):
        return ()
    return BY_KIND.get(control.kind, ())


def encoded(names: Iterator[str] | list[str], value: bytes) -> bytes:
    """A form body in which every field holds these bytes as they are."""
    return b"&".join(quote(name).encode() + b"=" + value for name in names)


BOUNDARY: Final = "grenze"
_PART: Final = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\n'.encode()
_FILE: Final = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="originals"; filename="%s"\r\n'
    "Content-Type: application/pdf\r\n%s\r\n"
).encode()
_END: Final = f"\r\n--{BOUNDARY}--\r\n".encode()

# Bodies under the content type multipart/form-data; what comes of each is a page with a sentence or nothing at all.
BODIES: Final[dict[str, tuple[str, bytes]]] = {
    "no boundary": ("multipart/form-data", _PART + b"x" + _END),
    "an empty boundary": ("multipart/form-data; boundary=", _PART + b"x" + _END),
    "a boundary of two hundred characters": (f"multipart/form-data; boundary={'b' * 200}", _PART + b"x" + _END),
    "a boundary that is no ASCII": ("multipart/form-data; boundary=\u00e9", _PART + b"x" + _END),
    "another boundary": ("multipart/form-data; boundary=anders", _PART + b"x" + _END),
    "no end": (f"multipart/form-data; boundary={BOUNDARY}", _PART + b"x"),
    "no beginning": (f"multipart/form-data; boundary={BOUNDARY}", b"x" * 300),
    "nothing at all": (f"multipart/form-data; boundary={BOUNDARY}", b""),
    "a part without a name": (f"multipart/form-data; boundary={BOUNDARY}", b"--grenze\r\n\r\nx" + _END),
    "base64 that is none": (
        f"multipart/form-data; boundary={BOUNDARY}",
        _PART[:-2] + b"Content-Transfer-Encoding: base64\r\n\r\n\xff\xff\xff" + _END,
    ),
    "a file whose name is NUL": (f"multipart/form-data; boundary={BOUNDARY}", _FILE % (b"\x00.pdf", b"") + _END),
    "a file whose name climbs": (f"multipart/form-data; boundary={BOUNDARY}", _FILE % (b"../../x.pdf", b"") + _END),
    "a file whose name is no UTF-8": (f"multipart/form-data; boundary={BOUNDARY}", _FILE % (b"\xff\xfe", b"") + _END),
    "a file in base64 that is none": (
        f"multipart/form-data; boundary={BOUNDARY}",
        _FILE % (b"a.pdf", b"Content-Transfer-Encoding: base64\r\n") + b"\xff\xff\xff" + _END,
    ),
    "a content type that is not ours": ("application/json", b'{"title": ["a"]}'),
    "XML": ("text/xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    "a form in another encoding": ("application/x-www-form-urlencoded; charset=utf-16", "title=a".encode("utf-16")),
    "a form in an encoding for bytes": ("application/x-www-form-urlencoded; charset=hex", b"title=616"),
    "an encoding nobody knows": ("application/x-www-form-urlencoded; charset=klingon", b"title=a"),
    "a form without names": ("application/x-www-form-urlencoded", b"=&=&&&;;%%%=%"),
}

# Programs under the names of papers.
PROGRAMS: Final[dict[str, bytes]] = {
    "清单.xlsx": b"MZ\x90\x00" + b"\x00" * 400,
    "答复.docx": b"\x7fELF\x02\x01\x01" + b"\x00" * 400,
    "扫描.pdf": b"MZ\x90\x00" + b"\x00" * 400,
    "扫描.jpg": b"#!/bin/sh\nexit 0\n",
    "空.pdf": b"",
}
TOO_BIG: Final = 30 * 1024 * 1024


def strange_files() -> Iterator[SimpleUploadedFile]:
    """Files no field takes: programs under the names of papers, an empty one, thirty megabytes."""
    for name, content in PROGRAMS.items():
        yield SimpleUploadedFile(name, content)
    yield SimpleUploadedFile("大扫描.pdf", b"%PDF-1.4\n" + b"\x00" * TOO_BIG)

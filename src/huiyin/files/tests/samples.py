"""Small files of every kind, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import openpyxl

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
JPEG = b"\xff\xd8\xff\xe0" + bytes(32)
TIFF = b"II*\x00" + bytes(32)
PROGRAM = b"MZ\x90\x00" + bytes(200)


def word(text: str = "样本") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def excel(rows: list[list[object]] | None = None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows or [["序号"]]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def packed(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_members(office_file: bytes, members: dict[str, bytes]) -> bytes:
    """An Office file with further members in its package."""
    with zipfile.ZipFile(io.BytesIO(office_file)) as archive:
        present = {info.filename: archive.read(info) for info in archive.infolist()}
    return packed(present | members)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of 512-byte sectors with these streams (each padded to 4096 bytes)."""
    names = list(streams)
    padded = [streams[name].ljust(4096, b"\x00") for name in names]
    directory_sectors = (len(names) + 1 + 3) // 4
    chains, at = [(1, directory_sectors)], 1 + directory_sectors
    for content in padded:
        chains.append((at, -(-len(content) // 512)))
        at += chains[-1][1]
    table = [0xFFFFFFFF] * 128
    table[0] = 0xFFFFFFFD
    for start, count in chains:
        for sector in range(start, start + count):
            table[sector] = sector + 1 if sector + 1 < start + count else 0xFFFFFFFE
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    entries += [
        _entry(name, 2, start, len(content))
        for name, (start, _), content in zip(names, chains[1:], padded, strict=True)
    ]
    directory = b"".join(entries).ljust(directory_sectors * 512, b"\x00")
    body = b"".join(content.ljust(-(-len(content) // 512) * 512, b"\x00") for content in padded)
    return header + struct.pack("<128I", *table) + directory + body


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    head = encoded.ljust(64, b"\x00") + struct.pack("<HBBIII", len(encoded), kind, 1, *[0xFFFFFFFF] * 3)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def records(*items: tuple[int, bytes]) -> bytes:
    """A stream of BIFF records, as old workbooks have."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in items)

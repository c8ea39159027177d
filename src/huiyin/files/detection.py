"""What a file is, told by its content and never by its name; what may not enter is refused with a sentence. No Django.

Start at `detect`. Zip containers are measured by really inflating them, so a declared size cannot lie."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from huiyin.files.ole import MAGIC as OLE_MAGIC
from huiyin.files.ole import BrokenContainer, Container
from huiyin.kernel.refusals import Refusal


class FileRefused(Refusal):
    """The file may not enter: its type, its content or its size."""

    code: ClassVar[str] = "files.refused"


@dataclass(frozen=True)
class FileType:
    """A type of file the house keeps."""

    extension: str  # without the dot
    media_type: str
    label: str


PDF: Final = FileType("pdf", "application/pdf", "PDF 文件")
DOCX: Final = FileType(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档（.docx）"
)
XLSX: Final = FileType(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格（.xlsx）"
)
OFD: Final = FileType("ofd", "application/ofd", "OFD 版式文件")
DOC: Final = FileType("doc", "application/msword", "Word 文档（.doc）")
XLS: Final = FileType("xls", "application/vnd.ms-excel", "Excel 表格（.xls）")
PNG: Final = FileType("png", "image/png", "PNG 图片")
JPEG: Final = FileType("jpg", "image/jpeg", "JPEG 图片")
TIFF: Final = FileType("tiff", "image/tiff", "TIFF 图片")
TEXT: Final = FileType("txt", "text/plain", "纯文本")

ACCEPTED: Final = "PDF、OFD、Word（.docx、.doc）、Excel（.xlsx、.xls）、图片（.jpg、.png、.tiff）和纯文本（.txt）"
_MAX_MEMBERS: Final = 5_000
_MAX_INFLATED: Final = 200 * 1024 * 1024
_PIECE: Final = 1024 * 1024
_OLE10_NATIVE: Final = "Ole10Native".encode("utf-16-le")  # any file packed into a document

# Names that a double click would run, whatever the content.
_RUNNABLE: Final = frozenset(
    {
        "exe", "com", "scr", "pif", "bat", "cmd", "msi", "msp", "dll", "cpl", "lnk", "url", "reg", "vbs", "vbe", "js",
        "jse", "wsf", "wsh", "ps1", "psm1", "hta", "jar", "apk", "sh", "py", "php", "htm", "html", "mht", "mhtml",
        "svg", "xml", "xhtml", "chm", "iso", "img", "docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "ppam",
        "potm", "xll",
    }
)  # fmt: skip
_PROGRAMS: Final = (
    b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"dex\n", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_ARCHIVES: Final = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"PK\x05\x06")
_MARKUP: Final = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?php", b"<?xml", b"<hta:", b"<%")


def detect(content: bytes, name: str) -> FileType:
    """The type of a file by its content. Raises FileRefused, naming the file, for whatever the house does not keep."""
    try:
        return _detect(content, name)
    except FileRefused as refusal:
        raise type(refusal)(f"文件“{name}”没有保存：{refusal}") from None


def _detect(content: bytes, name: str) -> FileType:
    if not content:
        raise FileRefused("文件是空的。")
    if content.startswith(_PROGRAMS) or _extension(name) in _RUNNABLE:
        raise FileRefused("不能上传程序、脚本、网页或者带宏的文件。请另存为 PDF 或 .docx 后上传。")
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _detect_zip(content)
    if content.startswith(OLE_MAGIC):
        return _detect_ole(content)
    for magic, kind in (
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\xff\xd8\xff", JPEG),
        (b"II*\x00", TIFF),
        (b"MM\x00*", TIFF),
    ):
        if content.startswith(magic):
            return kind
    return _detect_text(content, name)


def _extension(name: str) -> str:
    # Windows drops trailing dots and spaces, so "a.exe." runs.
    return name.rstrip(". ").rpartition(".")[2].lower()


def _detect_text(content: bytes, name: str) -> FileType:
    if content.startswith(_ARCHIVES):
        raise FileRefused("不收压缩包，请解压后逐个上传。")
    if content.startswith(b"{\\rtf"):
        raise FileRefused("这是 RTF 文件，请用 Word 或 WPS 另存为 .docx 后上传。")
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise FileRefused("不能上传程序、脚本、网页或者带宏的文件。请另存为 PDF 或 .docx 后上传。")
    if _extension(name) != "txt" or not _reads_as_text(content):
        raise FileRefused(f"认不出这种文件。可以上传：{ACCEPTED}。")
    return TEXT


def _reads_as_text(content: bytes) -> bool:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(character >= " " or character in "\t\n\r\f" for character in text)
    return False


def _detect_zip(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error, OSError, IndexError):
        raise FileRefused("文件已损坏，打不开。请用 Word、WPS 或 Excel 打开原文件另存一次再上传。") from None
    names = {member.filename.lower(): member for member in members}
    kind = _office_kind(names)
    if any(member.flag_bits & 0x1 for member in members):
        raise FileRefused("文件有密码。请去掉密码后上传。")
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_INFLATED:
        raise FileRefused("文件解开后大得不正常，不能上传。请另存为 PDF 后上传。")
    if _has_macros(names):
        raise FileRefused("文件带有宏或者控件。请另存为不带宏的 .docx、.xlsx 或 PDF 后上传。")
    left = _MAX_INFLATED
    for member in members:
        left -= _inflated_size(content, member, left)
    for path, member in names.items():
        if path.endswith(".bin") and "/embeddings/" in path and _OLE10_NATIVE in _inflate(content, member):
            raise FileRefused("文档里嵌入了别的文件。请把嵌入的文件取出，另作附件上传。")
    return kind


def _office_kind(names: Iterable[str]) -> FileType:
    present = set(names)
    if "[content_types].xml" in present:
        if "word/document.xml" in present:
            return DOCX
        if "xl/workbook.xml" in present:
            return XLSX
        if "xl/workbook.bin" in present:
            raise FileRefused("这是二进制的 Excel 文件（.xlsb），请另存为 .xlsx 后上传。")
        if any(path.startswith("ppt/") for path in present):
            raise FileRefused("演示文稿请另存为 PDF 后上传。")
    if "ofd.xml" in present:
        return OFD
    raise FileRefused("不收压缩包，请解压后逐个上传。")


def _has_macros(names: Iterable[str]) -> bool:
    return any(
        path.endswith(("vbaproject.bin", "vbadata.xml"))
        or path.startswith(("xl/macrosheets/", "xl/dialogsheets/"))
        or "/activex/" in path
        for path in names
    )


def _inflated_size(content: bytes, member: zipfile.ZipInfo, limit: int) -> int:
    return sum(len(piece) for piece in _pieces(content, member, limit))


def _inflate(content: bytes, member: zipfile.ZipInfo) -> bytes:
    return b"".join(_pieces(content, member, _MAX_INFLATED))


def _pieces(content: bytes, member: zipfile.ZipInfo, limit: int) -> Iterable[bytes]:
    """The member as a reader that trusts no declared size would get it. Raises FileRefused beyond the limit."""
    head = content[member.header_offset : member.header_offset + 30]
    if len(head) < 30 or not head.startswith(b"PK\x03\x04") or member.compress_type not in (0, 8):
        raise FileRefused("文件已损坏，打不开。请用 Word、WPS 或 Excel 打开原文件另存一次再上传。")
    name_length, extra_length = struct.unpack_from("<HH", head, 26)
    start = member.header_offset + 30 + name_length + extra_length
    data = content[start : start + member.compress_size]
    if member.compress_type == 0:
        yield data
        return
    inflater, size = zlib.decompressobj(-15), 0
    while data:
        try:
            piece = inflater.decompress(data, _PIECE)
        except zlib.error:
            raise FileRefused("文件已损坏，打不开。请用 Word、WPS 或 Excel 打开原文件另存一次再上传。") from None
        size += len(piece)
        if size > limit:
            raise FileRefused("文件解开后大得不正常，不能上传。请另存为 PDF 后上传。")
        yield piece
        data = inflater.unconsumed_tail
        if not piece and inflater.eof:
            return


def _detect_ole(content: bytes) -> FileType:
    try:
        container = Container(content)
        names = container.names()
        workbook = container.stream("Workbook") or container.stream("Book")
        document = container.stream("WordDocument")
    except (BrokenContainer, struct.error, ValueError):
        raise FileRefused("文件已损坏，打不开。请用 Word、WPS 或 Excel 打开原文件另存一次再上传。") from None
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise FileRefused("文件有密码。请去掉密码后上传。")
    if names & {"_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR", "PROJECT"}:
        raise FileRefused("文件带有宏或者控件。请另存为不带宏的 .docx、.xlsx 或 PDF 后上传。")
    if any("Ole10Native" in name for name in names):
        raise FileRefused("文档里嵌入了别的文件。请把嵌入的文件取出，另作附件上传。")
    if document:
        if int.from_bytes(document[10:12], "little") & 0x0100:
            raise FileRefused("文件有密码。请去掉密码后上传。")
        return DOC
    if workbook:
        _check_workbook(workbook)
        return XLS
    raise FileRefused(f"认不出这种文件。可以上传：{ACCEPTED}。")


def _check_workbook(stream: bytes) -> None:
    """Walk the globals of an old workbook: a password, or a sheet of old-style macros."""
    at = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        if record == 0x002F:
            raise FileRefused("文件有密码。请去掉密码后上传。")
        if record == 0x0085 and length >= 6 and stream[at + 9] == 1:
            raise FileRefused("文件带有宏或者控件。请另存为不带宏的 .docx、.xlsx 或 PDF 后上传。")
        if record == 0x000A:
            return
        at += 4 + length

"""Opening a .docx that came from outside: what it must be, and how large it may grow, before anything is parsed."""

import io
import posixpath
import zipfile
import zlib
from typing import Any, Final, NamedTuple

from lxml import etree

from huiyin.kernel.refusals import Refusal

MAX_BYTES: Final = 20 * 1024 * 1024
_MAX_ENTRIES: Final = 2_000
_MAX_UNPACKED: Final = 100 * 1024 * 1024
_MAX_XML: Final = 20 * 1024 * 1024

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK\x03\x04"
_IS_ENCRYPTED: Final = 0x1
_DAMAGED: Final = "文件已损坏，无法打开。请在 WPS 或 Word 中打开后另存为 .docx，再重新上传。"
_SAVE_AS: Final = "请在 WPS 或 Word 中“另存为”Word 文档（.docx）后再上传。"


class CannotRead(Refusal):
    """The uploaded file, or something in it, cannot be read as a letter; the message says what and where."""

    code = "gongwen.cannot_read"


class Package(NamedTuple):
    """The XML parts of a .docx that a text is read from; styles and numbering may be missing."""

    document: Any
    styles: Any | None
    numbering: Any | None


def open_package(data: bytes) -> Package:
    """Check and parse the file. Raises CannotRead."""
    _check_kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive)
            return _read_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise CannotRead(_DAMAGED) from error


def _check_kind(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise CannotRead(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，无法读取。请删去图片等内容后重新上传。")
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise CannotRead("文件已加密（设有打开密码），无法读取。请取消密码保护后重新上传。")
        raise CannotRead(f"这是旧版 .doc 或 .wps 文件，无法读取。{_SAVE_AS}")
    if not data.startswith(_ZIP):
        raise CannotRead(f"这不是 .docx 文件，无法读取。{_SAVE_AS}")


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise CannotRead("文件解压后过大，无法读取。请删去图片等内容，或者新建文档只粘贴文字后重新上传。")
    if len(set(names)) != len(names):
        raise CannotRead(_DAMAGED)
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise CannotRead("文件已加密，无法读取。请取消密码保护后重新上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise CannotRead(f"文件中含有宏，不能上传。{_SAVE_AS}")


def _read_parts(archive: zipfile.ZipFile) -> Package:
    names = set(archive.namelist())
    main = _main_part(archive, names)
    related = {
        kind: posixpath.normpath(posixpath.join(posixpath.dirname(main), target)).lstrip("/")
        for kind, target in _relations(archive, names, main)
        if kind in {"styles", "numbering"}
    }
    parts = {kind: _xml(archive, path) for kind, path in related.items() if path in names}
    return Package(_xml(archive, main), parts.get("styles"), parts.get("numbering"))


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    target = next((target for kind, target in _relations(archive, names, "") if kind == "officeDocument"), "")
    main = posixpath.normpath(target).lstrip("/")
    if main not in names or "[Content_Types].xml" not in names:
        raise CannotRead(f"这不是 .docx 文件，无法读取。{_SAVE_AS}")
    for override in _xml(archive, "[Content_Types].xml"):
        if str(override.get("PartName", "")).lstrip("/") == main:
            kind = str(override.get("ContentType", "")).lower()
            if "macroenabled" in kind:
                raise CannotRead(f"文件是启用宏的文档，不能上传。{_SAVE_AS}")
            if "wordprocessingml" in kind:
                return main
    raise CannotRead(f"这不是 Word 文档（可能是表格或演示文稿改了扩展名），无法读取。{_SAVE_AS}")


def _relations(archive: zipfile.ZipFile, names: set[str], part: str) -> list[tuple[str, str]]:
    """Kind and target of what a part refers to, the whole package when the part is empty."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in names:
        return []
    return [
        (str(relation.get("Type", "")).rsplit("/", 1)[-1], str(relation.get("Target", "")))
        for relation in _xml(archive, path)
        if relation.get("TargetMode") != "External"
    ]


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    """Parse one part; no entities, no outside world."""
    if archive.getinfo(name).file_size > _MAX_XML:
        raise CannotRead("文件正文过大，无法读取。请删去多余内容后重新上传。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead(_DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise CannotRead(_DAMAGED)
    return root

"""Names and sizes of files. No Django."""

from __future__ import annotations

import re
from typing import Final

from huiyin.files.detection import FileRefused, FileType
from huiyin.kernel.text import normalise

NAME_LIMIT: Final = 200
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\t\n]')  # what Windows takes in no file name
_SAME: Final = {"jpeg": "jpg", "tif": "tiff", "wps": "doc", "et": "xls"}


def clean_name(name: str, kind: FileType | None = None) -> str:
    """The name as the sender gave it, without path, control or forbidden characters, at most 200 characters.

    kind: give the name the extension that fits the content when its own does not."""
    name = normalise(name.replace("\\", "/").rpartition("/")[2])
    name = _FORBIDDEN.sub("_", name).strip(". ") or "未命名"
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        stem, extension = name, ""
    wanted = extension
    if kind is not None and _SAME.get(extension.lower(), extension.lower()) != kind.extension:
        wanted = kind.extension
    return f"{stem[: NAME_LIMIT - len(wanted) - 1]}.{wanted}" if wanted else stem[:NAME_LIMIT]


def check_size(size: int, name: str, *, limit: int) -> None:
    """Raise FileRefused, saying size and limit, when a file is too large. Both in bytes."""
    if size > limit:
        raise FileRefused(f"文件“{name}”有 {megabytes(size)}，超过单个文件 {megabytes(limit)} 的上限，没有保存。")


def megabytes(size: int) -> str:
    """A size in bytes as a reader knows it: 214 KB, 20 MB, 25.3 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"

"""Office documents as PDF through LibreOffice, where the machine has it; nothing relies on it being there.

Each conversion runs in a profile of its own that runs no macro and opens no link, and is ended with everything it
started when its time is over."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from huiyin.kernel.refusals import Refusal

CONVERTIBLE: Final = frozenset({"docx", "doc", "xlsx", "xls", "txt"})
_PROGRAMS: Final = ("soffice", "libreoffice")
_SECURITY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"
><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class NotConverted(Refusal):
    """LibreOffice is not here, gave nothing, or took too long."""

    code = "gongwen.not_converted"


def program() -> str | None:
    """Where LibreOffice is, None where it is not."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_pdf(content: bytes, extension: str, *, seconds: float) -> bytes:
    """The document as LibreOffice prints it. extension: what it is, without dot. Raises NotConverted."""
    office = program()
    if office is None or extension not in CONVERTIBLE:
        raise NotConverted("本机不能转换这种文件。")
    with TemporaryDirectory(prefix="huiyin-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SECURITY, encoding="utf-8")
        source = folder / f"paper.{extension}"
        source.write_bytes(content)
        _run([office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
              "--convert-to", "pdf", "--outdir", str(folder), str(source)], folder, seconds)  # fmt: skip
        made = folder / "paper.pdf"
        if not made.is_file():
            raise NotConverted("LibreOffice 打不开这个文件。")
        return made.read_bytes()


def _run(command: list[str], folder: Path, seconds: float) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    started = subprocess.Popen(  # noqa: S603  # our own words, and paths of our own making
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        started.wait(timeout=max(seconds, 1))
    except subprocess.TimeoutExpired:
        raise NotConverted("转换这个文件超过了时限。") from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)  # what it started lives in its session
        started.wait()

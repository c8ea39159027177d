"""Virus scanning over clamd's Unix socket. Where a scanner is configured, no answer means no."""

from __future__ import annotations

import socket
from typing import ClassVar, Final

from huiyin.files.detection import FileRefused

_PIECE: Final = 64 * 1024
_PATIENCE_SECONDS: Final = 20


class Infected(FileRefused):
    """The scanner found something."""

    code: ClassVar[str] = "files.infected"


class ScannerSilent(FileRefused):
    """A scanner is configured and did not answer."""

    code: ClassVar[str] = "files.scanner_silent"


def scan(content: bytes, name: str, *, socket_path: str) -> str:
    """The scan state to store: "clean", or "unscanned" where no scanner is configured.

    Raises Infected, ScannerSilent."""
    if not socket_path:
        return "unscanned"
    try:
        answer = _ask(content, socket_path)
    except OSError:
        answer = ""
    if answer.endswith("FOUND"):
        raise Infected(f"文件“{name}”没有保存：查毒发现有病毒。请在本机查杀后重新上传。")
    if answer != "stream: OK":
        raise ScannerSilent(f"文件“{name}”没有保存：查毒服务没有回应。请稍后再试，仍然不行请告知系统管理员。")
    return "clean"


def _ask(content: bytes, socket_path: str) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_PATIENCE_SECONDS)
        line.connect(socket_path)
        line.sendall(b"zINSTREAM\x00")
        for at in range(0, len(content), _PIECE):
            piece = content[at : at + _PIECE]
            line.sendall(len(piece).to_bytes(4) + piece)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\x00") and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\x00").decode("utf-8", "replace").strip()

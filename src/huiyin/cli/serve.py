"""`huiyin serve`: web and worker under one hand, for one machine."""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from huiyin.cli.keys import finish_indexes


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser("serve", help="启动网站与后台任务（单机）")
    command.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="端口，默认 8000")
    command.add_argument("--host", default="127.0.0.1", help="监听地址，默认仅本机")
    command.add_argument("--demo", action="store_true", help="演示：虚构的人员与事项、模拟手机")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prepare the house, start its processes and stay until one of them or the user ends."""
    from django.conf import settings

    from huiyin.config.soundness import check_room
    from huiyin.gongwen import pdf

    check_room()
    prepare(demo=options.demo)
    lines = _greeting(options.host, options.port, demo=settings.HUIYIN_DEMO)
    if missing := pdf.available():
        lines += ["", missing]
    with _children(options.host, options.port) as children:
        print("\n".join(lines), flush=True)
        return _stay(children)


def prepare(*, demo: bool) -> None:
    """Migrate, collect static files when they changed, load the demonstration into an empty house."""
    from django.conf import settings
    from django.core.management import call_command

    from huiyin.cli.prepare import is_prepared
    from huiyin.demo.guard import check_no_demonstration
    from huiyin.demo.load import load_if_empty

    if not is_prepared():  # asking costs a tenth of what Django's own command does before it finds nothing to do
        call_command("migrate", verbosity=0, interactive=False)
    finish_indexes()  # a change of the index key may have been cut off, or a backup of another day restored
    _collect_static(Path(settings.ROOT), Path(settings.STATIC_ROOT))
    check_no_demonstration()
    if demo:
        load_if_empty()


def _collect_static(root: Path, target: Path) -> None:
    """Collect and compress only when a source changed: it takes seconds, the comparison milliseconds."""
    from django.core.management import call_command

    sources = [*(root / "build" / "static").rglob("*"), *(root / "src" / "huiyin").glob("*/static/**/*")]
    # by content: installing writes the same files anew
    stamps = sorted(f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sources if path.is_file())
    want = hashlib.sha256("\n".join(stamps).encode()).hexdigest()
    stamp = target / ".collected"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != want:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(want, encoding="ascii")


@contextmanager
def _children(host: str, port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    commands = [
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", "2", "--blocking-threads", "4", "--log-level", "warning", "--respawn-failed-workers",
            "huiyin.config.wsgi:application",
        ],
        [sys.executable, "-m", "huiyin.cli.main", "work"],
    ]  # fmt: skip
    children = [subprocess.Popen(command, env=os.environ.copy()) for command in commands]  # noqa: S603  # our own two
    try:
        yield children
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()


def _stay(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait; a child that ends by itself ends the house, so that a supervisor starts it afresh."""
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        for child in children:
            if child.poll() is not None:
                print(f"后台进程意外结束（代码 {child.returncode}），已停止服务。", file=sys.stderr)
                return 1
        time.sleep(0.3)
    return 0


def _greeting(host: str, port: int, *, demo: bool) -> list[str]:
    address = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104  # compared, not bound
    lines = ["", "回音 Huiyin 已启动", f"  工作人员  {address}/desk/", f"  代表手机端  {address}/"]
    if demo:
        from huiyin.demo.accounts import accounts

        lines += [f"  模拟手机  {address}/phone/", "", *accounts(), "", "按 Ctrl+C 停止。"]
    return lines

"""What a machine needs to be a good house, and whether it has it: one sentence a point, in Chinese."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection

from huiyin.audit.models import Record
from huiyin.gongwen import pdf
from huiyin.kernel.fields import key_ring
from huiyin.kernel.keyring import KeyRing
from huiyin.kernel.refusals import Refusal
from huiyin.web.health import CHECKS

ROOM_WANTED: Final = 1024**3  # bytes free; a year of letters of one office
ROOM_NEEDED: Final = 50 * 1024**2  # below it the database may stop in the middle of a day
CLOCK_SLACK: Final = timedelta(minutes=2)
OTHERS: Final = 0o077
PATIENCE_SECONDS: Final = 5


class Mark(StrEnum):
    """How a point stands."""

    GOOD = "好"
    HINT = "提示"
    BAD = "不好"


@dataclass(frozen=True)
class Point:
    """One thing looked at."""

    mark: Mark
    sentence: str


class NoRoom(Refusal):
    """The disk is all but full."""

    code = "config.no_room"


def check_room() -> None:
    """Raise NoRoom when the house could not even begin."""
    free = shutil.disk_usage(settings.HUIYIN_HOME).free
    if free < ROOM_NEEDED:
        raise NoRoom(f"数据文件夹 {settings.HUIYIN_HOME} 所在的磁盘只剩 {_size(free)}，请先腾出空间再启动。")


def points(at: datetime) -> Iterator[Point]:
    """Everything, in the order an administrator would mend it."""
    yield from _home()
    yield from _keys()
    yield from _database(at)
    yield _papers()
    yield _office()
    yield _scanner()
    yield _zone(at)


def _home() -> Iterator[Point]:
    home = Path(settings.HUIYIN_HOME)
    if (home.stat().st_mode & OTHERS) != 0:
        yield Point(Mark.BAD, f"数据文件夹 {home} 其他用户也能进，请执行 chmod 700 {home}。")
    else:
        yield Point(Mark.GOOD, f"数据文件夹 {home} 只有本用户能进。")
    free = shutil.disk_usage(home).free
    enough = free >= ROOM_WANTED
    yield Point(Mark.GOOD if enough else Mark.BAD, f"磁盘还剩 {_size(free)}{'。' if enough else '，请腾出空间。'}")


def _keys() -> Iterator[Point]:
    path = Path(settings.HUIYIN_HOME) / "keys.json"
    if not path.exists():
        yield Point(Mark.HINT, "还没有密钥文件，第一次写入加密的号码时会自动生成。")
        return
    try:
        count = len(KeyRing.load(path).keys)
    except Refusal as refusal:
        yield Point(Mark.BAD, str(refusal))
    else:
        yield Point(Mark.GOOD, f"密钥文件完好，共 {count} 把密钥。请确认它另有一份锁在别处。")


def _database(at: datetime) -> Iterator[Point]:
    labels = {"database": "数据库", "migrations": "数据库表", "audit": "审计记录的保护", "worker": "后台"}
    advice = {
        "database": "连不上，请核对 HUIYIN_DATABASE 和数据库服务",
        "migrations": "不是这个版本的，请执行 huiyin prepare",
        "audit": "不全，请执行 huiyin prepare，并告诉审计管理员",
        "worker": "没有在运行，请启动服务",
    }
    for name, check in CHECKS.items():
        try:
            trouble = check()
        except DatabaseError:
            trouble = "no answer"
        mark = Mark.GOOD if not trouble else Mark.HINT if name == "worker" else Mark.BAD
        yield Point(mark, f"{labels[name]}{advice[name] if trouble else '正常'}。")
        if name == "database" and trouble:
            return
    if "audit_record" not in connection.introspection.table_names():
        return
    yield from _held_keys()
    yield from _demonstration()
    last = Record.objects.order_by("-id").values_list("at", flat=True).first()
    if last and last > at + CLOCK_SLACK:
        yield Point(Mark.BAD, f"机器的钟慢了：最后一条记录写于 {last.astimezone(at.tzinfo):%Y-%m-%d %H:%M}，请先对时。")


def _demonstration() -> Iterator[Point]:
    from huiyin.demo.guard import DemonstrationAtWork, check_no_demonstration

    try:
        check_no_demonstration()
    except DemonstrationAtWork as refusal:
        yield Point(Mark.BAD, str(refusal))


def _held_keys() -> Iterator[Point]:
    from huiyin.config.rotation import holdings, index_is_stale

    try:
        known = {key.key_id for key in key_ring().keys}
    except Refusal:  # said already
        return
    if lost := set(holdings()) - known:
        yield Point(Mark.BAD, f"密钥文件里没有密钥 {sorted(lost)}，用它加密的号码打不开，请找回密钥的备份。")
    if index_is_stale():
        yield Point(Mark.BAD, "号码的索引还没有重建完，请停止服务，执行 huiyin keys rotate。")


def _papers() -> Point:
    missing = pdf.available()
    return Point(Mark.HINT, missing) if missing else Point(Mark.GOOD, "能做 PDF，中文字体齐全。")


def _office() -> Point:
    if found := shutil.which("soffice") or shutil.which("libreoffice"):
        return Point(Mark.GOOD, f"LibreOffice 在 {found}，可以预览 Word、Excel 附件。")
    return Point(
        Mark.HINT, "没有 LibreOffice，附件只能下载、不能预览。需要的请安装 libreoffice-writer、libreoffice-calc。"
    )


def _scanner() -> Point:
    where = settings.HUIYIN_CLAMD
    if not where:
        return Point(Mark.HINT, "没有接查毒服务（HUIYIN_CLAMD），上传的文件不查毒。")
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(PATIENCE_SECONDS)
            line.connect(where)
            line.sendall(b"zPING\x00")
            answer = line.recv(16)
    except OSError:
        answer = b""
    if answer.startswith(b"PONG"):
        return Point(Mark.GOOD, "查毒服务有回应。")
    return Point(Mark.BAD, f"查毒服务 {where} 没有回应，现在什么文件都收不进来。")


def _zone(at: datetime) -> Point:
    here = datetime.fromtimestamp(at.timestamp()).astimezone()  # noqa: DTZ006  # how this machine's own zone writes it
    said = f"现在是 {at:%Y-%m-%d %H:%M}（北京时间），请看一眼对不对"
    if here.utcoffset() == at.utcoffset():
        return Point(Mark.GOOD, f"{said}。")
    zone = os.environ.get("TZ") or here.tzname()
    return Point(Mark.HINT, f"{said}；机器自己的时区是 {zone}，系统日志里的钟点会不一样，业务上的日期不受影响。")


def _size(count: int) -> str:
    return f"{count / 1024**3:.1f} GB" if count >= 1024**3 else f"{count // 1024**2} MB"

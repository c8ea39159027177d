"""`huiyin work`: the worker. Three hands in one process: messages, the house's sweeps, background tasks."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import Any, Protocol

_log = logging.getLogger(__name__)
BEAT_SECONDS = 5.0
TAKE_UP_SECONDS = 2.0  # after the database refused
PATIENCE_SECONDS = 20.0  # for hands to finish what they hold when asked to stop


class Row(Protocol):
    """A row of config/schedule.py."""

    @property
    def name(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def every(self) -> int: ...
    @property
    def hand(self) -> str: ...
    @property
    def first(self) -> int: ...


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser("work", help="后台：发送消息、提醒期限、封存审计、执行任务")
    command.add_argument("--once", action="store_true", help="每项各做一遍就结束")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Work until asked to stop, or once round."""
    from django.utils.module_loading import import_string

    from huiyin.demo.guard import check_no_demonstration

    check_no_demonstration()
    sweeps: Sequence[Row] = import_string("huiyin.config.schedule.SWEEPS")
    if not options.once:
        return work(sweeps)
    result = once(sweeps)
    _tasks(batch=True).run()
    return result


def once(sweeps: Sequence[Row]) -> int:
    """Every sweep once; 1 when one failed."""
    failed = 0
    for row in sweeps:
        done = sweep(row)
        failed += done is None
        print(f"{row.name}：{'没有成功，详见日志' if done is None else done}")
    return 1 if failed else 0


def sweep(row: Row) -> int | None:
    """Run one sweep now; None when it failed, which is logged and holds up nobody."""
    from django.utils.module_loading import import_string

    from huiyin.web.clock import now

    try:
        return int(import_string(row.function)(at=now()) or 0)
    except Exception:  # whatever it is, the other sweeps go on and this one comes round again
        _log.exception("sweep %s failed", row.function)
        return None


@dataclass
class Round:
    """A sweep and when it is due next."""

    row: Row
    due_at: datetime


def work(sweeps: Sequence[Row]) -> int:
    """All hands until SIGTERM or SIGINT; 1 when a hand gives up by itself."""
    from huiyin.web.clock import now
    from huiyin.web.heartbeat import beat

    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tasks = _tasks(batch=False)
    hands = [_hand(name, _sweeping(sweeps, name, stopping)) for name in sorted({row.hand for row in sweeps})]
    hands.append(_hand("tasks", taking_tasks(tasks.run, stopping)))
    print(f"后台已启动：{len(sweeps)} 项巡查，{len(hands)} 路并行。", flush=True)
    while not stopping.is_set() and all(hand.is_alive() for hand in hands):
        try:
            beat(now())
        except OSError:  # a full disk: pages can still be read, and /healthz misses the sign of life
            _log.exception("no sign of life written")
        stopping.wait(BEAT_SECONDS)
    gave_up = not stopping.is_set()
    stopping.set()
    tasks.running = False
    for hand in hands:
        hand.join(PATIENCE_SECONDS)
    if gave_up:
        print("后台有一项工作意外停止，详见日志。", file=sys.stderr)
    return 1 if gave_up else 0


def _hand(name: str, labour: Callable[[], None]) -> threading.Thread:
    def run_and_close() -> None:
        from django.db import connections

        try:
            labour()
        except Exception:
            _log.exception("hand %s gave up", name)
        finally:
            connections.close_all()

    hand = threading.Thread(target=run_and_close, name=f"huiyin-{name}", daemon=True)
    hand.start()
    return hand


def taking_tasks(run: Callable[[], None], stopping: threading.Event) -> Callable[[], None]:
    """The loop of the hand that takes tasks: a database that was locked or away for a moment ends nothing; the task
    that was in hand is put back by its sweep."""

    def loop() -> None:
        from django.db import OperationalError, connections

        while not stopping.is_set():
            try:
                run()
                return
            except OperationalError:
                _log.exception("the hand that takes tasks begins again")
                connections.close_all()
                stopping.wait(TAKE_UP_SECONDS)

    return loop


def _sweeping(sweeps: Sequence[Row], hand: str, stopping: threading.Event) -> Callable[[], None]:
    """The loop of one hand: run what is due, wait for the next."""

    def loop() -> None:
        from django.db import close_old_connections

        from huiyin.web.clock import now

        rounds = [Round(row, now() + timedelta(seconds=row.first)) for row in sweeps if row.hand == hand]
        while not stopping.is_set():
            for each in rounds:
                if each.due_at <= now() and not stopping.is_set():
                    sweep(each.row)
                    each.due_at = now() + timedelta(seconds=each.row.every)
            close_old_connections()
            pause = min(each.due_at for each in rounds) - now()
            stopping.wait(max(pause.total_seconds(), 0.05))

    return loop


def _tasks(*, batch: bool) -> Any:
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=["*"], interval=2, batch=batch, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"{socket.gethostname()}-{os.getpid()}"[-64:], excluded_queue_names=[],
    )  # fmt: skip

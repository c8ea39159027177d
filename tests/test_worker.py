"""The worker: the schedule resolves, a failing sweep holds up nobody, a stopped worker leaves cleanly."""

from __future__ import annotations

import inspect
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from huiyin.audit.models import Record
from huiyin.cli import work
from huiyin.cli.main import main, parser
from huiyin.cli.work import once, sweep, taking_tasks
from huiyin.config.schedule import SWEEPS, Hand, Sweep
from huiyin.config.tidying import RESULTS_KEPT, RUNS_AT_MOST, reap_tasks, tidy
from huiyin.messaging.models import Message
from huiyin.messaging.operations import queue
from huiyin.web.clock import now
from huiyin.web.heartbeat import SILENCE, beat, is_alive, last_beat
from tests.support.world import build_world


class TestTheSchedule:
    @pytest.mark.parametrize("row", SWEEPS, ids=lambda row: row.function)
    def test_names_a_function_that_takes_the_moment(self, row):
        function = import_string(row.function)
        signature = inspect.signature(function)
        signature.bind(at=None)
        assert row.every > 0

    def test_names_every_sweep_once(self):
        assert len({row.function for row in SWEEPS}) == len({row.name for row in SWEEPS}) == len(SWEEPS)

    def test_keeps_messages_apart_from_everything_slow(self):
        assert [row.function for row in SWEEPS if row.hand is Hand.MESSAGES] == ["huiyin.messaging.tasks.drain_outbox"]

    @pytest.mark.parametrize("row", SWEEPS, ids=lambda row: row.function)
    def test_runs_on_an_empty_house_and_writes_no_record(self, db, settings, tmp_path, row):
        settings.HUIYIN_HOME = tmp_path
        assert sweep(row) == 0
        assert not Record.objects.exists()


@pytest.mark.pure
class TestTheHandThatTakesTasks:
    def test_begins_again_when_the_database_was_locked(self, monkeypatch, caplog):
        monkeypatch.setattr(work, "TAKE_UP_SECONDS", 0)
        tries = iter([OperationalError("database is locked"), None])
        run = []

        def labour():
            run.append("tried")
            if (failure := next(tries)) is not None:
                raise failure

        taking_tasks(labour, threading.Event())()
        assert run == ["tried", "tried"]
        assert "begins again" in caplog.text

    def test_gives_up_on_anything_else(self):
        with pytest.raises(StopIteration):
            taking_tasks(lambda: next(iter(())), threading.Event())()


def broken(at):
    raise RuntimeError("a bug in a sweep")


class TestOneRound:
    def test_goes_on_after_a_sweep_that_fails(self, db, capsys, caplog):
        rows = [Sweep("坏的", f"{__name__}.broken", 1), Sweep("好的", "huiyin.audit.seals.seal_records", 1)]
        assert once(rows) == 1
        assert capsys.readouterr().out == "坏的：没有成功，详见日志\n好的：0\n"
        assert "a bug in a sweep" in caplog.text


def task_row(status, **changes):
    usual = {
        "status": status, "task_path": "huiyin.matters.tasks.remind", "args_kwargs": {"args": [], "kwargs": {}},
        "backend_name": "default", "run_after": now(), "exception_class_path": "", "traceback": "",
    }  # fmt: skip
    return DBTaskResult.objects.create(**(usual | changes))


class TestReapingTasks:
    def test_puts_back_what_a_killed_worker_left_running(self, db, at):
        left = task_row("RUNNING", started_at=at - RUNS_AT_MOST - timedelta(seconds=1), worker_ids=["gone"])
        busy = task_row("RUNNING", started_at=at, worker_ids=["here"])
        assert reap_tasks(at) == 1
        left.refresh_from_db()
        busy.refresh_from_db()
        assert (left.status, left.started_at, busy.status) == ("READY", None, "RUNNING")
        assert Record.objects.get().facts == {"back": 1, "failed": 0}

    def test_gives_up_on_one_that_takes_every_worker_with_it(self, db, at):
        left = task_row("RUNNING", started_at=at - timedelta(hours=1), worker_ids=["a", "b", "c"])
        reap_tasks(at)
        left.refresh_from_db()
        assert left.status == "FAILED"


class TestTidying:
    def test_deletes_ended_sessions_and_old_results_only(self, db, at):
        Session.objects.create(session_key="old", session_data="", expire_date=at - timedelta(seconds=1))
        Session.objects.create(session_key="new", session_data="", expire_date=at + timedelta(seconds=1))
        task_row("SUCCESSFUL", finished_at=at - RESULTS_KEPT - timedelta(seconds=1))
        task_row("SUCCESSFUL", finished_at=at)
        task_row("READY")
        assert tidy(at) == 2
        assert Session.objects.get().session_key == "new"
        assert DBTaskResult.objects.count() == 2


class TestTheHeartbeat:
    def test_says_when_the_worker_was_last_alive(self, settings, tmp_path, at):
        settings.HUIYIN_HOME = tmp_path
        assert last_beat() is None
        assert not is_alive(at)
        beat(at)
        assert last_beat() == at
        assert is_alive(at + SILENCE - timedelta(seconds=1))
        assert not is_alive(at + SILENCE)


class TestTheCommandLine:
    def test_finds_the_subcommands_of_its_folder(self):
        assert {"work", "serve", "audit"} <= set(parser()._subparsers._group_actions[0].choices)

    def test_answers_in_words_when_called_wrongly(self, capsys):
        with pytest.raises(SystemExit) as ended:
            main(["no-such-command"])
        assert ended.value.code == 2
        assert "no-such-command" in capsys.readouterr().err


WORKER = """
import sys
from django.db import connections
connections.settings["default"]["NAME"] = sys.argv[1]
from huiyin.cli.main import main
sys.exit(main(["work"]))
"""


@pytest.mark.committed
class TestAWorker:
    def test_drains_the_outbox_and_stops_when_asked(self, committed_db, at, tmp_path):
        queue(event_key="e", title="提醒", body="", post=build_world().posts["chief"], at=at)
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "huiyin.config.settings.test"}
        arguments = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"]]
        with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True) as worker:
            try:
                assert worker.stdout.readline().startswith("后台已启动")
                while Message.objects.get().state != "delivered" and worker.poll() is None:
                    time.sleep(0.05)  # polling a process outside
                worker.send_signal(signal.SIGTERM)
                assert worker.wait(timeout=60) == 0
            finally:
                worker.kill()
        assert Message.objects.get().state == "delivered"

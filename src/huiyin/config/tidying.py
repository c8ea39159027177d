"""Sweeps over what libraries keep for us: background tasks of a killed worker, old results, ended sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.imports.operations import flipping

RUNS_AT_MOST: Final = timedelta(minutes=15)  # longer than any task of ours; beyond it its worker is gone
TRIES: Final = 3
RESULTS_KEPT: Final = timedelta(days=14)


def reap_tasks(at: datetime) -> int:
    """Put back tasks left running by a killed worker; one that was started too often has failed."""
    left = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=at - RUNS_AT_MOST)
    return _reap(at=at) if left.exists() else 0


@operation
def _reap(*, at: datetime) -> int:
    left = DBTaskResult.objects.select_for_update().filter(status="RUNNING", started_at__lt=at - RUNS_AT_MOST)
    failed = [row.pk for row in left if len(row.worker_ids) >= TRIES]
    DBTaskResult.objects.filter(pk__in=failed).update(status="FAILED", finished_at=at)
    back = left.exclude(pk__in=failed).update(status="READY", started_at=None)
    record(
        "config.tasks_reaped", actor=SYSTEM, target=Target(kind="tasks", key=""), at=at, back=back, failed=len(failed)
    )
    return back + len(failed)


def tidy(at: datetime) -> int:
    """Delete ended sessions and results of tasks long finished; returns how many rows."""
    sessions = Session.objects.filter(expire_date__lt=at)
    results = DBTaskResult.objects.filter(status__in=["SUCCESSFUL", "FAILED"], finished_at__lt=at - RESULTS_KEPT)
    return _tidy(at=at) if sessions.exists() or results.exists() else 0


@operation
def _tidy(*, at: datetime) -> int:
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    old = DBTaskResult.objects.filter(status__in=["SUCCESSFUL", "FAILED"], finished_at__lt=at - RESULTS_KEPT)
    results, _ = old.delete()
    target = Target(kind="tasks", key="")
    record("config.tidied", actor=SYSTEM, target=target, at=at, sessions=sessions, results=results)
    return sessions + results


def continue_imports(at: datetime) -> int:
    """Bring every import that was cut off in its last step to its end; returns how many waited."""
    return flipping.continue_waiting()

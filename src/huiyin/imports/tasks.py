"""Background doorways: going on with a flip, and the sweep that finds what a crash left behind."""

from __future__ import annotations

from django_tasks import task

from huiyin.imports.operations import flipping


@task()
def continue_flip(batch_id: int) -> None:
    """Bring one flip that has begun to its end."""
    while flipping.go_on(batch_id=batch_id):
        pass


@task()
def continue_waiting() -> int:
    """Bring every flip that has begun to its end; returns how many were waiting."""
    return flipping.continue_waiting()

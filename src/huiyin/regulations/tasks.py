"""Background doorways of this room."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from huiyin.regulations.operations import recompute_waiting


@task()
def recompute(at: str) -> int:
    """Compute open dates anew where a rule or the calendar changed; a sweep over what waits. Returns how many moved.

    at: a moment (ISO, with offset)."""
    return recompute_waiting(at=datetime.fromisoformat(at))

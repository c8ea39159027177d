"""Background doorways of the engine."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from huiyin.matters.operations import reminders


@task()
def remind(at: str) -> int:
    """Send the reminders due by a moment (ISO, with offset) and not yet sent; returns how many."""
    return reminders.remind(datetime.fromisoformat(at))

"""Background doorways of the engine."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from huiyin.matters import binding, rendering
from huiyin.matters.operations import measures, reminders


@task()
def remind(at: str) -> int:
    """Send the reminders due by a moment (ISO, with offset) and not yet sent; returns how many."""
    moment = datetime.fromisoformat(at)
    return reminders.remind(moment) + measures.remind_of_measures(moment)


@task()
def render(version_id: int, at: str) -> bool:
    """Make the PDF and .docx of one version of a letter, if they are not there yet; returns whether it made any."""
    return rendering.render_version(version_id, at=datetime.fromisoformat(at))


@task()
def render_issued(reply_id: int, at: str) -> bool:
    """Make the PDF and .docx of a numbered letter, if they are not there yet; returns whether it made any."""
    return rendering.render_reply(reply_id, at=datetime.fromisoformat(at))


@task()
def render_missing(at: str) -> int:
    """Make what no task made: papers of versions and letters that have none; returns how many."""
    return rendering.render_missing(at=datetime.fromisoformat(at))


@task()
def bind(bundle_id: int) -> bool:
    """Bind one file that waits for it; returns whether it is bound now."""
    return binding.bind(bundle_id, at=timezone.localtime())


@task()
def bind_waiting(at: str) -> int:
    """Bind what no task bound; returns how many."""
    return binding.bind_waiting(at=datetime.fromisoformat(at))

"""The one place where a status is written: guarded by the version as read, so that of two clicks one wins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Extension, Matter, Reply, Undertaking
from huiyin.matters.rules import (
    OPEN,
    MatterMovedOn,
    ReplyStatus,
    ReplyStep,
    Status,
    Step,
    UndertakingStatus,
    UndertakingStep,
    next_reply_status,
    next_status,
    next_undertaking_status,
)
from huiyin.matters.rules.extensions import EXTENSION_LABELS, EXTENSION_MOVES, ExtensionState, ExtensionStep


class MatterArchived(Refusal):
    """What is on file is read and no longer written."""

    code = "matters.archived"


def refuse_archived(matter: Matter) -> None:
    """Raise MatterArchived where the file is closed."""
    if matter.status == Status.ARCHIVED:
        raise MatterArchived(f"{matter.number}已经归档，内容和材料不再改动。")


def advance(matter: Matter, step: Step, *, version: int, at: datetime, **updates: Any) -> None:
    """Move a matter one step. Raises StepNotAllowed, MatterMovedOn."""
    new = next_status(Status(matter.status), step)
    write(matter, version=version, at=at, status=new, is_open=new in OPEN, **updates)


def move_along(reply: Reply, step: Step, *, at: datetime, **updates: Any) -> Matter:
    """Move the matter with its letter, and give it as it stands then; a second letter (再行答复) moves nothing."""
    matter = reply.matter
    matter.refresh_from_db()
    if reply.kind != "second":
        advance(matter, step, version=matter.version, at=at, **updates)
    return matter


def write(matter: Matter, *, version: int, at: datetime, **updates: Any) -> None:
    """Change a matter without a step, guarded alike. Raises MatterMovedOn."""
    as_read = Matter.objects.filter(pk=matter.pk, version=version)
    if not as_read.update(version=F("version") + 1, changed_at=at, **updates):
        raise MatterMovedOn(
            f"{matter.number}刚刚由同事办理过，页面内容已不是最新。请刷新后再办，您填写的内容仍在页面上。"
        )
    matter.refresh_from_db()


def advance_undertaking(
    undertaking: Undertaking, step: UndertakingStep, *, version: int, at: datetime, **updates: Any
) -> None:
    """Move an undertaking one step. Raises StepNotAllowed, MatterMovedOn."""
    new = next_undertaking_status(UndertakingStatus(undertaking.status), step)
    as_read = Undertaking.objects.filter(pk=undertaking.pk, version=version)
    if not as_read.update(version=F("version") + 1, status=new, **updates):
        raise MatterMovedOn("这项承办刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    undertaking.refresh_from_db()


def advance_reply(reply: Reply, step: ReplyStep, *, version: int, at: datetime, **updates: Any) -> None:
    """Move a letter one step. Raises StepNotAllowed, MatterMovedOn."""
    new = next_reply_status(ReplyStatus(reply.status), step)
    as_read = Reply.objects.filter(pk=reply.pk, version=version)
    if not as_read.update(version=F("version") + 1, status=new, **updates):
        raise MatterMovedOn("这份文稿刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    reply.refresh_from_db()


def advance_extension(extension: Extension, step: ExtensionStep, *, version: int, **updates: Any) -> None:
    """Move a request for more time one step. Raises MatterMovedOn."""
    new = EXTENSION_MOVES.get((ExtensionState(extension.state), step))
    as_read = Extension.objects.filter(pk=extension.pk, version=version, state=extension.state)
    if new is None or not as_read.update(version=F("version") + 1, state=new, **updates):
        now = EXTENSION_LABELS[ExtensionState(Extension.objects.values_list("state", flat=True).get(pk=extension.pk))]
        raise MatterMovedOn(f"{extension.matter.known_as}的延期申请现在是“{now}”，刚刚由同事办理过，请刷新后再看。")
    extension.refresh_from_db()

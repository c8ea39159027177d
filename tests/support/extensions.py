"""Requests for more time on their road: `asked(world, at)`, `approved`, `sent`, `granted`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from huiyin.approvals.operations import PaperSignature
from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.files.models import StoredFile
from huiyin.files.operations import examine, upload_draft
from huiyin.matters.models import Extension, Matter
from huiyin.matters.operations.consents import CongressAnswer
from huiyin.matters.operations.extensions import ask_extension, decide_extension, digest_of
from huiyin.matters.operations.extensions_outside import answer_extension, send_extension
from tests.support.history import in_hand
from tests.support.once import kept
from tests.support.world import World

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
UNTIL = date(2026, 7, 2)
"""One month after the day the usual matter is due, 2026-06-02."""


def asked(
    world: World, when: datetime, matter: Matter | None = None, *, at: datetime | None = None, **more: Any
) -> Extension:
    """Asked for by the handler, two weeks on unless said otherwise."""
    usual = {
        "to_on": UNTIL, "reason": "须会同市教育局逐校核实情况", "request_key": uuid4(),
        "actor": world.act("handler_second"), "at": at or when + timedelta(days=14),
    }  # fmt: skip
    return ask_extension(matter=matter or in_hand(world, when), **usual | more)


def decided(
    world: World, at: datetime, extension: Extension, who: str, verdict: Verdict = Verdict.AGREE, *, by: str = "",
    paper: PaperSignature | None = None,
) -> Extension:  # fmt: skip
    """One open step signed by its post, or on paper, which `by` records."""
    extension = Extension.objects.select_related("approval", "matter__procuratorate", "deadline").get(pk=extension.pk)
    assert extension.approval is not None
    step = next(step for step in open_steps(extension.approval) if step.post_id == world.posts[who].pk)
    return decide_extension(
        extension=extension, step=step, verdict=verdict, opinion="同意。", subject_hash=digest_of(extension),
        actor=world.act(by or who), version=extension.approval.version, at=at + timedelta(days=15), paper=paper,
    )  # fmt: skip


@kept
def approved(world: World, at: datetime, extension: Extension | None = None) -> Extension:
    """Signed by the head, the office and the deputy chief."""
    extension = extension or asked(world, at)
    for who in ("head_second", "office_head", "deputy_chief"):
        extension = decided(world, at, extension, who)
    return extension


@kept
def sent(world: World, at: datetime, extension: Extension | None = None, **more: Any) -> Extension:
    """The letter is out, the next day."""
    extension = approved(world, at, extension)
    later = at + timedelta(days=16)
    usual = {"letter_number": "", "sent_on": later.date(), "version": extension.version, "at": later}
    return send_extension(extension=extension, actor=world.act("officer_wang"), **usual | more)


def scan(world: World, at: datetime, *, content: bytes = PDF) -> StoredFile:
    """A paper of the congress office."""
    return upload_draft(
        examined=examine(content=content, name="复函.pdf"), procuratorate=world.city, request_key=uuid4(), field="scan",
        actor=world.act("officer_wang"), at=at,
    )  # fmt: skip


def answered(world: World, at: datetime, extension: Extension, *, agreed: bool = True, **more: Any) -> Extension:
    """The congress office's answer, three weeks on."""
    later = more.pop("on", at + timedelta(days=21))
    answer = CongressAnswer(
        agreed=agreed, document_number="样人代函〔2026〕9号", dated_on=later.date(), scan=scan(world, later)
    )
    usual = {"answer": answer, "version": extension.version, "at": later}
    return answer_extension(extension=extension, actor=world.act("officer_wang"), **usual | more)


@kept
def granted(world: World, at: datetime) -> Extension:
    """More time allowed, the deputy not told yet."""
    return answered(world, at, sent(world, at))

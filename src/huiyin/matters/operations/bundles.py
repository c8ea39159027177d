"""The file of a matter as one PDF: asked for here, made by binding.py, kept here (practice 27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.audit.actors import SYSTEM
from huiyin.audit.scope import operation, record
from huiyin.files.detection import PDF
from huiyin.files.operations import Written, discard, keep_made
from huiyin.gongwen import pdf
from huiyin.gongwen.pdf import PdfNotAvailable
from huiyin.kernel.text import clip
from huiyin.matters.models import FileBundle, Matter
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.file_pages import Entry
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require

UNFINISHED = frozenset({"waiting", "binding"})


@operation
def bind_file(*, matter: Matter, actor: PostActor, at: datetime) -> FileBundle:
    """Ask for the file to be bound from what lies in it now; asked again meanwhile, the first asking stands.

    Raises NotAllowed, PdfNotAvailable."""
    require(actor, "matters.bind", matter)
    if sentence := pdf.available():
        raise PdfNotAvailable(sentence)
    fresh = {"asked_by": actor.post, "asked_at": at}
    bundle, created = FileBundle.objects.select_for_update().get_or_create(matter=matter, defaults=fresh)
    waits = not created and bundle.status in UNFINISHED
    if not created and not waits:
        FileBundle.objects.filter(pk=bundle.pk).update(
            status="waiting", done_count=0, total_count=0, tries=0, leased_until=None, note="", **fresh
        )
    if not waits:
        from huiyin.matters.tasks import bind  # the doorway imports what is done behind it

        bind.enqueue(bundle_id=bundle.pk)
    bundle.refresh_from_db()
    record("matters.binding_asked", actor=actor, target=target(matter), at=at, already=waits)
    return bundle


@operation
def keep_bound(
    *, bundle: FileBundle, written: Written, entries: Sequence[Entry], pages: int, digest: str, at: datetime
) -> bool:
    """Keep what was bound instead of what was bound before; False when another worker was faster.

    written: tens of megabytes may be slow to write, so they lie on the disk before the write lock is taken."""
    matter, before = bundle.matter, bundle.file
    mine = FileBundle.objects.filter(pk=bundle.pk, status="binding", tries=bundle.tries)
    kept = mine.exists()
    if kept:
        file = keep_made(
            written, name=f"{matter.number}案卷.pdf", kind=PDF, procuratorate=matter.procuratorate,
            actor_key=SYSTEM.key, at=at,
        )  # fmt: skip
        mine.update(
            status="done", file=file, entries=[each.to_json() for each in entries], pages=pages, digest=digest,
            made_at=at, leased_until=None, note="",
        )  # fmt: skip
        if before is not None:
            discard(before)  # made from what still lies in the file; nothing is lost with it
    facts = {"papers": len(entries), "pages": pages, "kept": kept}
    record("matters.file_bound", actor=SYSTEM, target=target(matter), at=at, **facts)
    return kept


@operation
def give_up(*, bundle: FileBundle, note: str, at: datetime) -> None:
    """Say why a file could not be bound; it is not tried again until somebody asks."""
    FileBundle.objects.filter(pk=bundle.pk).update(status="failed", note=clip(note, 300), leased_until=None)
    record("matters.binding_failed", actor=SYSTEM, target=target(bundle.matter), at=at, tries=bundle.tries)

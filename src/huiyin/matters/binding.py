"""Binding the file of a matter into one PDF, outside every transaction and safe to run twice (practice 27).

A row is claimed for a while, each paper laid in a file of its own (what cannot be laid is replaced by a page that says
so), then cover and catalogue are printed with the true pages and everything is bound. A worker killed meanwhile leaves
a claim that runs out; the sweep goes on with it. Start at `bind`."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localtime

from huiyin.files import detection
from huiyin.files.models import StoredFile
from huiyin.files.operations import FileDamaged, read, write_ahead
from huiyin.gongwen import binding, office, pdf
from huiyin.gongwen.structure import Paper
from huiyin.kernel.refusals import Refusal
from huiyin.matters.filing_documents import Document, File, file_of
from huiyin.matters.models import FileBundle, Filing
from huiyin.matters.operations.bundles import UNFINISHED, give_up, keep_bound
from huiyin.matters.papers.file_pages import Entry, bound_catalogue, cover, end_record, stand_in
from huiyin.matters.queries import proposer_text

_log = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=20)
GRACE: Final = timedelta(minutes=2)  # the task comes first; the sweep takes what it left
TRIES: Final = 3
MOST_BYTES: Final = 80 * 1024 * 1024  # of all papers: what one binding holds in memory stays a few times this
MOST_PAGES: Final = 4_000
OFFICE_SECONDS: Final = 90.0  # for one document
OFFICE_SECONDS_IN_ALL: Final = 480.0
APART: Final = "原件另附"

_IMAGES: Final = frozenset({each.media_type for each in (detection.PNG, detection.JPEG, detection.TIFF)})
_OFFICE: Final = {
    each.media_type: each.extension
    for each in (detection.DOCX, detection.DOC, detection.XLSX, detection.XLS, detection.TEXT)
}


class KeptApart(Refusal):
    """The original is not laid into the file."""

    code = "matters.kept_apart"


@dataclass
class Room:
    """What one binding may still take."""

    size: int = MOST_BYTES
    pages: int = MOST_PAGES
    office_seconds: float = OFFICE_SECONDS_IN_ALL

    def take(self, size: int, pages: int) -> None:
        """Raises KeptApart when there is no room left for it."""
        if size > self.size or pages > self.pages:
            raise KeptApart("案卷已经很厚，这份材料排不下。")
        self.size, self.pages = self.size - size, self.pages - pages


@dataclass(frozen=True)
class Laid:
    """One paper ready to be bound."""

    document: Document
    path: Path
    pages: int
    apart: bool = False


def bind(bundle_id: int, *, at: datetime) -> bool:
    """Bind one file, unless it is bound or another worker has it; returns whether it was."""
    bundle = _claimed(bundle_id, at)
    if bundle is None:
        return False
    if bundle.tries > TRIES:
        give_up(bundle=bundle, note="装订几次都中途停了，请联系系统管理员查看日志。", at=at)
        return False
    if sentence := pdf.available():
        give_up(bundle=bundle, note=sentence, at=at)
        return False
    try:
        return _bind(bundle, at)
    except Exception:
        FileBundle.objects.filter(pk=bundle.pk, status="binding").update(leased_until=at)  # the sweep comes round
        raise


def bind_waiting(*, at: datetime, limit: int = 3) -> int:
    """Sweep: bind what a task left, at most so many a round; returns how many were bound."""
    left = _open(at).filter(Q(status="binding") | Q(asked_at__lt=at - GRACE)).order_by("id")
    done = 0
    for key in list(left.values_list("pk", flat=True)[:limit]):
        try:
            done += bind(key, at=at)
        except Exception:  # one file that cannot be bound holds up no other
            _log.exception("file bundle %s was not bound", key)
    return done


def _open(at: datetime) -> QuerySet[FileBundle]:
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return FileBundle.objects.filter(free, status__in=UNFINISHED)


def _claimed(bundle_id: int, at: datetime) -> FileBundle | None:
    taken = _open(at).filter(pk=bundle_id)
    if not taken.update(status="binding", leased_until=at + LEASE, tries=F("tries") + 1, done_count=0):
        return None
    return FileBundle.objects.select_related(
        "file", "matter__procuratorate", "matter__leader__staff", "matter__suggestion__body"
    ).get(pk=bundle_id)


def _bind(bundle: FileBundle, at: datetime) -> bool:
    file = file_of(bundle.matter, localtime(at).date())
    progress = FileBundle.objects.filter(pk=bundle.pk, status="binding")
    progress.update(total_count=len(file.documents))
    with TemporaryDirectory(prefix="huiyin-binding-") as folder:
        laid, room = [], Room()
        for place, document in enumerate(file.documents, start=1):
            laid.append(_laid(document, Path(folder) / f"{place}.pdf", room))
            progress.update(done_count=place)
        front, back, entries, pages = _covered(file, laid, Path(folder))
        mark = f"{item} / " if (item := _digits(file.filing)) else ""
        parts = [*front, *((each.document.title, each.path) for each in laid), *back]
        content = binding.bind(
            parts, stamp=lambda number: f"{mark}{number}", title=f"{bundle.matter.number} {bundle.matter.title}"
        )
    written = write_ahead(content)
    return keep_bound(bundle=bundle, written=written, entries=entries, pages=pages, digest=file.digest, at=at)


def _digits(filing: Filing | None) -> str:
    """The item number, so far as the stamp can show it."""
    return "".join(each for each in filing.item_number if each.isdigit() or each in "-/") if filing else ""


def _laid(document: Document, path: Path, room: Room) -> Laid:
    source = document.source
    try:
        pages = _lay(source, path, room) if isinstance(source, StoredFile) else _written(source(), path)
        room.take(path.stat().st_size, pages)
    except (KeptApart, FileDamaged, binding.Unreadable, office.NotConverted) as refusal:
        return Laid(document, path, _written(stand_in(document.title, document.file, str(refusal)), path), apart=True)
    return Laid(document, path, pages)


def _lay(file: StoredFile, path: Path, room: Room) -> int:
    """Lay a stored file by its type. Raises what says why it cannot be laid."""
    if file.media_type == detection.PDF.media_type:
        return binding.lay_pdf(read(file), path)
    if file.media_type in _IMAGES:
        return binding.lay_images(read(file), path)
    extension = _OFFICE.get(file.media_type)
    if extension is None or office.program() is None or room.office_seconds <= 0:
        raise KeptApart("这种文件不能直接排入案卷。")
    began = time.monotonic()
    try:
        return binding.lay_pdf(
            office.to_pdf(read(file), extension, seconds=min(OFFICE_SECONDS, room.office_seconds)), path
        )
    finally:
        room.office_seconds -= time.monotonic() - began


Part = tuple[str, Path]


def _covered(file: File, laid: list[Laid], folder: Path) -> tuple[list[Part], list[Part], list[Entry], int]:
    """Cover and catalogue, end record, lines of the catalogue, all pages: printed until their own pages are counted."""
    inside, counts = sum(each.pages for each in laid), [1, 1, 1]
    parts = [(title, folder / f"{title}.pdf") for title in ("案卷封面", "卷内目录", "备考表")]
    while True:
        pages = sum(counts) + inside
        entries = list(_entries(laid, counts[0] + counts[1]))
        papers = _own(file, laid, entries, pages)
        found = [_written(paper, path) for paper, (_, path) in zip(papers, parts, strict=True)]
        if all(there <= wanted for there, wanted in zip(found, counts, strict=True)):
            for (_, path), wanted in zip(parts, counts, strict=True):
                binding.pad(path, wanted)
            return parts[:2], parts[2:], entries, pages
        # A catalogue of two pages moves every paper by one. Counts only grow, so they come to rest.
        counts = [max(pair) for pair in zip(found, counts, strict=True)]


def _own(file: File, laid: list[Laid], entries: list[Entry], pages: int) -> tuple[Paper, Paper, Paper]:
    matter, filing = file.matter, file.filing
    brought_by = proposer_text(list(matter.participants.order_by("position")))
    days = [each.on for each in file.documents if each.on]
    missing = [paper.title for paper in file.papers if not paper.is_there]
    apart = [each.document.title for each in laid if each.apart]
    size = len(entries)
    return (
        cover(matter, filing, brought_by=brought_by, kept=file.kept, days=days, entries=size, pages=pages),
        bound_catalogue(matter, filing, entries, kept=file.kept),
        end_record(matter, filing, missing=missing, apart=apart, entries=size, pages=pages),
    )


def _written(paper: Paper, path: Path) -> int:
    return binding.lay_pdf(pdf.write_pdf(paper), path)


def _entries(laid: list[Laid], before: int) -> Iterator[Entry]:
    first = before + 1
    for each in laid:
        document = each.document
        yield Entry(
            title=document.title, by=document.by, number=document.number,
            on=document.on.isoformat() if document.on else "", first=first, pages=each.pages,
            note=APART if each.apart else "",
        )  # fmt: skip
        first += each.pages

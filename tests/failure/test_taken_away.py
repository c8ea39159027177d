"""What the house took away between the two copies of a backup does not spoil the backup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from huiyin.audit.models import Record
from huiyin.config.copied import missing_files, note_restored
from huiyin.files.models import Draft, StoredFile
from huiyin.files.operations import store
from huiyin.matters.models import FileBundle
from tests.support.history import registered
from tests.support.world import World


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HUIYIN_HOME", tmp_path)
    return tmp_path


def kept(home: Path, world: World, at: datetime, *, lost: bool) -> StoredFile:
    """A file whose content came back, or did not."""
    file = store(content=b"%PDF-1.4\n%%EOF\n", name="a.pdf", procuratorate=world.city, actor_key="x", at=at)
    path = home / "files" / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if lost:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return file


def bound(world: World, at: datetime, file: StoredFile) -> FileBundle:
    return FileBundle.objects.create(
        matter=registered(world, at), status="done", file=file, digest="d", asked_by=world.posts["officer_wang"],
        asked_at=at,
    )  # fmt: skip


class TestRestoring:
    def test_forgets_a_bound_file_and_a_draft_that_were_taken_away(self, home: Path, in_force: World, at: datetime):
        bundle = bound(in_force, at, kept(home, in_force, at, lost=True))
        draft = kept(home, in_force, at, lost=True)
        Draft.objects.create(request_key=uuid4(), actor_key="x", field="scan", file=draft)
        assert len(missing_files()) == 2
        assert note_restored(made_at="2026-03-05", at=at) == 2
        bundle.refresh_from_db()
        assert (missing_files(), bundle.file, bundle.status) == ([], None, "failed")
        assert Record.objects.get(verb="config.restored").facts["let_go"] == 2

    def test_keeps_a_bound_file_that_is_there_and_names_any_other_that_is_not(
        self, home: Path, in_force: World, at: datetime
    ):
        bundle = bound(in_force, at, kept(home, in_force, at, lost=False))
        lost = kept(home, in_force, at, lost=True)
        assert note_restored(made_at="2026-03-05", at=at) == 0
        bundle.refresh_from_db()
        assert (missing_files(), bundle.status) == ([f"files/{lost.path}"], "done")

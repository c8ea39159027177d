"""Storing, reading and clearing files."""

from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from huiyin.audit.actors import SYSTEM
from huiyin.audit.models import Record
from huiyin.files import storage
from huiyin.files.models import StoredFile
from huiyin.files.operations import (
    FileDamaged,
    FileRefused,
    clear_drafts,
    drafts_of,
    examine,
    forget_drafts,
    keep_draft,
    read,
    store,
    upload_draft,
)
from huiyin.files.permissions import may_open
from huiyin.files.tests import samples


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HUIYIN_HOME = tmp_path


def stored(at, *, content=samples.PDF, name="建议.pdf", **more) -> StoredFile:
    return store(content=content, name=name, procuratorate=None, actor_key="post:1", at=at, **more)


class TestStoringAFile:
    def test_keeps_content_name_type_and_digest(self, db, at):
        file = stored(at, name="C:\\桌面\\建议.doc")
        assert (file.name, file.media_type, file.size) == ("建议.pdf", "application/pdf", len(samples.PDF))
        assert read(file) == samples.PDF
        assert file.scan_state == "unscanned"

    def test_names_the_content_on_disk_by_chance_and_closes_it_to_others(self, db, at, tmp_path):
        file = stored(at)
        full = tmp_path / "files" / file.path
        assert full.stat().st_mode & 0o777 == 0o600
        assert "建议" not in str(full)
        assert [len(part) for part in file.path.split("/")] == [2, 2, 32]

    def test_refuses_what_is_too_large_and_leaves_nothing(self, db, at, settings, tmp_path):
        settings.HUIYIN_MAX_UPLOAD_BYTES = 20
        with pytest.raises(FileRefused, match="超过单个文件"):
            stored(at)
        assert not (tmp_path / "files").exists()

    def test_notices_when_the_content_was_changed_or_lost(self, db, at, tmp_path):
        file = stored(at)
        (tmp_path / "files" / file.path).write_bytes(b"%PDF-changed")
        with pytest.raises(FileDamaged):
            read(file)
        storage.remove(file.path)
        with pytest.raises(FileDamaged):
            read(file)


class TestDrafts:
    def test_wait_for_their_form_under_its_key(self, db, at):
        key = uuid4()
        first, second = stored(at), stored(at, name="二.pdf")
        for file in (first, second):
            keep_draft(request_key=key, actor_key="post:1", field="attachments", file=file)
        assert drafts_of(key, "post:1") == [first, second]
        assert drafts_of(key, "post:2") == drafts_of(uuid4(), "post:1") == drafts_of(key, "post:1", "scan") == []

    def test_are_uploaded_in_one_recorded_operation(self, world, at):
        actor = world.act("officer_wang")
        examined = examine(content=samples.PDF, name="建议.pdf")
        file = upload_draft(
            examined=examined, procuratorate=world.city, request_key=uuid4(), field="f", actor=actor, at=at
        )
        assert Record.objects.get().verb == "files.draft_uploaded"
        assert may_open(actor.post, file)
        assert not may_open(world.posts["office_head"], file)

    def test_are_cleared_when_their_form_never_came(self, db, at, tmp_path):
        key = uuid4()
        forgotten, young = stored(at - timedelta(days=8)), stored(at)
        for file in (forgotten, young):
            keep_draft(request_key=key, actor_key="post:1", field="f", file=file)
            os.utime(tmp_path / "files" / file.path, (file.stored_at.timestamp(),) * 2)
        self.clear(at)
        assert list(StoredFile.objects.all()) == [young]
        assert not (tmp_path / "files" / forgotten.path).exists()
        assert (tmp_path / "files" / young.path).exists()

    def test_are_forgotten_when_the_form_is_accepted(self, db, at):
        key = uuid4()
        keep_draft(request_key=key, actor_key="post:1", field="f", file=stored(at))
        forget_drafts(key, "post:1")
        assert drafts_of(key, "post:1") == []

    def clear(self, at) -> None:
        from django.test import TestCase

        with TestCase.captureOnCommitCallbacks(execute=True):
            clear_drafts(actor=SYSTEM, at=at, kept_for=timedelta(days=7))


class TestContentNoRowKnows:
    def test_is_swept_once_it_is_old(self, db, at, tmp_path):
        with pytest.raises(ZeroDivisionError):
            self.store_and_fail(at)
        (orphan,) = (tmp_path / "files").glob("??/??/*")
        os.utime(orphan, ((at - timedelta(days=8)).timestamp(),) * 2)
        TestDrafts().clear(at)
        assert not orphan.exists()

    def store_and_fail(self, at) -> None:
        with transaction.atomic():
            stored(at)
            raise ZeroDivisionError


class Scanner(threading.Thread):
    """A virus scanner on a Unix socket that speaks clamd's stream protocol and gives one answer."""

    def __init__(self, path: str, answer: bytes) -> None:
        super().__init__()
        self.answer, self.seen = answer, b""
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.bind(path)
        self.socket.listen()

    def run(self) -> None:
        line, _ = self.socket.accept()
        with line, self.socket, line.makefile("rb") as reader:
            assert reader.read(10) == b"zINSTREAM\x00"
            while length := int.from_bytes(reader.read(4)):
                self.seen += reader.read(length)
            line.sendall(self.answer)


class TestWhereAScannerIsConfigured:
    def answer(self, settings, tmp_path, answer: bytes) -> Scanner:
        settings.HUIYIN_CLAMD = str(tmp_path / "clamd")
        scanner = Scanner(settings.HUIYIN_CLAMD, answer)
        scanner.start()
        return scanner

    def test_a_clean_file_is_kept_and_marked(self, db, at, settings, tmp_path):
        scanner = self.answer(settings, tmp_path, b"stream: OK\x00")
        assert stored(at).scan_state == "clean"
        scanner.join()
        assert scanner.seen == samples.PDF

    def test_an_infected_file_is_refused(self, db, at, settings, tmp_path):
        scanner = self.answer(settings, tmp_path, b"stream: Test-Signature FOUND\x00")
        with pytest.raises(FileRefused, match="病毒"):
            stored(at)
        scanner.join()

    def test_a_strange_answer_is_a_no(self, db, at, settings, tmp_path):
        scanner = self.answer(settings, tmp_path, b"INSTREAM size limit exceeded. ERROR\x00")
        with pytest.raises(FileRefused, match="查毒服务没有回应"):
            stored(at)
        scanner.join()

    def test_silence_is_a_no(self, db, at, settings, tmp_path):
        settings.HUIYIN_CLAMD = str(tmp_path / "nobody-there")
        with pytest.raises(FileRefused, match="查毒服务没有回应"):
            stored(at)
        assert StoredFile.objects.count() == 0

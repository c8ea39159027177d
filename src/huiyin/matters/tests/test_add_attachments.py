"""Adding files to a matter."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from tests.support.books import put_books_in_force
from tests.support.history import registered
from tests.support.world import World, build_world

from huiyin.files.models import Draft
from huiyin.files.operations import examine, read, upload_draft
from huiyin.matters.models import Matter
from huiyin.matters.operations.attachments import AlreadyAttached, NothingAttached, add_attachments
from huiyin.organisations.permissions import NotAllowed

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def _attached(
    world: World, matter: Matter, at: datetime, who: str = "officer_wang", key: UUID | None = None, **more: Any
) -> None:
    key, actor = key or uuid4(), world.act(who)
    file = upload_draft(
        examined=examine(content=PDF, name="面商记录.pdf"), procuratorate=world.city, request_key=key, field="files",
        actor=actor, at=at,
    )  # fmt: skip
    add_attachments(
        matter=matter, kind="scan", note="代表已签名", actor=actor, at=at, request_key=key, **{"files": [file]} | more
    )


class TestAddAttachments:
    def test_keeps_the_file_with_the_matter(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        _attached(in_force, matter, at)
        kept = matter.attachments.get()
        assert (kept.kind, kept.note, read(kept.file)) == ("scan", "代表已签名", PDF)

    def test_takes_it_out_of_the_drafts(self, in_force: World, at: datetime) -> None:
        _attached(in_force, registered(in_force, at), at)
        assert not Draft.objects.exists()

    def test_refuses_the_same_file_twice(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        _attached(in_force, matter, at)
        with pytest.raises(AlreadyAttached):
            _attached(in_force, matter, at)

    def test_refuses_nothing_at_all(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NothingAttached):
            _attached(in_force, registered(in_force, at), at, files=[])

    def test_refuses_who_may_not_open_the_matter(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            _attached(in_force, registered(in_force, at), at, who="head_first")


@pytest.mark.committed
class TestTwoWhoAddTheSameAtOnce:
    def test_add_it_once(self, committed_db: None, at: datetime) -> None:
        world = put_books_in_force(build_world())
        matter = registered(world, at)
        ready, done, refused = threading.Barrier(2), [], []

        def add() -> None:
            ready.wait(timeout=30)
            try:
                _attached(world, matter, at)
                done.append(1)
            except AlreadyAttached as refusal:
                refused.append(str(refusal))
            finally:
                connections.close_all()

        threads = [threading.Thread(target=add) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(done), refused) == (1, ["“面商记录.pdf”已经在材料里，不用重复上传。"])
        assert matter.attachments.count() == 1

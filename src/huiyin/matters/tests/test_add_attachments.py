"""Adding files to a matter."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import registered
from tests.support.world import World

from huiyin.files.operations import examine, read
from huiyin.matters.operations.attachments import add_attachments
from huiyin.organisations.permissions import NotAllowed

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class TestAddAttachments:
    def test_stores_the_file_with_the_matter(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        scan = examine(content=PDF, name="面商记录.pdf")
        add_attachments(
            matter=matter, kind="scan", files=[scan], note="代表已签名", actor=in_force.act("officer_wang"), at=at
        )
        kept = matter.attachments.get()
        assert (kept.kind, kept.note, read(kept.file)) == ("scan", "代表已签名", PDF)

    def test_refuses_who_may_not_open_the_matter(self, in_force: World, at: datetime) -> None:
        scan = examine(content=PDF, name="面商记录.pdf")
        with pytest.raises(NotAllowed):
            add_attachments(
                matter=registered(in_force, at), kind="scan", files=[scan], actor=in_force.act("head_first"), at=at
            )

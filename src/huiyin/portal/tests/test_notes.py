"""Messages from the office."""

from __future__ import annotations

import pytest
from tests.support.visit import visit

from huiyin.exchange.operations import publish
from huiyin.exchange.shapes import NOTE
from huiyin.portal.tests.conftest import STRANGER, account_of, signed_in


@pytest.fixture
def note(account, at):
    return publish(
        account=account, kind=NOTE, key="message:1", title="您的建议已经答复", accepts=[], files=[], at=at,
        body={"text": "答复函已经印发。", "link": "/"}, position_at=at,
    )  # fmt: skip


class TestNotes:
    def test_are_counted_until_they_are_read(self, phone, note):
        page = visit(phone, "/notes/").content.decode()
        assert '<span class="count">1</span>' in page
        assert "答复函已经印发。" in page
        assert "去查看" in page
        phone.post(f"/notes/{note.public_id}/read/")
        assert '<span class="count">' not in visit(phone, "/notes/").content.decode()

    def test_are_not_read_by_looking(self, phone, note):
        phone.get("/notes/")
        note.refresh_from_db()
        assert note.read_at is None
        assert phone.get(f"/notes/{note.public_id}/read/").status_code == 405

    def test_are_nobody_elses(self, note, at):
        other = signed_in(account_of("p:2", STRANGER, at))
        assert other.post(f"/notes/{note.public_id}/read/").status_code == 404
        assert "还没有消息" in other.get("/notes/").content.decode()

"""The inbox of signatures, and objecting to what was recorded from paper."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support import letters
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.visit import visit
from tests.support.world import World

from huiyin.approvals.models import Decision
from huiyin.approvals.queries import open_steps
from huiyin.matters.models import Reply
from huiyin.organisations.models import Substitution

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def reply(in_force: World, deputies: object, at: datetime) -> Reply:
    return letters.submitted(in_force, in_hand(in_force, at), at)


class TestTheInbox:
    def test_shows_what_waits_and_nothing_else(self, reply: Reply, desk: Desk) -> None:
        assert "电子烟" in visit(desk("head_second"), "/desk/approvals/").content.decode()
        assert "没有等您审签的文稿" in visit(desk("chief"), "/desk/approvals/").content.decode()

    def test_shows_a_substitute_what_he_signs_for_another(self, reply: Reply, in_force: World, desk: Desk) -> None:
        Substitution.objects.create(
            post=in_force.posts["head_second"], substitute=in_force.posts["head_first"], from_on=date(2026, 3, 1),
            until_on=date(2026, 4, 1),
        )  # fmt: skip
        client = desk("head_first")
        assert "代魏部长" in visit(client, "/desk/approvals/").content.decode()
        visit(client, f"/desk/replies/{reply.pk}/sign/")


class TestAPaperSignature:
    def test_recorded_at_the_desk_may_be_objected_to_by_its_leader(self, reply: Reply, desk: Desk) -> None:
        recorded(reply, desk)
        assert [step.code for step in open_steps(letters.fresh(reply).approval)] == ["office"]
        head = desk("head_second")
        assert "这不是我签的" in visit(head, "/desk/approvals/").content.decode()
        decision = Decision.objects.get(approval=letters.fresh(reply).approval)
        there = f"/desk/approvals/decisions/{decision.pk}/object/"
        assert head.post(there, {}).status_code == 422
        assert head.post(there, {"reason": "签的不是这一稿"}).status_code == 302
        assert [step.code for step in open_steps(letters.fresh(reply).approval)] == ["department"]

    def test_without_its_scan_is_refused(self, reply: Reply, desk: Desk) -> None:
        page = recorded(reply, desk, scan=None)
        assert page.status_code == 422
        assert "请上传签批件的扫描件" in page.content.decode()


def recorded(reply: Reply, desk: Desk, scan: object = "yes"):  # type: ignore[no-untyped-def]  # noqa: ANN201
    client = desk("officer_wang")
    step = open_steps(letters.fresh(reply).approval)[0]
    page = visit(client, f"/desk/replies/{reply.pk}/sign/?step={step.pk}")
    form = page.context["form"]
    data = {
        "step": step.pk, "version": form["version"].value(), "subject_hash": form["subject_hash"].value(),
        "request_key": str(uuid4()), "way": "paper", "signed_on": "2026-03-05", "verdict": "agree",
    }  # fmt: skip
    if scan:
        data["scan"] = SimpleUploadedFile("签批.pdf", PDF)
    return client.post(f"/desk/replies/{reply.pk}/sign/", data)

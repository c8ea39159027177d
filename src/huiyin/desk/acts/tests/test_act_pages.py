"""Contacts and assisting opinions at the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support.desk import Desk
from tests.support.history import in_hand, part_of
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Act, Matter
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole, OpinionState

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at, parts=(
        Part(role=HandlerRole.LEAD, department=in_force.departments["second"]),
        Part(role=HandlerRole.ASSIST, department=in_force.departments["first"]),
    ))  # fmt: skip


def sheet(matter: Matter, **changes: object) -> dict[str, object]:
    usual = {
        "request_key": str(uuid4()), "kind": "consult", "stage": "before", "mode": "face_to_face",
        "happened_on": "2026-03-05", "held": "yes", "deputy_words": "希望加强执法协作。",
        "participant": matter.participants.get(role="lead").pk,
    }  # fmt: skip
    return usual | changes


class TestRecordingATalk:
    def test_keeps_sheet_and_scan(self, matter: Matter, desk: Desk) -> None:
        client = desk("handler_second")
        visit(client, f"/desk/matters/{matter.pk}/acts/new/")
        scan = SimpleUploadedFile("记录.pdf", PDF)
        response = client.post(f"/desk/matters/{matter.pk}/acts/new/", sheet(matter, scan=scan))
        act = Act.objects.get()
        assert response.headers["Location"] == f"/desk/acts/{act.pk}/"
        assert act.scan is not None
        page = visit(client, f"/desk/acts/{act.pk}/").content.decode()
        assert "希望加强执法协作。" in page
        assert client.get(f"/desk/files/{act.scan.public_id}/").status_code == 200
        assert "希望加强执法协作。" in visit(client, f"/desk/matters/{matter.pk}/").content.decode()

    def test_by_phone_is_no_face_to_face(self, matter: Matter, desk: Desk) -> None:
        client = desk("handler_second")
        client.post(f"/desk/matters/{matter.pk}/acts/new/", sheet(matter, mode="phone"))
        page = visit(client, f"/desk/acts/{Act.objects.get().pk}/").content.decode()
        assert "<h1>电话沟通记录</h1>" in page
        assert ">电话沟通</a>" in visit(client, f"/desk/matters/{matter.pk}/").content.decode()
        assert not any(act.is_meeting for act in Act.objects.all())

    def test_pressed_twice_is_one_record(self, matter: Matter, desk: Desk) -> None:
        client, data = desk("handler_second"), sheet(matter)
        for _ in range(2):
            client.post(f"/desk/matters/{matter.pk}/acts/new/", data)
        assert Act.objects.count() == 1

    def test_refused_keeps_what_was_typed_and_the_file(self, matter: Matter, desk: Desk) -> None:
        client = desk("handler_second")
        data = sheet(matter, happened_on="2026-03-09", scan=SimpleUploadedFile("记录.pdf", PDF))
        page = client.post(f"/desk/matters/{matter.pk}/acts/new/", data)
        assert page.status_code == 422
        words = page.content.decode()
        assert "不能晚于今天" in words
        assert "希望加强执法协作。" in words
        assert "已上传“记录.pdf”" in words

    def test_that_failed_waits_for_the_note_of_the_office_head(self, matter: Matter, desk: Desk) -> None:
        data = sheet(matter, held="no", deputy_words="", reason_not_held="代表外出")
        desk("handler_second").post(f"/desk/matters/{matter.pk}/acts/new/", data)
        act = Act.objects.get()
        head = desk("office_head")
        assert "办公室负责人说明" in visit(head, f"/desk/acts/{act.pk}/").content.decode()
        assert head.post(f"/desk/acts/{act.pk}/note/", {"note": "已改为电话沟通。"}).status_code == 302
        act.refresh_from_db()
        assert act.head_note == "已改为电话沟通。"


class TestAnAssistingOpinion:
    def test_is_given_by_the_assistant_after_a_reminder(self, matter: Matter, in_force: World, desk: Desk) -> None:
        part = part_of(matter, in_force, "first")
        lead, there = desk("handler_second"), f"/desk/undertakings/{part.pk}"
        visit(lead, f"{there}/opinion/")
        lead.post(f"{there}/urge/", {"request_key": str(uuid4()), "mode": "phone", "words": "请尽快。"})
        assistant = desk("handler_first")
        assert "请尽快。" in visit(assistant, f"{there}/opinion/").content.decode()
        data = {
            "version": part.version, "request_key": str(uuid4()), "has_opinion": "yes", "opinion": "同意。",
            "received_on": "2026-03-05",
        }  # fmt: skip
        assert assistant.post(f"{there}/opinion/", data).status_code == 302
        part.refresh_from_db()
        assert part.opinion_state == OpinionState.RECEIVED
        assert "已收到意见" in visit(lead, f"/desk/matters/{matter.pk}/").content.decode()

    def test_is_not_left_out_before_the_reminders_of_the_book(
        self, matter: Matter, in_force: World, desk: Desk
    ) -> None:
        part = part_of(matter, in_force, "first")
        page = desk("deputy_chief").post(f"/desk/undertakings/{part.pk}/leave-out/", {"version": part.version})
        assert page.status_code == 422
        assert "催办2次" in page.content.decode()

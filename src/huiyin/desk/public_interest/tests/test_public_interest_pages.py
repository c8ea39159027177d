"""公益诉讼转化 on the pages: from the matter's button to the copy that went out."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support.desk import Desk
from tests.support.extensions import PDF
from tests.support.history import in_hand
from tests.support.visit import visit
from tests.support.world import World

from huiyin.suggestions.models import PublicTransfer

FRONT = "/desk/public-interest/"


class TestAConversionOnThePages:
    def test_goes_from_suggestion_to_copied_papers(self, in_force: World, at: datetime, desk: Desk) -> None:
        matter = in_hand(in_force, at)
        client, leader = desk("officer_wang"), desk("deputy_chief")
        assert "转公益诉讼" in visit(client, f"/desk/matters/{matter.pk}/").content.decode()
        visit(client, f"{FRONT}new/?matter={matter.pk}")
        typed = {
            "matter": matter.pk, "direction": "to_case", "title": "校园周边售烟", "field": "未成年人保护", "source": "",
            "reason": "侵害公益", "received_on": "2026-03-03", "department": in_force.departments["third"].pk,
            "leader": in_force.posts["deputy_chief"].pk, "copied_to": "市人大代工委", "request_key": uuid4(),
        }  # fmt: skip
        assert "请选择本院在任" in client.post(f"{FRONT}new/", typed | {"leader": ""}).content.decode()
        assert client.post(f"{FRONT}new/", typed).status_code == 302
        transfer = PublicTransfer.objects.get()
        page = f"{FRONT}{transfer.pk}/"
        assert "待决定的公益诉讼立案" in visit(leader, "/desk/").content.decode()
        assert "同意立案" in visit(leader, page).content.decode()
        leader.post(f"{page}decide-filing/", {"version": 1, "opinion": "", "verdict": "file"})
        paper = {
            "version": 2, "kind": "filing", "number": "样检公益立〔2026〕3号", "dated_on": at.date().isoformat(),
            "addressee": "", "request_key": uuid4(), "file": SimpleUploadedFile("立案决定书.pdf", PDF),
        }  # fmt: skip
        assert client.post(f"{page}record-paper/", paper).status_code == 302
        assert "待抄送的公益诉讼文书" in visit(client, "/desk/").content.decode()
        one = transfer.papers.get()
        wrong = client.post(f"{page}papers/{one.pk}/note-copied/", {"copied_on": "2026-01-01", "how": "机要交换"})
        assert "抄送日应在成文日期与今天之间" in wrong.content.decode()
        assert "样检公益立〔2026〕3号" in visit(client, page).content.decode()
        copied = {"copied_on": at.date().isoformat(), "how": "机要交换"}
        client.post(f"{page}papers/{one.pk}/note-copied/", copied)
        assert "抄送" in visit(desk("handler_second"), f"/desk/matters/{matter.pk}/").content.decode()
        assert "未成年人保护" in visit(client, f"{FRONT}?state=running").content.decode()
        assert client.post(f"{FRONT}export/", {"state": ""}).status_code == 200

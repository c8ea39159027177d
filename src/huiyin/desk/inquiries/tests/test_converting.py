"""A suggestion about a single case leaves for the sealed road from its own page."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.lists import original
from tests.support.visit import visit
from tests.support.world import World

from huiyin.files.operations import store
from huiyin.matters.models import Matter
from huiyin.matters.operations.attachments import add_attachments
from huiyin.suggestions.models import CaseInquiry, Conversion
from huiyin.suggestions.operations.conversions import decide_conversion

CASE = "刘某合同诈骗案"


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


def propose(desk: Desk, matter: Matter, **more: str) -> None:
    data = {
        "request_key": str(uuid4()), "extent": "part", "case_title": CASE, "question": "该案进度如何。",
        "rest_title": "关于定期告知办理进度的建议", "rest_body": "建议定期告知。", "reason": "涉及具体案件",
    }  # fmt: skip
    client = desk("handler_second")
    visit(client, f"/desk/matters/{matter.pk}/conversion/")
    assert client.post(f"/desk/matters/{matter.pk}/conversion/", data | more).status_code == 302


class TestConverting:
    def test_is_proposed_decided_and_leaves_a_clean_suggestion(self, matter: Matter, desk: Desk) -> None:
        propose(desk, matter)
        head, there = desk("office_head"), f"/desk/matters/{matter.pk}/"
        assert "待决定的转办" in visit(head, "/desk/").content.decode()
        assert "请决定" in visit(head, there).content.decode()
        assert "等办公室负责人决定" in visit(desk("handler_second"), there).content.decode()
        decide = f"/desk/conversions/{Conversion.objects.get().pk}/decide/"
        page = visit(head, decide)
        data = {"version": page.context["form"]["version"].value(), "request_key": str(uuid4()), "opinion": "同意。"}
        assert head.post(decide, data | {"decision": "agree"}).status_code == 302
        left = visit(desk("handler_second"), there).content.decode()
        assert ("关于定期告知办理进度的建议" in left, CASE in left) == (True, False)
        assert CaseInquiry.objects.get().matter.title == CASE

    def test_takes_the_original_along_to_those_who_may_read_the_inquiry(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        officer = in_force.act("officer_wang")
        file = store(
            content=original(CASE), name="原文.docx", procuratorate=in_force.city, actor_key=officer.key, at=at
        )
        add_attachments(matter=matter, kind="original", files=[file], request_key=uuid4(), actor=officer, at=at)
        propose(desk, matter)
        made = Conversion.objects.select_related("matter").get()
        decide_conversion(
            conversion=made, agreed=True, opinion="同意。", actor=in_force.act("office_head"),
            version=made.matter.version, at=at,
        )  # fmt: skip
        head, inquiry = desk("office_head"), CaseInquiry.objects.get()
        there = f"/desk/files/{file.public_id}/"
        assert there not in visit(head, f"/desk/inquiries/{inquiry.pk}/").content.decode()
        assert there in head.post(f"/desk/inquiries/{inquiry.pk}/open/").content.decode()
        assert visit(head, there).status_code == 200
        assert desk("handler_second").get(there).status_code == 404

    def test_of_a_whole_one_asks_for_the_paper_and_keeps_what_was_typed(self, matter: Matter, desk: Desk) -> None:
        propose(desk, matter, extent="whole")
        head, decide = desk("office_head"), f"/desk/conversions/{Conversion.objects.get().pk}/decide/"
        page = visit(head, decide)
        data = {"version": page.context["form"]["version"].value(), "request_key": str(uuid4()), "opinion": "涉及个案"}
        answer = head.post(decide, data | {"decision": "agree"})
        assert (answer.status_code, "复函" in answer.content.decode()) == (422, True)
        assert "涉及个案" in answer.content.decode()

    @pytest.mark.parametrize("pressed", [{}, {"decision": "AGREE"}])
    def test_is_decided_by_nothing_but_its_buttons(self, matter: Matter, desk: Desk, pressed: dict[str, str]) -> None:
        propose(desk, matter)
        head, decide = desk("office_head"), f"/desk/conversions/{Conversion.objects.get().pk}/decide/"
        version = visit(head, decide).context["form"]["version"].value()
        answer = head.post(decide, {"version": version, "request_key": str(uuid4()), "opinion": "按此办"} | pressed)
        page = answer.content.decode()
        assert (answer.status_code, "请选择同意转办或者不转办。" in page, "按此办" in page) == (422, True, True)
        assert Conversion.objects.get().verdict == ""

    def test_with_a_broken_version_is_answered_with_a_sentence(self, matter: Matter, desk: Desk) -> None:
        propose(desk, matter)
        head, decide = desk("office_head"), f"/desk/conversions/{Conversion.objects.get().pk}/decide/"
        answer = head.post(decide, {"version": "x", "request_key": str(uuid4()), "decision": "agree"})
        assert (answer.status_code, "请刷新页面" in answer.content.decode()) == (422, True)
        assert Conversion.objects.get().verdict == ""

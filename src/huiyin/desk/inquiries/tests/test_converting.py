"""A suggestion about a single case leaves for the sealed road from its own page."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Matter
from huiyin.suggestions.models import CaseInquiry, Conversion

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

    def test_of_a_whole_one_asks_for_the_paper_and_keeps_what_was_typed(self, matter: Matter, desk: Desk) -> None:
        propose(desk, matter, extent="whole")
        head, decide = desk("office_head"), f"/desk/conversions/{Conversion.objects.get().pk}/decide/"
        page = visit(head, decide)
        data = {"version": page.context["form"]["version"].value(), "request_key": str(uuid4()), "opinion": "涉及个案"}
        answer = head.post(decide, data | {"decision": "agree"})
        assert (answer.status_code, "复函" in answer.content.decode()) == (422, True)
        assert "涉及个案" in answer.content.decode()

    def test_with_a_broken_version_is_answered_with_a_sentence(self, matter: Matter, desk: Desk) -> None:
        propose(desk, matter)
        head, decide = desk("office_head"), f"/desk/conversions/{Conversion.objects.get().pk}/decide/"
        answer = head.post(decide, {"version": "x", "request_key": str(uuid4()), "decision": "agree"})
        assert (answer.status_code, "请刷新页面" in answer.content.decode()) == (422, True)
        assert Conversion.objects.get().verdict == ""

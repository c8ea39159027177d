"""The pages by which a suggestion goes back."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support import history
from tests.support.desk import Desk
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Matter
from huiyin.suggestions.models import NotOurs, ReturnState
from huiyin.suggestions.tests.test_returns import PDF, decided, proposed, sent


def url(verb: str, key: int) -> str:
    return reverse(f"desk:returns:{verb}", args=[key])


class TestTheWayBack:
    def test_is_gone_page_by_page(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = history.registered(in_force, at)
        head, leader, officer = desk("office_head"), desk("deputy_chief"), desk("officer_wang")
        page = visit(head, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert url("propose", matter.pk) in page
        visit(head, url("propose", matter.pk))
        said = {
            "reason": "涉及市场监管执法。", "proper_unit": "市市场监管局", "request_key": uuid4(),
            "leader": in_force.posts["deputy_chief"].pk,
        }  # fmt: skip
        head.post(url("propose", matter.pk), said)
        giving = NotOurs.objects.get()
        page = visit(head, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert url("propose", matter.pk) not in page
        assert "/desk/proposals/draft/?matter=" not in page
        assert "待决定是否退回" in visit(leader, "/desk/").content.decode()
        visit(leader, url("detail", giving.pk))
        leader.post(url("decide", giving.pk), {"version": 1, "opinion": "", "decision": "agree"})
        page = visit(officer, url("detail", giving.pk)).content.decode()
        assert "院领导同意，待发退回函" in page
        officer.post(url("send", giving.pk), {"version": 2})
        assert "样检函〔2026〕1号" in visit(officer, url("detail", giving.pk)).content.decode()
        answer = {
            "version": 3, "agreed": "yes", "document_number": "样人代函〔2026〕3号", "dated_on": at.date(),
            "scan": SimpleUploadedFile("复函.pdf", PDF), "request_key": uuid4(), "note": "",
        }  # fmt: skip
        done = officer.post(url("answer", giving.pk), answer, follow=True)
        assert "已退回交办机关，本件办结。" in done.content.decode()
        assert Matter.objects.get().outcome == "returned"
        page = visit(officer, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert "交办机关同意，已退回" in page

    def test_prints_its_letter_on_record(self, in_force: World, desk: Desk, at: datetime) -> None:
        giving = sent(in_force, at)
        printed = desk("officer_wang").post(reverse("desk:returns:letter", args=[giving.pk, "docx"]))
        assert printed.content[:2] == b"PK"

    def test_says_what_is_missing_and_keeps_what_was_typed(self, in_force: World, desk: Desk, at: datetime) -> None:
        giving = sent(in_force, at)
        answer = desk("officer_wang").post(
            url("answer", giving.pk),
            {
                "version": giving.version,
                "agreed": "no",
                "document_number": "样人代函〔2026〕9号",
                "request_key": uuid4(),
            },
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "请上传来文的扫描件" in page
        assert "样人代函〔2026〕9号" in page

    def test_is_decided_by_nothing_but_its_buttons(self, in_force: World, desk: Desk, at: datetime) -> None:
        giving = proposed(in_force, at)
        answer = desk("deputy_chief").post(url("decide", giving.pk), {"version": 1, "opinion": "由本院办理"})
        page = answer.content.decode()
        assert (answer.status_code, "请选择同意退回或者不退回。" in page, "由本院办理" in page) == (422, True, True)
        giving.refresh_from_db()
        assert giving.state == ReturnState.PROPOSED

    def test_tells_a_stale_page_so(self, in_force: World, desk: Desk, at: datetime) -> None:
        giving = proposed(in_force, at)
        decided(in_force, at, giving)
        answer = desk("deputy_chief").post(
            url("decide", giving.pk), {"version": 1, "decision": "keep", "opinion": "由本院办理"}
        )
        assert answer.status_code == 422
        assert "刚刚由同事办理过" in answer.content.decode()

    def test_can_be_given_up(self, in_force: World, desk: Desk, at: datetime) -> None:
        giving = proposed(in_force, at)
        desk("officer_wang").post(url("withdraw", giving.pk), {"version": 1, "reason": "已协调"})
        giving.refresh_from_db()
        assert giving.state == ReturnState.WITHDRAWN

    def test_is_no_business_of_others(self, in_force: World, desk: Desk, at: datetime) -> None:
        giving = proposed(in_force, at)
        assert desk("handler_second").get(url("detail", giving.pk)).status_code == 403
        assert desk("officer_li").get(url("detail", giving.pk)).status_code == 404
        assert desk("officer_wang").post(url("decide", giving.pk), {"version": 1}).status_code == 403

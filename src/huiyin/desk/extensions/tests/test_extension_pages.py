"""The pages by which a matter gets more time."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support import extensions as road
from tests.support import history
from tests.support.desk import Desk
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Extension


def url(verb: str, key: int) -> str:
    return reverse(f"desk:extensions:{verb}", args=[key])


class TestMoreTime:
    def test_is_asked_signed_sent_answered_and_told_page_by_page(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        matter = history.in_hand(in_force, at)
        handler, officer = desk("handler_second"), desk("officer_wang")
        page = reverse("desk:matters:detail", args=[matter.pk])
        assert url("ask", matter.pk) in visit(handler, page).content.decode()
        assert "2026-09-02" in visit(handler, url("ask", matter.pk)).content.decode()
        said = {"to_on": road.UNTIL, "reason": "须逐校核实", "request_key": uuid4()}
        handler.post(url("ask", matter.pk), said)
        extension = Extension.objects.get()
        assert url("ask", matter.pk) not in visit(handler, page).content.decode()
        for who in ("head_second", "office_head", "deputy_chief"):
            _agree(desk, who, extension)
        assert "待发的延期函" in visit(officer, "/desk/").content.decode()
        officer.post(url("send", extension.pk), {"version": _version(), "letter_number": "", "sent_on": at.date()})
        assert "已发函，待交办机关答复" in visit(officer, page).content.decode()
        answer = {
            "version": _version(), "agreed": "yes", "to_on": road.UNTIL, "document_number": "样人代函〔2026〕9号",
            "dated_on": at.date(), "received_on": at.date(), "scan": SimpleUploadedFile("复函.pdf", road.PDF),
            "request_key": uuid4(), "note": "",
        }  # fmt: skip
        done = officer.post(url("answer", extension.pk), answer, follow=True)
        assert "期限已重算" in done.content.decode()
        assert "延期后待告知提出人" in visit(handler, "/desk/").content.decode()
        told = {"version": _version(), "told_on": at.date(), "mode": "phone", "note": ""}
        handler.post(url("tell", extension.pk), told)
        shown = visit(handler, page).content.decode()
        assert "已告知提出人" in shown
        assert "2026年7月2日" in shown
        assert "延期后待告知提出人" not in visit(handler, "/desk/").content.decode()
        assert officer.post(reverse("desk:extensions:form", args=[extension.pk, "docx"])).content[:2] == b"PK"
        assert officer.post(reverse("desk:extensions:letter", args=[extension.pk, "docx"])).content[:2] == b"PK"

    def test_says_what_is_missing_keeps_what_was_typed_and_tells_a_stale_page(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        matter = history.in_hand(in_force, at)
        refused = desk("handler_second").post(
            url("ask", matter.pk), {"to_on": date(2026, 12, 1), "reason": "须逐校核实", "request_key": uuid4()}
        )
        page = refused.content.decode()
        assert refused.status_code == 422
        assert "延期不得超过2026年9月2日" in page
        assert "须逐校核实" in page
        extension = road.asked(in_force, at, matter, at=at)
        stale = desk("handler_second").post(url("withdraw", extension.pk), {"version": 9, "reason": "不用了"})
        assert (stale.status_code, "刚刚由同事办理过" in stale.content.decode()) == (422, True)
        away = desk("officer_wang").post(url("answer", extension.pk), {"version": 1, "agreed": "no"})
        assert away.status_code == 422
        assert desk("head_second").post(url("decide", extension.pk), {"step": "0"}).status_code == 422
        desk("handler_second").post(url("withdraw", extension.pk), {"version": 1, "reason": "不用了"})
        extension.refresh_from_db()
        assert extension.state == "withdrawn"

    def test_is_no_business_of_others_and_no_clock_stands_still(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        extension = road.asked(in_force, at, at=at)
        assert desk("head_first").get(url("detail", extension.pk)).status_code == 404
        assert desk("officer_li").get(url("detail", extension.pk)).status_code == 404
        assert desk("handler_second").post(url("send", extension.pk), {"version": 1}).status_code == 403
        leader = desk("deputy_chief")
        page = visit(leader, url("suspend", extension.matter_id)).content.decode()
        assert "现行制度没有规定这件事项的期限可以中止" in page
        assert url("suspend", extension.matter_id) not in visit(
            leader, reverse("desk:matters:detail", args=[extension.matter_id])
        ).content.decode()  # fmt: skip


def _version() -> int:
    return Extension.objects.get().version


def _agree(desk: Desk, who: str, extension: Extension) -> None:
    extension = Extension.objects.select_related("approval").get(pk=extension.pk)
    assert extension.approval is not None
    page = visit(desk(who), url("detail", extension.pk)).content.decode()
    step = extension.approval.steps.get(status="open")
    said = {
        "step": step.pk, "verdict": "agree", "opinion": "同意。", "version": extension.approval.version,
        "subject_hash": extension.approval.subject_hash, "request_key": uuid4(),
    }  # fmt: skip
    assert f'value="{step.pk}"' in page
    assert desk(who).post(url("decide", extension.pk), said).status_code == 302

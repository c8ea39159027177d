"""The pages by which a suggestion is taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support import history
from tests.support.desk import Desk
from tests.support.extensions import PDF
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Matter
from huiyin.suggestions.models import Withdrawal


def url(verb: str, matter: Matter) -> str:
    return reverse(f"desk:withdrawals:{verb}", args=[matter.pk])


class TestTakingItBack:
    def test_goes_page_by_page_to_the_end(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = history.in_hand(in_force, at)
        officer = desk("officer_wang")
        page = reverse("desk:matters:detail", args=[matter.pk])
        assert url("detail", matter) in visit(officer, page).content.decode()
        visit(officer, url("detail", matter))
        signer = matter.participants.get()
        said = {"signers": [signer.pk], "signed_on": at.date(), "request_key": uuid4()}
        refused = officer.post(url("record", matter), said)
        assert (refused.status_code, "请上传扫描件。" in refused.content.decode()) == (422, True)
        assert not Withdrawal.objects.exists()
        officer.post(url("record", matter), said | {"scan": SimpleUploadedFile("撤回书.pdf", PDF)})
        begun = Withdrawal.objects.get()
        assert "已全部撤回待终止办理" in visit(officer, "/desk/").content.decode()
        assert "取消一份" in visit(officer, url("detail", matter)).content.decode()
        early = officer.post(url("finish", matter), {"version": begun.version})
        assert "须经交办机关同意才能终止办理" in early.content.decode()
        officer.post(url("ask", matter), {"version": begun.version, "letter_number": "", "sent_on": at.date()})
        stale = officer.post(url("drop", matter), {"version": begun.version, "reason": "不撤了"})
        assert (stale.status_code, "刚刚由同事办理过" in stale.content.decode()) == (422, True)
        assert "待交办机关答复的撤回" in visit(officer, "/desk/").content.decode()
        begun.refresh_from_db()
        answer = {
            "version": begun.version, "agreed": "yes", "document_number": "样人代函〔2026〕12号", "dated_on": at.date(),
            "received_on": at.date(), "scan": SimpleUploadedFile("复函.pdf", PDF), "request_key": uuid4(), "note": "",
        }  # fmt: skip
        done = officer.post(url("answer", matter), answer, follow=True)
        assert "已终止办理" in done.content.decode()
        shown = visit(officer, page).content.decode()
        assert "已撤回，终止办理" in shown
        assert officer.post(reverse("desk:withdrawals:letter", args=[matter.pk, "docx"])).content[:2] == b"PK"
        assert "待签收的交办" not in visit(desk("head_second"), "/desk/").content.decode()

    def test_is_undone_and_is_no_business_of_others(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = history.in_hand(in_force, at)
        officer = desk("officer_wang")
        said = {"signers": [matter.participants.get().pk], "signed_on": at.date(), "request_key": uuid4()}
        officer.post(url("record", matter), said | {"scan": SimpleUploadedFile("撤回书.pdf", PDF)})
        begun = Withdrawal.objects.get()
        visit(desk("handler_second"), url("detail", matter))
        assert desk("handler_second").post(url("drop", matter), {"version": begun.version}).status_code == 403
        assert desk("head_first").get(url("detail", matter)).status_code == 404
        assert desk("officer_li").get(url("detail", matter)).status_code == 404
        paper = {"paper": begun.papers.get().pk, "reason": "不是本人签名", "version": begun.version}
        officer.post(url("remove", matter), paper)
        begun.refresh_from_db()
        officer.post(url("drop", matter), {"version": begun.version, "reason": "代表改变主意"})
        begun.refresh_from_db()
        assert begun.state == "dropped"
        page = visit(officer, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert url("detail", matter) in page

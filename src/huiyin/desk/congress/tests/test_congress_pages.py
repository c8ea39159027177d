"""A report to the standing committee on screen: begun, sent up, signed, numbered, sent, heard."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support.congress import begun, numbered
from tests.support.desk import Desk
from tests.support.extensions import PDF
from tests.support.visit import visit
from tests.support.world import World

from huiyin.suggestions.models import CongressReport

TYPED = {
    "title": "关于公益诉讼检察工作情况的报告", "meeting": "常委会第三十次会议", "meeting_on": "2026-04-30",
    "recipients": "样本市人大常委会\n政协样本市委员会", "section_special": "办理公益诉讼案件。",
}  # fmt: skip


class TestACongressReportOnScreen:
    def test_is_begun_counted_down_and_signed(self, in_force: World, desk: Desk, at: datetime) -> None:
        officer = desk("officer_wang")
        assert "应当专门汇报2次" in visit(officer, "/desk/congress/").content.decode()
        visit(officer, "/desk/congress/new/")
        assert officer.post("/desk/congress/new/", TYPED | {"request_key": str(uuid4())}).status_code == 302
        there = f"/desk/congress/{CongressReport.objects.get().pk}/"
        page = visit(officer, there).content.decode()
        for words in ("会前期限", "送人大征求意见", "为什么是这一天", "监督法》第十五条"):
            assert words in page
        visit(officer, f"{there}edit/")
        assert officer.post(f"{there}submit/", {"version": 1}).status_code == 302
        head = desk("office_head")
        assert TYPED["title"] in visit(head, "/desk/approvals/").content.decode()
        form = visit(head, there).context["forms"]["decide"]
        said = {"version": form["version"].value(), "subject_hash": form["subject_hash"].value()}
        said["request_key"] = str(uuid4())
        assert "请选择同意或者退回修改" in head.post(f"{there}decide/", said).content.decode()
        assert head.post(f"{there}decide/", said | {"decision": "agree"}).status_code == 302
        step = visit(officer, there).context["recordable"][0].step
        form = visit(officer, f"{there}?step={step.pk}").context["forms"]["decide"]
        by_clerk = {
            "step": step.pk, "version": form["version"].value(), "subject_hash": form["subject_hash"].value(),
            "way": "paper", "signed_on": at.date().isoformat(), "request_key": str(uuid4()), "decision": "agree",
        }  # fmt: skip
        assert "请上传签批件的扫描件" in officer.post(f"{there}decide/", by_clerk).content.decode()
        with_scan = by_clerk | {"scan": SimpleUploadedFile("签批.pdf", PDF)}
        assert officer.post(f"{there}decide/", with_scan).status_code == 302
        assert "王联络代录" in visit(officer, there).content.decode()
        assert "不能再改" in visit(officer, f"{there}edit/").content.decode()
        visit(officer, "/desk/congress/")

    def test_keeps_what_was_typed_when_something_is_wrong(self, in_force: World, desk: Desk) -> None:
        wrong = TYPED | {"meeting_on": "2026-01-01", "request_key": str(uuid4())}
        answer = desk("officer_wang").post("/desk/congress/new/", wrong)
        assert answer.status_code == 422
        assert "已经过去" in answer.content.decode()
        assert "办理公益诉讼案件。" in answer.content.decode()

    def test_is_sent_to_each_and_heard(self, in_force: World, desk: Desk, at: object) -> None:
        report = numbered(in_force, at, meeting_on=at.date())
        officer, there = desk("officer_wang"), f"/desk/congress/{report.pk}/"
        assert "未送达" in visit(officer, there).content.decode()
        day = at.date().isoformat()
        early = officer.post(f"{there}conclude/", {"version": report.version, "heard_on": day})
        assert "还没有登记送达" in early.content.decode()
        for name in report.recipients:
            said = {"kind": "sent", "whom": name, "happened_on": day, "request_key": str(uuid4())}
            assert officer.post(f"{there}send/", said).status_code == 302
        assert officer.post(f"{there}conclude/", {"version": report.version, "heard_on": day}).status_code == 302
        assert "已报告" in visit(desk("chief"), there).content.decode()
        assert officer.post(f"{there}paper/docx/").content.startswith(b"PK")
        assert desk("officer_li").get(there).status_code == 404

    def test_is_given_up_and_stands_in_todays_work_until_then(self, in_force: World, desk: Desk, at: object) -> None:
        report, officer = begun(in_force, at), desk("officer_wang")
        assert "向常委会的报告待办" in visit(officer, "/desk/").content.decode()
        assert officer.post(f"/desk/congress/{report.pk}/drop/", {"version": 1}).status_code == 302
        assert officer.get(f"/desk/congress/{report.pk}/").status_code == 404

"""共性问题 on the pages: opened from a suggestion, gathered, analysed, ruled, and shown on each suggestion."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support.desk import Desk
from tests.support.extensions import PDF
from tests.support.history import in_hand, registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Matter
from huiyin.statistics.queries.loading import cases_of
from huiyin.suggestions.models import CommonProblem


class TestACommonProblemOnThePages:
    def test_goes_from_suggestion_to_rule(self, in_force: World, deputies: object, at: datetime, desk: Desk) -> None:
        matter = in_hand(in_force, at)
        other = registered(in_force, at, external_number="162008")
        client, front = desk("officer_wang"), "/desk/common-problems/"
        assert "这里没有共性问题" in visit(client, front).content.decode()
        visit(client, f"{front}new/?matter={matter.pk}")
        typed = {
            "matter": matter.pk, "title": "电子烟监管责任不清", "words": "电子烟", "category": "", "due_on": "",
            "owner": in_force.posts["head_second"].pk, "request_key": uuid4(),
        }  # fmt: skip
        assert client.post(f"{front}new/", typed | {"owner": ""}).status_code == 422
        assert client.post(f"{front}new/", typed).status_code == 302
        problem = CommonProblem.objects.get()
        page = f"{front}{problem.pk}/"
        assert "162008" in visit(client, page).content.decode()
        assert "没有含“司法救助”" in visit(client, f"{page}?word=司法救助").content.decode()
        client.post(f"{page}gather/", {"matters": [other.pk], "version": problem.version, "word": "162008"})
        problem.refresh_from_db()
        talk = {
            "form": "meeting", "held_on": "2026-03-30", "took_part": "甲代表、市教育局", "said": "线索移送没有时限。",
            "request_key": uuid4(), "version": problem.version,
        }  # fmt: skip
        early = client.post(f"{page}discuss/", talk)
        assert (early.status_code, "座谈日期不能晚于今天" in early.content.decode()) == (422, True)
        talk["held_on"] = "2026-03-02"
        for _ in range(2):
            assert client.post(f"{page}discuss/", talk).status_code == 302
        assert problem.talks.count() == 1
        head = desk("head_second")
        assert "甲代表、市教育局" in visit(head, page).content.decode()
        assert "待分析的共性问题" in visit(head, "/desk/").content.decode()
        problem.refresh_from_db()
        said = {"analysis": "没有时限", "measures_text": "联合定规则", "version": problem.version}
        assert head.post(f"{page}analyse/", said).status_code == 302
        rule = {
            "title": "线索移送办法", "number": "样检联〔2026〕3号", "dated_on": "2026-03-05", "request_key": uuid4(),
            "signers": "样本市人民检察院 甲样本\n样本市教育局", "revises": "", "version": problem.version + 1,
        }  # fmt: skip
        refused = head.post(f"{page}institutionalise/", rule)
        assert (refused.status_code, "请上传制度文件" in refused.content.decode()) == (422, True)
        rule["file"] = SimpleUploadedFile("办法.pdf", PDF, "application/pdf")
        assert head.post(f"{page}institutionalise/", rule).status_code == 302
        assert "2家单位联合发文" in visit(head, page).content.decode()
        assert "《线索移送办法》" in visit(client, f"/desk/matters/{other.pk}/").content.decode()
        case = cases_of(Matter.objects.filter(pk=other.pk))[0]
        assert [each.naming for each in case.rules] == ["《线索移送办法》（样检联〔2026〕3号）"]
        assert client.post(f"{front}export/", {"state": ""}).status_code == 200

"""Organs outside at the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.letters import all_signed, submitted
from tests.support.organs import joined, opinion_out, with_organ
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Countersignature, OpinionRequest, OutsideReply

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def _scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("来文.pdf", PDF, content_type="application/pdf")


class TestTheLeadUnitsReply:
    def test_is_listed_as_missing_and_recorded_with_its_scan(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        matter = opinion_out(in_force, at).matter
        client = desk("officer_wang")
        lines = visit(client, reverse("desk:home")).context["waiting"]
        assert any(line.label == "待收主办单位答复" for line in lines)
        assert "样本市公安局" in visit(client, reverse("desk:joint:awaiting")).content.decode()
        url = reverse("desk:joint:record", args=[matter.pk])
        visit(client, url)
        form = {
            "organ": "样本市公安局", "document_number": "样公函〔2026〕15号", "dated_on": "2026-03-05",
            "received_on": "2026-03-05", "request_key": str(uuid4()),
        }  # fmt: skip
        refused = client.post(url, form)
        assert refused.status_code == 422
        assert "样公函〔2026〕15号" in refused.content.decode()
        client.post(url, form | {"scan": _scan()})
        assert OutsideReply.objects.get().matter_id == matter.pk
        page = visit(client, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert "主办单位的答复" in page
        assert "来文.pdf" in page


class TestALetterAskingForAnOpinion:
    def test_is_drafted_by_the_handler_and_signed_by_the_office_head(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        matter, part = with_organ(in_force, at)
        client = desk("handler_second")
        assert "发函征求意见" in visit(client, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        url = reverse("desk:joint:ask", args=[part.pk])
        visit(client, url)
        form = {"words": "一、有何意见。", "answer_by_on": "2026-04-01", "request_key": str(uuid4())}
        client.post(url, form)
        asked = OpinionRequest.objects.get()
        page = reverse("desk:joint:request", args=[asked.pk])
        assert "签发取号" not in visit(client, page).content.decode()
        head = desk("office_head")
        assert any(line.label == "待签发的征求意见函" for line in visit(head, reverse("desk:home")).context["waiting"])
        assert "签发取号" in visit(head, page).content.decode()
        head.post(reverse("desk:joint:send", args=[asked.pk]), {"version": asked.version})
        assert "样检函〔2026〕1号" in visit(head, page).content.decode()
        assert client.post(reverse("desk:joint:letter", args=[asked.pk, "docx"])).status_code == 200


class TestJointHandling:
    def test_is_agreed_on_and_the_other_organs_signature_recorded(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        _, part = with_organ(in_force, at)
        client = desk("officer_wang")
        url = reverse("desk:joint:join", args=[part.pk])
        visit(client, url)
        client.post(url, {"version": part.version})
        part.refresh_from_db()
        assert part.is_joint
        matter, court = joined(in_force, at, external_number="162009")
        reply = all_signed(in_force, submitted(in_force, matter, at), at)
        drafter = desk("handler_second")
        lines = visit(drafter, reverse("desk:home")).context
        assert any(line.label == "待登记会签" for line in lines["waiting"])
        url = reverse("desk:joint:countersign", args=[reply.pk, court.pk])
        visit(drafter, url)
        form = {"signer": "乔院长", "signer_title": "院长", "signed_on": "2026-03-05", "version": reply.version}
        drafter.post(url, form | {"scan": _scan(), "request_key": str(uuid4())})
        assert Countersignature.objects.get().organ == "样本市中级人民法院"
        assert "乔院长" in visit(drafter, reverse("desk:matters:detail", args=[matter.pk])).content.decode()

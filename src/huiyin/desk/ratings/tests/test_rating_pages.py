"""Ratings, redo, close and file at the desk."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support import letters
from tests.support.desk import Desk
from tests.support.history import in_hand, registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.actors import SYSTEM
from huiyin.matters.letters import Promise
from huiyin.matters.models import ExternalConsent, Matter, Rating, RatingCall, Reply
from huiyin.matters.operations.ratings import RatingFacts, take_site_rating
from huiyin.matters.rules import RatingSource, Status
from huiyin.suggestions.facts import Signer

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def reply(in_force: World, deputies: object, at: datetime) -> Reply:
    """A joint letter of two signers."""
    joint = registered(
        in_force, at, lead=Signer(name="李样本", delegation="第一代表团"),
        cosigners=(Signer(name="王虚构", delegation="第二代表团"),),
    )  # fmt: skip
    return letters.delivered(in_force, in_hand(in_force, at, joint), at)


def form(reply: Reply, name: str, **changes: object) -> dict[str, object]:
    signer = reply.matter.participants.get(name=name)
    usual = {
        "request_key": str(uuid4()), "source": "signed_form", "participant": signer.pk, "attitude": "satisfied",
        "result": "satisfied", "rated_on": "2026-03-05", "scan": SimpleUploadedFile("表.pdf", PDF),
    }  # fmt: skip
    return usual | changes


def state(reply: Reply) -> str:
    return Matter.objects.get(pk=reply.matter_id).status


class TestScanningTheReturnedForms:
    def test_goes_on_to_the_next_signer_and_ends_with_the_matter(self, reply: Reply, desk: Desk) -> None:
        client, there = desk("officer_wang"), f"/desk/replies/{reply.pk}/ratings/new/"
        assert "李样本、王虚构" in visit(client, "/desk/ratings/").content.decode()
        visit(client, there)
        assert client.post(there, form(reply, "李样本")).headers["Location"] == there
        assert client.post(there, form(reply, "王虚构")).headers["Location"] == f"/desk/matters/{reply.matter_id}/"
        assert Rating.objects.filter(is_of_record=True).exclude(scan=None).count() == 2
        visit(client, f"/desk/matters/{reply.matter_id}/")

    def test_without_the_scan_says_so_and_keeps_the_rest(self, reply: Reply, desk: Desk) -> None:
        data = form(reply, "李样本", words="请继续跟进。")
        del data["scan"]
        page = desk("officer_wang").post(f"/desk/replies/{reply.pk}/ratings/new/", data)
        assert page.status_code == 422
        assert "请上传签名的征询意见表扫描件" in page.content.decode()
        assert "请继续跟进。" in page.content.decode()

    def test_is_closed_to_the_handler(self, reply: Reply, desk: Desk) -> None:
        assert desk("handler_second").get(f"/desk/replies/{reply.pk}/ratings/new/").status_code == 403


class TestABadRating:
    def test_from_the_phone_is_a_call_for_the_head(self, reply: Reply, desk: Desk, at: datetime) -> None:
        facts = RatingFacts(
            source=RatingSource.OUR_SITE, attitude="satisfied", result="not_satisfied", rated_on=at.date()
        )
        signer = reply.matter.participants.get(name="李样本")
        take_site_rating(reply=reply, participant=signer, facts=facts, slip_number="P1", actor=SYSTEM, at=at)
        call = RatingCall.objects.get()
        head = desk("head_second")
        visit(head, f"/desk/calls/{call.pk}/")
        assert "待电话回访" in visit(head, "/desk/").content.decode()
        assert head.post(f"/desk/calls/{call.pk}/", {"words": "已说明。"}).status_code == 302
        assert desk("officer_wang").post(f"/desk/ratings/{Rating.objects.get().pk}/paper/docx/").status_code == 200

    def test_on_the_form_leads_to_the_next_round(self, reply: Reply, desk: Desk) -> None:
        client, there = desk("officer_wang"), f"/desk/matters/{reply.matter_id}"
        client.post(f"/desk/replies/{reply.pk}/ratings/new/", form(reply, "李样本", result="not_satisfied"))
        assert "应当重新办理" in visit(client, f"{there}/close/").content.decode()
        page = visit(client, f"{there}/redo/")
        assert "李样本" in page.content.decode()
        data = {
            "version": page.context["form"]["version"].value(), "asked_on": "2026-03-05", "request_key": str(uuid4())
        }  # fmt: skip
        assert client.post(f"{there}/redo/", data).status_code == 302
        assert state(reply) == Status.IN_HAND

    def test_or_an_order_of_the_congress_does_with_its_paper(self, reply: Reply, desk: Desk) -> None:
        client, there = desk("officer_wang"), f"/desk/matters/{reply.matter_id}"
        page = visit(client, f"{there}/redo/")
        data = {
            "version": page.context["form"]["version"].value(), "asked_on": "2026-03-05", "request_key": str(uuid4()),
            "organ": "样本市人大常委会代表工作委员会", "order": "样人代〔2026〕20号", "dated_on": "2026-03-04",
        }  # fmt: skip
        refused = client.post(f"{there}/redo/", data)
        assert (refused.status_code, "请上传来文的扫描件" in refused.content.decode()) == (422, True)
        paper = {"scan": SimpleUploadedFile("来文.pdf", PDF)}
        assert client.post(f"{there}/redo/", data | paper).status_code == 302
        kept = ExternalConsent.objects.get(matter=reply.matter)
        assert (kept.document_number, kept.body and kept.body.name) == (data["order"], data["organ"])
        assert data["order"] in visit(client, f"{there}/").content.decode()


class TestTheEnd:
    def test_closes_and_files_naming_what_is_missing(self, reply: Reply, desk: Desk) -> None:
        client, there = desk("officer_wang"), f"/desk/matters/{reply.matter_id}"
        for name in ("李样本", "王虚构"):
            client.post(f"/desk/replies/{reply.pk}/ratings/new/", form(reply, name))
        page = visit(client, f"{there}/close/")
        assert client.post(f"{there}/close/", {"version": page.context["form"]["version"].value()}).status_code == 302
        page = visit(client, f"{there}/file/")
        version = page.context["form"]["version"].value()
        assert client.post(f"{there}/file/", {"version": version}).status_code == 302
        assert state(reply) == Status.ARCHIVED
        assert "件号2026-0001" in visit(client, f"{there}/file/").content.decode()
        assert client.post(f"{there}/file/catalogue/docx/").status_code == 200


class TestAPromise:
    def test_is_kept_with_a_day_and_words(self, in_force: World, deputies: object, desk: Desk, at: datetime) -> None:
        promise = Promise(text="前两镇试点周末开放", due_on=date(2026, 12, 31))
        letter = letters.issued(
            in_force, in_hand(in_force, at), at, outcome="in_progress", reason="分步推进", promises=(promise,)
        )
        kept, client = letter.commitments.get(), desk("handler_second")
        assert "前两镇试点周末开放" in visit(client, f"/desk/matters/{letter.matter_id}/").content.decode()
        visit(client, f"/desk/commitments/{kept.pk}/")
        data = {"done_on": "2026-03-05", "note": "两镇均已开放。"}
        assert client.post(f"/desk/commitments/{kept.pk}/", data).status_code == 302
        assert client.post(f"/desk/commitments/{kept.pk}/", data).status_code == 422
        kept.refresh_from_db()
        assert kept.note == "两镇均已开放。"

    def test_is_reported_on_in_a_second_letter(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        promise = Promise(text="前两镇试点周末开放", due_on=date(2026, 12, 31))
        letter = letters.issued(
            in_force, in_hand(in_force, at), at, outcome="in_progress", reason="分步推进", promises=(promise,)
        )
        client, kept = desk("handler_second"), letter.commitments.get()
        there = f"/desk/matters/{letter.matter_id}/second-letter/"
        assert "还不能再行答复" in visit(client, there).content.decode()
        client.post(f"/desk/commitments/{kept.pk}/", {"done_on": "2026-03-05", "note": "两镇均已开放。"})
        assert "起草再行答复" in visit(client, f"/desk/matters/{letter.matter_id}/").content.decode()
        assert client.post(there, {}).status_code == 422
        begun = client.post(there, {"commitments": [kept.pk]})
        second = Reply.objects.get(kind="second")
        assert (begun.status_code, begun.headers["Location"]) == (302, f"/desk/replies/{second.pk}/edit/")
        assert "再行答复" in visit(client, f"/desk/replies/{second.pk}/edit/").content.decode()
        assert "对样检函〔2026〕1号的再行答复" in visit(client, f"/desk/replies/{second.pk}/").content.decode()

    def test_stands_in_todays_work_with_its_own_day(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        promise = Promise(text="前两镇试点周末开放", due_on=date(2026, 12, 31))
        letters.issued(
            in_force, in_hand(in_force, at), at, outcome="in_progress", reason="分步推进", promises=(promise,)
        )
        for who in ("officer_wang", "handler_second", "deputy_chief"):
            page = visit(desk(who), "/desk/").content.decode()
            assert "待再行答复的承诺" in page
            assert "2026-12-31" in page
        assert "待再行答复的承诺" not in visit(desk("handler_first"), "/desk/").content.decode()


class TestWhatMayEnd:
    def test_is_said_on_the_page_and_in_todays_work_and_waits_no_more(self, reply: Reply, desk: Desk) -> None:
        client, there = desk("officer_wang"), f"/desk/matters/{reply.matter_id}/"
        assert "可以办结" not in visit(client, there).content.decode()
        assert "待评价" in visit(client, "/desk/").content.decode()
        for name in ("李样本", "王虚构"):
            client.post(f"/desk/replies/{reply.pk}/ratings/new/", form(reply, name))
        assert "可以办结" in visit(client, there).content.decode()
        assert "可以办结" in visit(client, "/desk/").content.decode()
        assert str(reply.number) not in visit(client, "/desk/ratings/").content.decode()
        assert there in visit(client, "/desk/ratings/?tab=close").content.decode()

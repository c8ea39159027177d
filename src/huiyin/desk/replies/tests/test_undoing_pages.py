"""Taking back at the desk: a disputed signature, a number, a letter; and the register of numbers."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.support import letters
from tests.support.desk import Desk
from tests.support.history import in_hand, sent
from tests.support.visit import visit
from tests.support.world import World

from huiyin.approvals.models import Circulation, Decision
from huiyin.approvals.operations import PaperSignature, circulate
from huiyin.audit.models import Record
from huiyin.files.models import StoredFile
from huiyin.matters.models import Reply
from huiyin.matters.operations.replies_issuing import proofread, take_number
from huiyin.matters.rules import ReplyStatus


@pytest.fixture
def reply(in_force: World, deputies: object, at: datetime) -> Reply:
    """Numbered; its last signature recorded from paper."""
    reply = letters.submitted(in_force, in_hand(in_force, at), at)
    for _ in range(4):
        reply = letters.sign(in_force, reply, at)
    scan = StoredFile.objects.create(
        public_id="scan", procuratorate=in_force.city, name="签批.pdf", path="scan", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip
    paper = PaperSignature(signed_on=at.date(), scan=scan)
    letters.sign(in_force, reply, at, actor=in_force.act("officer_wang"), paper=paper)
    for act, who in ((proofread, "officer_wang"), (take_number, "registry")):
        reply = letters.fresh(reply)
        act(reply=reply, actor=in_force.act(who), version=reply.version, at=at)
    return letters.fresh(reply)


def post(client, reply: Reply, name: str, **said: str):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    return client.post(f"/desk/replies/{reply.pk}/{name}/", {"version": letters.fresh(reply).version} | said)


class TestADisputedSignature:
    def test_says_to_the_leader_what_really_happens(self, reply: Reply, desk: Desk) -> None:
        decision = Decision.objects.exclude(recorded_by=None).get()
        answer = desk("chief").post(
            f"/desk/approvals/decisions/{decision.pk}/object/", {"reason": "签的不是这一稿"}, follow=True
        )
        assert "文稿停在这里，不能取号、用印、印发" in answer.content.decode()
        page = visit(desk("officer_wang"), f"/desk/replies/{reply.pk}/").content.decode()
        assert "代录提出了异议：签的不是这一稿" in page
        assert "样检函〔2026〕1号同时作废" in page

    def test_sends_the_letter_back_and_the_page_offers_the_signing(self, reply: Reply, desk: Desk) -> None:
        officer = desk("officer_wang")
        assert post(officer, reply, "send-back", reason="重签").status_code == 302
        assert letters.fresh(reply).status == ReplyStatus.SIGNING
        assert "审签页" in visit(officer, f"/desk/replies/{reply.pk}/").content.decode()


class TestANumber:
    def test_is_voided_by_the_registry_with_a_reason(self, reply: Reply, desk: Desk) -> None:
        registry = desk("registry")
        assert "文号取错了" in visit(registry, f"/desk/replies/{reply.pk}/").content.decode()
        assert post(registry, reply, "void-number", reason="").status_code == 422
        assert post(registry, reply, "void-number", reason="取早了").status_code == 302
        page = visit(registry, "/desk/replies/numbers/?year=2026&state=voided").content.decode()
        assert "样检函〔2026〕1号" in page
        assert "取早了" in page

    def test_is_on_the_register_with_letter_day_and_state(self, reply: Reply, desk: Desk) -> None:
        page = visit(desk("registry"), "/desk/replies/numbers/").content.decode()
        assert f'href="/desk/replies/{reply.pk}/"' in page
        assert "2026-03-05" in page
        assert "已取号" in page

    def test_leaves_the_house_as_a_workbook_on_record(self, reply: Reply, desk: Desk) -> None:
        registry = desk("registry")
        post(registry, reply, "void-number", reason="取早了")
        answer = registry.post("/desk/replies/numbers/export/", {"year": "2026"})
        rows = list(load_workbook(BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
        assert rows[1][0] == "样检函〔2026〕1号"
        assert rows[1][4:] == ("已作废", "2026-03-05", "取早了")
        assert Record.objects.get(verb="numbering.exported").facts["rows"] == 1

    @pytest.mark.parametrize("year", ["", "1999", "x", "9" * 40])
    def test_of_no_such_year_is_looked_for_in_the_latest(self, reply: Reply, desk: Desk, year: str) -> None:
        page = visit(desk("registry"), f"/desk/replies/numbers/?year={year}").content.decode()
        assert "2026年文号簿" in page


class TestALetterGivenUp:
    def test_stays_to_be_read_and_says_why(self, reply: Reply, desk: Desk) -> None:
        officer = desk("officer_wang")
        assert post(officer, reply, "void", reason="代表撤回").status_code == 302
        page = visit(officer, f"/desk/replies/{reply.pk}/").content.decode()
        assert "这份文稿已经作废，不再使用：代表撤回" in page
        assert "电子烟" in visit(officer, "/desk/replies/?status=voided").content.decode()

    def test_is_no_longer_the_registrys_to_read(self, reply: Reply, desk: Desk) -> None:
        answer = post(desk("registry"), reply, "void", reason="代表撤回")
        assert answer.headers["Location"] == "/desk/replies/"


class TestAPaperToRead:
    @pytest.fixture
    def given(self, in_force: World, at: datetime) -> Circulation:
        paper = sent(in_force, at).approval
        assert paper is not None
        return circulate(approval=paper, posts=[in_force.posts["chief"]], actor=in_force.act("officer_wang"), at=at)[0]

    def test_is_read_with_one_click_from_the_inbox(self, given: Circulation, desk: Desk) -> None:
        chief = desk("chief")
        assert "请圈阅" in visit(chief, "/desk/approvals/").content.decode()
        assert "请圈阅" in visit(chief, "/desk/").content.decode()
        assert chief.post(f"/desk/approvals/readers/{given.pk}/read/", {}).status_code == 302
        assert "请圈阅" not in visit(chief, "/desk/approvals/").content.decode()

    def test_twice_is_told_in_a_sentence(self, given: Circulation, desk: Desk) -> None:
        chief = desk("chief")
        chief.post(f"/desk/approvals/readers/{given.pk}/read/", {"remark": "好。"})
        answer = chief.post(f"/desk/approvals/readers/{given.pk}/read/", {})
        assert answer.status_code == 422
        assert "您已经圈阅过这份文稿" in answer.content.decode()

    def test_shows_the_remark_in_the_chain(self, given: Circulation, desk: Desk) -> None:
        desk("chief").post(f"/desk/approvals/readers/{given.pk}/read/", {"remark": "请注意时限。"})
        page = visit(desk("officer_wang"), f"/desk/proposals/{given.approval.subject_id}/").content.decode()
        assert "请注意时限。" in page
        assert "已阅" in page

    def test_is_given_and_taken_back_on_its_own_page(self, given: Circulation, desk: Desk) -> None:
        officer = desk("officer_wang")
        there = f"/desk/approvals/{given.approval_id}/readers/"
        assert "待阅" in visit(officer, there).content.decode()
        assert officer.post(f"/desk/approvals/readers/{given.pk}/withdraw/").status_code == 302
        assert officer.post(there, {}).status_code == 422
        assert officer.post(there, {"post": str(given.post_id)}).status_code == 302
        assert Circulation.objects.count() == 1

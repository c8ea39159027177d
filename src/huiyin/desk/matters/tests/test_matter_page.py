"""The page of one matter, and what is changed from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support import letters
from tests.support.desk import Desk
from tests.support.history import assigned, in_hand, registered
from tests.support.visit import visit
from tests.support.world import World, moment

from huiyin.audit.models import Record
from huiyin.matters.models import Matter

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def url(verb: str, matter: Matter) -> str:
    return reverse(f"desk:matters:{verb}", args=[matter.pk])


class TestMatterPage:
    def test_says_why_each_day(self, in_force: World, desk: Desk, at: datetime) -> None:
        page = visit(desk("officer_wang"), url("detail", registered(in_force, at))).content.decode()
        assert page.count("为什么是这一天") == 3
        assert "当日不计入" in page

    def test_shows_steps_parts_people_and_what_was_done(self, in_force: World, desk: Desk, at: datetime) -> None:
        page = visit(desk("officer_wang"), url("detail", in_hand(in_force, at))).content.decode()
        for words in ("专人面商", "办前沟通", "第二检察部（未成年人检察）", "韦承办", "第三代表团", "批准交办", "签收"):
            assert words in page

    def test_says_at_which_step_a_letter_was_signed_and_how(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        reply = letters.signed(in_force, in_hand(in_force, at), at)
        page = visit(desk("officer_wang"), url("detail", reply.matter)).content.decode()
        assert "<p>检察长签发：同意</p>" in page
        assert "<p>部门负责人审核：同意</p>" in page

    def test_offers_the_head_of_department_to_sign_for_it(self, in_force: World, desk: Desk, at: datetime) -> None:
        page = visit(desk("head_second"), url("detail", assigned(in_force, at))).content.decode()
        assert "签收</a>" in page

    @pytest.mark.parametrize("who", ["head_first", "officer_li", "handler_other", "officer_province"])
    def test_is_hidden_from_who_may_not_open_it(self, in_force: World, desk: Desk, at: datetime, who: str) -> None:
        assert desk(who).get(url("detail", in_hand(in_force, at))).status_code == 404

    def test_is_forbidden_to_posts_without_matters(self, in_force: World, desk: Desk, at: datetime) -> None:
        assert desk("inspector").get(url("detail", registered(in_force, at))).status_code == 403

    def test_calls_no_right_that_lapsed_overdue(self, in_force: World, desk: Desk, at: datetime) -> None:
        early = moment("2026-02-10 09:00")
        matter = registered(in_force, early, assigned_on=early.date(), received_on=early.date())
        page = visit(desk("officer_wang"), url("detail", matter)).content.decode()
        assert "已过，由我院办理" in page
        assert "rung-overdue" not in page


def _typed(world: World, **changes: Any) -> dict[str, Any]:
    usual = {
        "request_key": str(uuid4()), "side": "deputy", "kind": "suggestion", "term": "16", "session": "2",
        "assigner": str(world.bodies["congress"].pk), "external_number": "第162001号", "list_number": "",
        "assigned_on": "2026-03-02", "received_on": "2026-03-03", "title": "关于乡镇检察联络点周末开放的建议",
        "lead": "王虚构", "delegation": "第二代表团", "cosigners": "张示例、李样本", "handler_role": "sole",
        "lead_unit": "", "other_units": "", "body": "建议周末开放。",
    }  # fmt: skip
    return usual | changes


class TestEntering:
    ENTER = reverse("desk:matters:enter")

    def test_registers_and_shows_the_matter(self, in_force: World, desk: Desk) -> None:
        client = desk("officer_wang")
        visit(client, self.ENTER)
        answer = client.post(self.ENTER, _typed(in_force), follow=True)
        assert "样检建〔2026〕1号" in answer.content.decode()
        assert Matter.objects.get().participants.count() == 3

    def test_keeps_everything_typed_and_every_file_on_a_refusal(self, in_force: World, desk: Desk) -> None:
        client, key = desk("officer_wang"), str(uuid4())
        original = SimpleUploadedFile("162001.pdf", PDF)
        late = _typed(in_force, received_on="2026-04-01", request_key=key, originals=original)
        refused = client.post(self.ENTER, late)
        page = refused.content.decode()
        assert refused.status_code == 422
        assert "还没有到" in page
        assert "关于乡镇检察联络点周末开放的建议" in page
        assert "已上传：162001.pdf" in page
        client.post(self.ENTER, _typed(in_force, request_key=key))
        assert Matter.objects.get().attachments.get().file.name == "162001.pdf"

    def test_names_the_co_signer_that_is_too_long_and_cuts_nobody(self, in_force: World, desk: Desk) -> None:
        many = "李样本、王虚构\n" + "赵占位" * 40
        answer = desk("officer_wang").post(self.ENTER, _typed(in_force, cosigners=many))
        assert answer.status_code == 422
        assert "附议人第3位“赵占位赵占位" in answer.content.decode()
        assert "有120个字，最多100个字" in answer.content.decode()
        assert not Matter.objects.exists()

    def test_leaves_a_refusal_on_record(self, in_force: World, desk: Desk) -> None:
        desk("officer_wang").post(self.ENTER, _typed(in_force, received_on="2026-04-01"))
        assert Record.objects.get(result="refused").facts["code"] == "suggestions.dates_out_of_order"

    def test_shows_the_first_result_to_the_second_click(self, in_force: World, desk: Desk) -> None:
        client, typed = desk("officer_wang"), _typed(in_force)
        first, second = client.post(self.ENTER, typed), client.post(self.ENTER, typed)
        assert first.headers["Location"] == second.headers["Location"]
        assert Matter.objects.count() == 1

    def test_refuses_a_program_dressed_as_a_document(self, in_force: World, desk: Desk) -> None:
        disguised = SimpleUploadedFile("建议.docx", b"MZ\x90\x00" + b"\x00" * 200)
        answer = desk("officer_wang").post(self.ENTER, _typed(in_force, originals=disguised))
        assert answer.status_code == 422
        assert not Matter.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"title": "长" * 100_000},
            {"term": "十六"},
            {"assigned_on": "昨天"},
            {"assigner": "9999"},
            {"request_key": "x"},
        ],
    )
    def test_answers_nonsense_with_a_sentence(self, in_force: World, desk: Desk, changes: dict[str, str]) -> None:
        answer = desk("officer_wang").post(self.ENTER, _typed(in_force, **changes))
        assert answer.status_code == 422
        assert not Matter.objects.exists()


class TestClassifying:
    def test_keeps_the_books_criteria_and_the_own_reason(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter, client = registered(in_force, at), desk("officer_wang")
        visit(client, url("classify", matter))
        typed = {"version": matter.version, "category": "未成年人检察", "problem_class": "common", "urgency": "urgent"}
        client.post(url("classify", matter), typed | {"is_key": "on", "key_reason": "社会关注"})
        matter.refresh_from_db()
        assert (matter.is_key, matter.key_reason, matter.urgency) == (True, "社会关注", "urgent")
        assert "社会关注" in visit(client, url("classify", matter)).content.decode()

    def test_tells_a_stale_page_so_and_keeps_what_was_chosen(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = registered(in_force, at)
        typed = {
            "version": "99",
            "category": "公益诉讼检察",
            "problem_class": "",
            "urgency": "normal",
            "key_reason": "",
        }
        answer = desk("officer_wang").post(url("classify", matter), typed)
        assert "刚刚由同事办理过" in answer.content.decode()
        assert answer.context["form"]["category"].value() == "公益诉讼检察"


class TestCorrecting:
    def test_moves_the_days_with_the_date(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter, client = registered(in_force, at), desk("officer_wang")
        form = visit(client, url("correct", matter)).context["form"]
        typed = {name: form[name].value() for name in form.fields if name != "reason"}
        said = {"assigned_on": "2026-03-01", "cosigners": "李样本、王虚构", "reason": "来函更正"}
        client.post(url("correct", matter), typed | said)
        assert str(matter.deadlines.get(limit_code="SUG_REPLY").due_on) == "2026-06-01"
        named = matter.participants.filter(role="cosigner").order_by("position").values_list("name", flat=True)
        assert list(named) == ["李样本", "王虚构"]
        matter.deadlines.update(provisional=True)
        assert "2026-06-01（暂定）" in visit(client, reverse("desk:matters:list")).content.decode()


class TestItems:
    def _posted(self, matter: Matter, *texts: str, **more: str) -> dict[str, str]:
        lines = {f"form-{place}-text": text for place, text in enumerate(texts)}
        return (
            lines
            | {"form-TOTAL_FORMS": str(len(texts)), "form-INITIAL_FORMS": "0", "version": str(matter.version)}
            | more
        )

    def test_are_set_line_by_line(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter, client = registered(in_force, at), desk("officer_wang")
        visit(client, url("items", matter))
        client.post(url("items", matter), self._posted(matter, "加强监督", "", "开展宣传"))
        assert list(matter.items.values_list("text", flat=True)) == ["加强监督", "开展宣传"]

    def test_show_more_lines_without_saving(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = registered(in_force, at)
        answer = desk("officer_wang").post(url("items", matter), self._posted(matter, "加强监督", more="yes"))
        assert answer.content.decode().count('-text"') >= 4
        assert not matter.items.exists()

    @pytest.mark.parametrize("total", ["", "x", "-1", "99999999999"])
    def test_stand_broken_counts(self, in_force: World, desk: Desk, at: datetime, total: str) -> None:
        matter = registered(in_force, at)
        broken = self._posted(matter, "加强监督") | {"form-TOTAL_FORMS": total}
        assert desk("officer_wang").post(url("items", matter), broken).status_code in {200, 302, 422}


class TestAttaching:
    def test_adds_the_file_and_refuses_it_a_second_time(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter, client = registered(in_force, at), desk("officer_wang")
        visit(client, url("attach", matter))

        def typed() -> dict[str, Any]:
            scan = SimpleUploadedFile("扫描.pdf", PDF)
            return {"request_key": str(uuid4()), "kind": "scan", "papers": scan, "note": ""}

        client.post(url("attach", matter), typed())
        again = client.post(url("attach", matter), typed())
        assert matter.attachments.count() == 1
        assert "已经在材料里" in again.content.decode()

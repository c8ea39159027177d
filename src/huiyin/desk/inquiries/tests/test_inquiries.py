"""Case inquiries at the desk, from the officer's note to the inspector's decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.rules import Status
from huiyin.suggestions.models import CaseInquiry

LIST, ENTER = reverse("desk:inquiries:list"), reverse("desk:inquiries:enter")


def _url(verb: str = "detail") -> str:
    return reverse(f"desk:inquiries:{verb}", args=[CaseInquiry.objects.get().pk])


def _noted(client: Client) -> None:
    client.post(ENTER, {
        "request_key": str(uuid4()), "inquirer": "张示例", "asked_on": "2026-03-04", "mode": "电话",
        "title": "某盗窃案办理进度", "question": "询问审查起诉进展。",
    })  # fmt: skip


def _form(client: Client) -> dict[str, str]:
    form = client.post(_url("open")).context["task"]["form"]
    return {name: form[name].value() or "" for name in form.fields}


def _sent(world: World, desk: Desk) -> None:
    officer = desk("liaison_officer")
    _noted(officer)
    leader = str(world.posts["deputy_chief"].pk)
    officer.post(_url("send"), _form(officer) | {"draft": "案件正在依法办理。", "leader": leader})


class TestInquiries:
    def test_go_the_whole_road(self, in_force: World, desk: Desk, at: datetime) -> None:
        _sent(in_force, desk)
        chief = desk("deputy_chief")
        chief.post(_url("decide"), _form(chief) | {"edited": "案件已进入审查起诉阶段。", "decision": "agree"})
        office = desk("officer_wang")
        office.post(_url("answer"), _form(office) | {"note": "已电话答复。", "mode": "电话"})
        inspector = desk("inspector")
        inspector.post(_url("interference"), _form(inspector) | {"verdict": "not", "reason": "正常询问"})
        inquiry = CaseInquiry.objects.get()
        assert (inquiry.draft_answer, inquiry.answer_note, inquiry.interference) == (
            "案件已进入审查起诉阶段。", "已电话答复。", "not",
        )  # fmt: skip

    def test_are_listed_for_those_who_may_read_them(self, in_force: World, desk: Desk, at: datetime) -> None:
        _sent(in_force, desk)
        number = CaseInquiry.objects.get().matter.number
        assert number in visit(desk("officer_wang"), LIST).content.decode()
        assert number not in visit(desk("inspector"), LIST).content.decode()

    @pytest.mark.parametrize(
        ("who", "status"), [("handler_first", 403), ("head_first", 403), ("inspector", 404), ("officer_li", 404)]
    )
    def test_are_hidden_from_everyone_else(
        self, in_force: World, desk: Desk, at: datetime, who: str, status: int
    ) -> None:
        _sent(in_force, desk)
        assert desk(who).get(_url()).status_code == status
        assert desk(who).post(_url("open")).status_code == status

    def test_keep_the_typed_answer_when_the_page_was_stale(self, in_force: World, desk: Desk, at: datetime) -> None:
        officer = desk("liaison_officer")
        _noted(officer)
        typed = _form(officer) | {
            "draft": "很长的意见",
            "leader": str(in_force.posts["deputy_chief"].pk),
            "version": "99",
        }
        answer = officer.post(_url("send"), typed)
        assert answer.status_code == 422
        assert "很长的意见" in answer.content.decode()

    @pytest.mark.parametrize("cursor", ["abc,def", "9" * 20, "9" * 405])
    def test_begin_anew_after_a_cursor_that_is_none(
        self, in_force: World, desk: Desk, at: datetime, cursor: str
    ) -> None:
        _sent(in_force, desk)
        number = CaseInquiry.objects.get().matter.number
        assert number in visit(desk("officer_wang"), f"{LIST}?after={cursor}").content.decode()

    def test_are_returned_for_another_draft(self, in_force: World, desk: Desk, at: datetime) -> None:
        _sent(in_force, desk)
        chief = desk("deputy_chief")
        chief.post(_url("decide"), _form(chief) | {"opinion": "请补充阶段。", "decision": "return"})
        assert _form(desk("liaison_officer"))["draft"] == "案件正在依法办理。"

    @pytest.mark.parametrize("pressed", [{}, {"decision": "RETURN"}])
    def test_are_decided_by_nothing_but_their_buttons(
        self, in_force: World, desk: Desk, at: datetime, pressed: dict[str, str]
    ) -> None:
        _sent(in_force, desk)
        chief = desk("deputy_chief")
        answer = chief.post(_url("decide"), _form(chief) | {"edited": "请再核实。"} | pressed)
        page = answer.content.decode()
        assert (answer.status_code, "请选择同意或者退回修改。" in page, "请再核实。" in page) == (422, True, True)
        assert CaseInquiry.objects.get().matter.status == Status.SIGNING


CONTENT = ("张示例", "某盗窃案", "询问审查起诉进展", "案件正在依法办理", "请补充阶段")


class TestTheContentOfAnInquiry:
    @pytest.fixture
    def returned(self, in_force: World, desk: Desk, at: datetime) -> str:
        _sent(in_force, desk)
        chief = desk("deputy_chief")
        chief.post(_url("decide"), _form(chief) | {"opinion": "请补充阶段。", "decision": "return"})
        return _url()

    def test_stays_sealed_on_its_page_and_on_the_list(self, returned: str, desk: Desk) -> None:
        for who in ("officer_wang", "liaison_officer", "deputy_chief"):
            for url in (returned, LIST):
                page = visit(desk(who), url).content.decode()
                assert CaseInquiry.objects.get().matter.number in page
                assert [words for words in CONTENT if words in page] == []

    def test_is_opened_by_an_act_on_record(self, returned: str, desk: Desk) -> None:
        before = Record.objects.count()
        page = desk("liaison_officer").post(_url("open")).content.decode()
        assert [words for words in CONTENT if words not in page] == []
        entry = Record.objects.latest("id")
        assert Record.objects.count() == before + 1
        assert (entry.verb, entry.target_label) == ("inquiries.opened", CaseInquiry.objects.get().matter.number)
        assert "张示例" not in str(entry.facts)

    def test_is_sealed_again_when_the_page_is_asked_for_anew(self, returned: str, desk: Desk) -> None:
        officer = desk("liaison_officer")
        officer.post(_url("open"))
        assert "张示例" not in visit(officer, returned).content.decode()

    def test_comes_back_beside_a_refused_form_for_a_while(self, returned: str, desk: Desk, at: datetime) -> None:
        officer = desk("liaison_officer")
        typed = _form(officer) | {"draft": "", "opened": officer.post(_url("open")).context["opened"]}
        assert "询问审查起诉进展" in officer.post(_url("send"), typed).content.decode()
        with time_machine.travel(at + timedelta(hours=1), tick=False):
            assert "询问审查起诉进展" not in officer.post(_url("send"), typed).content.decode()

    def test_opens_with_nobody_elses_word(self, returned: str, desk: Desk) -> None:
        word = desk("officer_wang").post(_url("open")).context["opened"]
        officer = desk("liaison_officer")
        for other in (word, "forged", ""):
            answer = officer.post(_url("send"), {"opened": other})
            assert answer.status_code == 422
            assert "询问审查起诉进展" not in answer.content.decode()

"""Signing for a matter, handing it over, and the lists in which it stands."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse
from tests.support import history
from tests.support.desk import Desk
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.models import Undertaking
from huiyin.matters.operations.adjustments import ask_adjustment
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole, UndertakingStatus


def url(verb: str, part: Undertaking) -> str:
    return reverse(f"desk:undertakings:{verb}", args=[part.pk])


@pytest.fixture
def part(in_force: World, at: datetime) -> Undertaking:
    """未检部's part of an assigned matter."""
    return history.part_of(history.assigned(in_force, at), in_force)


class TestTheList:
    def test_begins_with_what_a_department_has_not_signed_for(
        self, in_force: World, desk: Desk, part: Undertaking
    ) -> None:
        page = visit(desk("head_second"), "/desk/undertakings/").content.decode()
        assert history.TITLE in page
        assert "待签收 1" in page

    def test_keeps_another_departments_work_out(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        assert history.TITLE not in visit(desk("head_first"), "/desk/undertakings/").content.decode()

    def test_begins_with_what_must_be_co_ordinated_for_a_leader(
        self, in_force: World, desk: Desk, part: Undertaking, at: datetime
    ) -> None:
        ask_adjustment(
            undertaking=part, reason="不属本部门职责。", proposed_department=in_force.departments["first"],
            actor=in_force.act("head_second"), version=part.version, at=at,
        )  # fmt: skip
        assert visit(desk("deputy_chief"), "/desk/undertakings/").context["status"] == UndertakingStatus.ADJUSTING

    def test_begins_with_the_first_tab_that_has_something(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        page = visit(desk("officer_wang"), "/desk/undertakings/")
        assert page.context["status"] == UndertakingStatus.ASSIGNED
        assert history.TITLE in page.content.decode()
        empty = visit(desk("officer_wang"), "/desk/undertakings/?status=adjusting").content.decode()
        assert "没有待协调的调整申请" in empty

    def test_shows_a_handler_what_he_handles(self, in_force: World, desk: Desk, at: datetime) -> None:
        history.in_hand(in_force, at)
        assert history.TITLE in visit(desk("handler_second"), "/desk/undertakings/").content.decode()
        assert history.TITLE not in visit(desk("handler_first"), "/desk/undertakings/").content.decode()

    def test_leaves_out_outside_organs_who_sign_for_nothing(self, in_force: World, desk: Desk, at: datetime) -> None:
        lead = Part(role=HandlerRole.LEAD, department=in_force.departments["second"])
        organ = Part(role=HandlerRole.ASSIST, organ=in_force.bodies["education"])
        history.assigned(in_force, at, parts=(lead, organ))
        page = visit(desk("officer_wang"), "/desk/undertakings/?status=assigned").content.decode()
        assert "待签收 1" in page

    def test_is_not_for_the_registry(self, in_force: World, desk: Desk) -> None:
        assert desk("registry").get("/desk/undertakings/").status_code == 403


class TestTheUndertaking:
    def test_shows_what_to_do_by_when_and_why(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        page = visit(desk("head_second"), url("detail", part)).content.decode()
        assert "签收并交承办人" in page
        assert "校园周边仍有门店向未成年人出售电子烟" in page
        assert "为什么是这一天" in page
        assert "拟办意见" in page

    def test_carries_what_the_leader_wrote_on_the_sheet(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        history.decided(in_force, at, sheet, "office_head", opinion="请傅检阅示。")
        history.decided(in_force, at, sheet, "deputy_chief", opinion="同意，请抓紧办理。")
        row = sheet.rows.get()
        page = visit(desk("head_second"), url("detail", history.part_of(row.matter, in_force))).content.decode()
        assert "同意，请抓紧办理。" in page
        assert "请傅检阅示。" not in page  # the office's words are for the leader

    def test_offers_no_signing_to_those_who_only_watch(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        assert "签收并交承办人" not in visit(desk("officer_wang"), url("detail", part)).content.decode()

    @pytest.mark.parametrize("who", ["head_first", "officer_li", "handler_second"])
    def test_is_hidden_from_whom_it_does_not_concern(
        self, in_force: World, desk: Desk, part: Undertaking, who: str
    ) -> None:
        assert desk(who).get(url("detail", part)).status_code == 404


class TestTheMatterPage:
    def test_leads_a_department_to_its_own_part_only(self, in_force: World, desk: Desk, at: datetime) -> None:
        lead = Part(role=HandlerRole.LEAD, department=in_force.departments["second"])
        beside = Part(role=HandlerRole.ASSIST, department=in_force.departments["first"])
        matter = history.assigned(in_force, at, parts=(lead, beside))
        page = visit(desk("head_second"), reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert f'href="{url("detail", history.part_of(matter, in_force))}"' in page
        assert f'href="{url("detail", history.part_of(matter, in_force, "first"))}"' not in page


class TestSigningFor:
    def test_names_the_handler(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        typed = {"version": part.version, "handler": in_force.posts["handler_second"].pk}
        answer = desk("head_second").post(url("sign_for", part), typed)
        assert answer.headers["Location"] == url("detail", part)
        part.refresh_from_db()
        assert part.status == UndertakingStatus.IN_HAND
        assert part.handler == in_force.posts["handler_second"]

    def test_asks_for_a_handler(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        answer = desk("head_second").post(url("sign_for", part), {"version": part.version, "handler": ""})
        assert answer.status_code == 422
        assert "请选择承办人" in answer.content.decode()

    def test_knows_no_handler_of_another_department(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        typed = {"version": part.version, "handler": in_force.posts["handler_first"].pk}
        assert desk("head_second").post(url("sign_for", part), typed).status_code == 422

    def test_tells_the_slower_click(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        typed = {"version": part.version, "handler": in_force.posts["handler_second"].pk}
        browser = desk("head_second")
        browser.post(url("sign_for", part), typed)
        answer = browser.post(url("sign_for", part), typed)
        assert answer.status_code == 422
        assert "现在是“办理中”" in answer.content.decode()
        assert Record.objects.filter(result="refused", verb="matters.sign_for").count() == 1

    def test_is_refused_to_a_handler(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        assert desk("handler_second").post(url("sign_for", part), {}).status_code == 403

    def test_is_hidden_from_another_department_and_office(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        typed = {"version": part.version, "handler": in_force.posts["handler_first"].pk}
        assert desk("head_first").post(url("sign_for", part), typed).status_code == 404


class TestHandingOver:
    def test_goes_to_a_colleague(self, in_force: World, desk: Desk, at: datetime) -> None:
        part = history.part_of(history.in_hand(in_force, at), in_force)
        typed = {"version": part.version, "handler": in_force.posts["head_second"].pk}
        desk("head_second").post(url("change_handler", part), typed)
        part.refresh_from_db()
        assert part.handler == in_force.posts["head_second"]

    def test_is_refused_on_a_stale_page(self, in_force: World, desk: Desk, at: datetime) -> None:
        part = history.part_of(history.in_hand(in_force, at), in_force)
        typed = {"version": part.version - 1, "handler": in_force.posts["head_second"].pk}
        answer = desk("head_second").post(url("change_handler", part), typed)
        assert answer.status_code == 422
        assert "刚刚由同事办理过" in answer.content.decode()

    def test_waits_until_it_is_signed_for(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        typed = {"version": part.version, "handler": in_force.posts["head_second"].pk}
        assert desk("head_second").post(url("change_handler", part), typed).status_code == 422

"""Today's work."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.history import assigned, decided, drafted, in_hand, registered, sent
from tests.support.letters import signed
from tests.support.visit import visit
from tests.support.world import World, moment

from huiyin.matters.models import Deadline, Matter
from huiyin.matters.operations.deadlines import refresh_next_due
from huiyin.matters.operations.replies_issuing import proofread
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.rules import Role
from huiyin.people.models import Person

HOME = reverse("desk:home")


def _waiting(desk: Desk, who: str) -> dict[str, int]:
    return {line.label: line.count for line in visit(desk(who), HOME).context["waiting"]}


class TestHome:
    def test_says_what_to_do_when_nothing_waits(self, in_force: World, deputies: dict[str, Person], desk: Desk) -> None:
        page = visit(desk("officer_wang"), HOME).content.decode()
        assert "今天没有要办的事" in page
        assert reverse("desk:matters:enter") in page

    def test_says_what_an_office_lacks_before_its_first_matter(self, world: World, desk: Desk) -> None:
        assert set(_waiting(desk, "officer_wang")) == {
            "开始前：制度还没有施行，请办公室负责人批准施行",
            "开始前：2026年的放假安排还没有录入",
            "开始前：代表名册还是空的，请导入",
        }
        assert "开始前：制度还没有施行，请批准施行" in _waiting(desk, "office_head")
        assert _waiting(desk, "handler_second") == {}

    def test_names_the_day_and_the_post(self, in_force: World, desk: Desk) -> None:
        page = visit(desk("officer_wang"), HOME).content.decode()
        assert "2026年3月5日 星期四 · 以联络办公室干警身份办理" in page

    def test_counts_the_open_matters_by_rung(self, in_force: World, desk: Desk, at: datetime) -> None:
        registered(in_force, at)
        tiles = visit(desk("officer_wang"), HOME).context["rungs"]
        assert {tile["rung"]: tile["count"] for tile in tiles} == {"overdue": 0, "1": 0, "3": 0, "7": 0, "calm": 1}

    def test_is_kept_until_the_office_acts(self, in_force: World, desk: Desk, at: datetime) -> None:
        client = desk("officer_wang")
        assert visit(client, HOME).context["open_count"] == 0
        with CaptureQueriesContext(connection) as again:
            client.get(HOME)
        assert not [query["sql"] for query in again if "matters_matter" in query["sql"]]
        registered(in_force, at)
        assert client.get(HOME).context["open_count"] == 1

    def test_counts_every_open_matter_in_one_tile(self, in_force: World, desk: Desk, at: datetime) -> None:
        registered(in_force, at)
        without = registered(in_force, at, external_number="162008")
        Matter.objects.filter(pk=without.pk).update(next_due_on=None)
        client = desk("officer_wang")
        page = visit(client, HOME).context
        assert sum(tile["count"] for tile in page["rungs"]) == page["open_count"] == 2
        undated = page["rungs"][-1]
        assert undated["label"] == "没有在走的期限"
        assert [row.number for row in visit(client, undated["url"]).context["rows"]] == ["162008"]

    def test_leads_from_a_tile_to_the_register_cut_the_same_way(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        registered(in_force, at)
        client = desk("officer_wang")
        tile = visit(client, HOME).context["rungs"][-1]
        assert len(visit(client, tile["url"]).context["rows"]) == tile["count"] == 1

    def test_puts_the_most_urgent_first(self, in_force: World, desk: Desk, at: datetime) -> None:
        in_hand(in_force, at)
        early = moment("2026-01-05 09:00")
        registered(in_force, early, external_number="162008", assigned_on=early.date(), received_on=early.date())
        rows = visit(desk("officer_wang"), HOME).context["rows"]
        assert [each["row"].number for each in rows] == ["162008", "162001"]
        assert rows[0]["row"].days[0].chip.rung == "overdue"

    def test_puts_the_urgent_first_of_one_day(self, in_force: World, desk: Desk, at: datetime) -> None:
        registered(in_force, at)
        pressing = registered(in_force, at, external_number="162008")
        Matter.objects.filter(pk=pressing.pk).update(urgency="urgent")
        answer = visit(desk("officer_wang"), HOME)
        assert [each["row"].number for each in answer.context["rows"]] == ["162008", "162001"]
        assert answer.content.decode().count(">紧急</span>") == 1

    def test_hides_no_late_answer_behind_a_late_department(self, in_force: World, desk: Desk, at: datetime) -> None:
        late = in_hand(in_force, at)
        inside = registered(in_force, at, external_number="162008")
        days = Deadline.objects.filter(met_at=None)
        days.filter(matter=inside, limit_code="SUG_FIRST_CONTACT").update(due_on=date(2026, 3, 4))
        days.filter(matter=late, limit_code="DEPT_HANDLE").update(due_on=date(2026, 2, 27))
        days.filter(matter=late, limit_code="SUG_REPLY").update(due_on=date(2026, 3, 2))
        for matter in (late, inside):
            refresh_next_due(matter)
        page = visit(desk("officer_wang"), HOME)
        shown = [[(day.deadline.label, day.chip.words) for day in each["row"].days] for each in page.context["rows"]]
        assert shown[0] == [("部门办理", "逾期6天"), ("答复代表", "逾期3天")]
        assert [label for label, _ in shown[1]] == ["首次联系代表", "答复代表"]
        assert "答复逾期1件，内部期限逾期1件" in page.content.decode()

    def test_tells_the_office_what_to_route_and_what_to_send(self, in_force: World, desk: Desk, at: datetime) -> None:
        drafted(in_force, at, registered(in_force, at))
        registered(in_force, at, external_number="162008")
        assert _waiting(desk, "officer_wang") == {"待拟办的事项": 1, "没有送批的拟办单": 1}

    def test_sends_a_signed_letter_to_the_office_first_and_then_to_the_registry(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = signed(in_force, in_hand(in_force, at), at)
        assert _waiting(desk, "officer_wang")["待复核"] == 1
        assert "待登记取号" not in _waiting(desk, "registry")
        proofread(reply=reply, actor=in_force.act("officer_wang"), version=reply.version, at=at)
        assert "待复核" not in _waiting(desk, "officer_wang")
        assert _waiting(desk, "registry")["待登记取号"] == 1

    def test_tells_the_department_what_to_sign_for(self, in_force: World, desk: Desk, at: datetime) -> None:
        assigned(in_force, at)
        assert _waiting(desk, "head_second") == {"待签收的交办": 1}
        assert _waiting(desk, "head_first") == {}

    def test_tells_the_office_head_what_waits_for_his_signature(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        sent(in_force, at)
        assert _waiting(desk, "office_head")["待我审签"] == 1

    @pytest.mark.parametrize("role", list(Role))
    def test_is_there_for_every_role(self, in_force: World, desk: Desk, at: datetime, role: Role) -> None:
        in_hand(in_force, at)
        who = next((key for key, post in in_force.posts.items() if post.role == role), None)
        if who is not None:
            visit(desk(who), HOME)


class TestTurn:
    """现在该做."""

    def test_names_the_office_head_before_the_leader(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = sent(in_force, at)
        assert _turn(desk, "officer_wang") == ("办公室负责人审核", "何主任")
        assert _turn(desk, "office_head") == ("办公室负责人审核", "请您办理")
        page = visit(desk("officer_wang"), reverse("desk:matters:detail", args=[sheet.rows.get().matter_id]))
        assert "现在该做：办公室负责人审核（何主任）" in page.content.decode()
        decided(in_force, at, sheet, "office_head")
        assert _turn(desk, "officer_wang") == ("院领导批示", "傅检")

    def test_gives_proofreading_to_the_office_and_the_number_to_the_registry(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = signed(in_force, in_hand(in_force, at), at)
        assert _turn(desk, "registry") == ("复核", "联络办公室")
        proofread(reply=reply, actor=in_force.act("officer_wang"), version=reply.version, at=at)
        assert _turn(desk, "officer_wang") == ("登记取号", "文书机要")

    def test_shows_each_department_its_own_part_and_its_own_day(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        first, second = in_force.departments["first"], in_force.departments["second"]
        matter = in_hand(
            in_force, at, parts=(
                Part(role=HandlerRole.LEAD, department=second, due_on=date(2026, 5, 6)),
                Part(role=HandlerRole.ASSIST, department=first, due_on=date(2026, 3, 10)),
            ),
        )  # fmt: skip
        matter.deadlines.filter(limit_code="SUG_FIRST_CONTACT").update(met_at=at)
        rows = {who: visit(desk(who), HOME).context["rows"][0] for who in ("handler_second", "handler_first")}
        assert [row["row"].days[0].deadline.due_on for row in rows.values()] == [date(2026, 5, 6), date(2026, 3, 10)]
        assert [row["turn"].act for row in rows.values()] == ["沟通、办理、拟稿", "反馈协办意见"]
        for who, row in rows.items():
            client = desk(who)
            tile = next(tile for tile in visit(client, HOME).context["rungs"] if tile["count"])
            assert [each.days for each in visit(client, tile["url"]).context["rows"]] == [row["row"].days]


def _turn(desk: Desk, who: str) -> tuple[str, str]:
    turn = visit(desk(who), HOME).context["rows"][0]["turn"]
    return turn.act, turn.who

"""The audit, as its administrator reads it and as an inspector opens it (practice 5)."""

from __future__ import annotations

import io

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from tests.support.visit import visit

from huiyin.audit.models import Record
from huiyin.audit.scope import operation, record
from huiyin.audit.seals import seal_records
from huiyin.organisations.operations.targets import target_of

LIST, INSPECT = "/desk/audit/", "/desk/audit/inspection/"


@operation
def act(post, actor, at, **facts):
    record("tests.acted", actor=actor, target=target_of(post), at=at, **facts)


@pytest.fixture(autouse=True)
def clock(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def acted(world, at):
    """王联络 of the city and 李旁院 of the district each did something."""
    for name in ("officer_wang", "officer_li"):
        act(world.posts["chief"], world.act(name), at, secret="事项内容")
    return list(Record.objects.order_by("id"))


class TestTheAdministratorsList:
    def test_shows_number_verb_actor_and_result_without_content(self, as_, acted):
        shown = visit(as_("auditadmin"), LIST).content.decode()
        for words in (str(acted[0].pk), "tests.acted", "王联络", "李旁院", "完成"):
            assert words in shown
        assert "事项内容" not in shown
        assert "程检" not in shown  # what was acted on

    def test_says_how_far_the_seals_reach(self, as_, acted, at):
        assert "还没有封存，待封存2条" in visit(as_("auditadmin"), LIST).content.decode()
        seal_records(at)
        assert "第1批封存于2026年3月5日 10:00，待封存0条" in visit(as_("auditadmin"), LIST).content.decode()

    @pytest.mark.parametrize(
        ("query", "count"),
        [("actor=王", 1), ("verb=tests.", 2), ("verb=登录", 0), ("result=refused", 0), ("from_on=2026-03-05", 2),
         ("to_on=2026-03-04", 0), ("to_on=2026-03-05", 2), ("from_on=2026-03-06&to_on=2026-03-01", 0)],
    )  # fmt: skip
    def test_filters(self, as_, acted, query, count):
        assert len(visit(as_("auditadmin"), f"{LIST}?{query}").context["lines"]) == count

    @pytest.mark.parametrize(
        "query", ["after=abc", "after=-1", "before=1e9", "after=" + "9" * 30, "from_on=昨天", "result=x"]
    )
    def test_survives_absurd_addresses(self, as_, acted, query):
        assert as_("auditadmin").get(f"{LIST}?{query}").status_code == 200

    def test_pages_by_key_in_both_directions(self, as_, world, at):
        for _ in range(60):
            act(world.posts["chief"], world.act("chief"), at)
        auditadmin = as_("auditadmin")
        first = visit(auditadmin, LIST)
        numbers = [line.pk for line in first.context["lines"]]
        assert numbers == sorted(numbers, reverse=True)
        act(world.posts["chief"], world.act("chief"), at)  # moves no page
        second = visit(auditadmin, LIST + first.context["pager"].next_url)
        assert [line.pk for line in second.context["lines"]] == list(range(numbers[-1] - 1, numbers[-1] - 11, -1))
        back = visit(auditadmin, LIST + second.context["pager"].previous_url)
        assert [line.pk for line in back.context["lines"]] == numbers

    def test_is_for_nobody_else(self, as_, acted):
        for name in ("sysadmin", "secadmin", "chief", "inspector"):
            assert as_(name).get(LIST).status_code == 403


class TestTheExport:
    def test_is_a_sheet_of_what_was_filtered_without_content(self, as_, acted):
        response = as_("auditadmin").post(reverse("desk:audit:export"), {"form": "xlsx", "actor": "王"})
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0][:3] == ("编号", "时间", "动作")
        assert [row[5] for row in rows[1:]] == ["王联络（联络办公室干警）"]
        assert "事项内容" not in str(rows)

    def test_comes_as_csv_too(self, as_, acted):
        response = as_("auditadmin").post(reverse("desk:audit:export"), {"form": "csv"})
        text = response.content.decode("utf-8-sig")
        assert text.splitlines()[0].startswith("编号,时间,动作")
        assert len(text.splitlines()) == 3

    def test_is_recorded_with_its_filters(self, as_, acted):
        as_("auditadmin").post(reverse("desk:audit:export"), {"form": "csv", "actor": "王"})
        row = Record.objects.last()
        assert (row.verb, row.facts) == ("audit.exported", {"count": 1, "filters": {"actor": "王"}, "form": "csv"})

    def test_is_not_made_by_a_link(self, as_, acted):
        assert as_("auditadmin").get(reverse("desk:audit:export")).status_code == 405

    @pytest.mark.parametrize("data", [{}, {"form": "exe"}, {"form": "csv", "from_on": "x"}])
    def test_that_is_malformed_exports_nothing(self, as_, acted, data):
        assert as_("auditadmin").post(reverse("desk:audit:export"), data).status_code == 302
        assert Record.objects.count() == 2


class TestAnInspector:
    def test_lists_the_own_office_only(self, as_, acted):
        shown = visit(as_("inspector"), INSPECT).content.decode()
        assert "王联络" in shown
        assert "李旁院" not in shown

    def test_sees_no_content_before_giving_a_reason(self, as_, acted):
        url = reverse("desk:audit:record", args=[acted[0].pk])
        assert "事项内容" not in visit(as_("inspector"), url).content.decode()
        refused = as_("inspector").post(reverse("desk:audit:open", args=[acted[0].pk]), {"reason": "看"})
        assert refused.status_code == 422
        assert "请写明查阅事由" in refused.content.decode()
        assert "事项内容" not in refused.content.decode()

    def test_opens_content_with_a_reason_and_is_recorded(self, as_, acted):
        url = reverse("desk:audit:open", args=[acted[0].pk])
        shown = as_("inspector").post(url, {"reason": "核查2026年第3号线索"}).content.decode()
        assert "事项内容" in shown
        assert "程检" in shown
        row = Record.objects.last()
        assert (row.verb, row.target_key) == ("audit.opened", str(acted[0].pk))
        assert row.facts == {"reason": "核查2026年第3号线索"}

    def test_finds_no_record_of_another_office(self, as_, acted):
        assert as_("inspector").get(reverse("desk:audit:record", args=[acted[1].pk])).status_code == 404
        given = {"reason": "核查2026年第3号线索"}
        assert as_("inspector").post(reverse("desk:audit:open", args=[acted[1].pk]), given).status_code == 404

"""The pages of staff, posts, rights, locks and colleagues."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from axes.models import AccessAttempt
from django.urls import reverse
from tests.support.visit import visit

from huiyin.audit.models import Record
from huiyin.organisations import registry
from huiyin.organisations.models import Department, Post, Procuratorate, Staff, Substitution
from huiyin.organisations.registry import OpenWork, register_open_work
from huiyin.organisations.rules import Role


@pytest.fixture(autouse=True)
def clock(at):
    with time_machine.travel(at, tick=False):
        yield


class TestTheStaffList:
    def test_shows_posts_and_finds_people(self, as_):
        sysadmin = as_("sysadmin")
        assert "王联络" in visit(sysadmin, reverse("desk:staff:list")).content.decode()
        found = visit(sysadmin, reverse("desk:staff:list") + "?q=officer").content.decode()
        assert "李旁院" in found
        assert "程检" not in found

    def test_narrows_by_office_and_state(self, as_, world):
        sysadmin = as_("sysadmin")
        found = visit(sysadmin, f"{reverse('desk:staff:list')}?office={world.other.pk}").content.decode()
        assert "尤旁院" in found
        assert "王联络" not in found
        Staff.objects.create(username="idle", name="闲置样")
        without = visit(sysadmin, reverse("desk:staff:list") + "?state=without").content.decode()
        assert "闲置样" in without
        assert "王联络" not in without

    @pytest.mark.parametrize(
        "query", ["office=x", "state=x", "after=%F0%9F%98%80", "before=" + "9" * 400, "q=" + "字" * 300]
    )
    def test_survives_absurd_addresses(self, as_, query):
        assert as_("sysadmin").get(f"{reverse('desk:staff:list')}?{query}").status_code == 200

    def test_pages_without_losing_or_repeating_anyone(self, as_, db):
        for number in range(120):
            Staff.objects.create(username=f"z{number:03}", name=f"示例{number:03}")
        sysadmin, url, seen = as_("sysadmin"), reverse("desk:staff:list") + "?q=z", []
        while url:
            response = visit(sysadmin, url)
            seen += [person.username for person in response.context["people"]]
            pager = response.context["pager"]
            url = pager.next_url and reverse("desk:staff:list") + pager.next_url
        assert seen == [f"z{number:03}" for number in range(120)]
        back = visit(sysadmin, reverse("desk:staff:list") + pager.previous_url)
        assert [person.username for person in back.context["people"]] == seen[50:100]


class TestEnteringStaff:
    def test_enters_gives_a_post_and_shows_it(self, as_, world):
        sysadmin = as_("sysadmin")
        given = {"username": "newcomer", "name": "辛来者", "password": "first-word-2026"}
        assert sysadmin.post(reverse("desk:staff:enter"), given).status_code == 302
        staff = Staff.objects.get(username="newcomer")
        post = {
            "procuratorate": world.city.pk,
            "role": Role.HANDLER,
            "department": world.departments["second"].pk,
            "title": "检察官助理",
            "from_on": "2026-03-05",
        }
        assert sysadmin.post(reverse("desk:staff:open_post", args=[staff.pk]), post).status_code == 302
        shown = visit(sysadmin, reverse("desk:staff:person", args=[staff.pk])).content.decode()
        assert "检察官助理" in shown

    def test_keeps_what_was_typed_when_refused(self, as_):
        given = {"username": "officer_wang", "name": "又一人", "password": "first-word-2026"}
        response = as_("sysadmin").post(reverse("desk:staff:enter"), given)
        assert response.status_code == 422
        assert "已经有人使用" in response.content.decode()
        assert "又一人" in response.content.decode()
        assert Record.objects.get().result == "refused"

    @pytest.mark.parametrize("name", ["enter", "enter_department", "enter_office"])
    def test_has_a_page_for_each_thing(self, as_, name):
        visit(as_("sysadmin"), reverse(f"desk:staff:{name}"))

    def test_enters_departments_and_offices(self, as_, world):
        sysadmin = as_("sysadmin")
        sysadmin.post(reverse("desk:staff:enter_department"), {"procuratorate": world.county.pk, "name": "办公室"})
        assert Department.objects.filter(procuratorate=world.county).exists()
        office = {
            "code": "990122",
            "name": "练习县人民检察院",
            "short_name": "练习县院",
            "document_prefix": "练检",
            "level": "county",
            "parent": world.city.pk,
        }
        sysadmin.post(reverse("desk:staff:enter_office"), office)
        assert Procuratorate.objects.get(code="990122").city == world.city


class TestClosingAPost:
    @pytest.fixture
    def work(self, monkeypatch):
        monkeypatch.setattr(registry, "_kinds", {})
        register_open_work(OpenWork(code="tests.x", label="承办事项", count=lambda post: 2, hand_over=lambda *given: 2))

    def test_shows_the_open_work_and_demands_a_successor(self, as_, world, work):
        sysadmin, post = as_("sysadmin"), world.posts["handler_second"]
        url = reverse("desk:staff:close_post", args=[post.pk])
        assert "承办事项2件" in visit(sysadmin, url).content.decode()
        response = sysadmin.post(url, {"until_on": "2026-04-01"})
        assert "请选择接手的岗位" in response.content.decode()
        response = sysadmin.post(url, {"until_on": "2026-04-01", "hand_over_to": world.posts["head_second"].pk})
        assert response.status_code == 302
        post.refresh_from_db()
        assert post.until_on == date(2026, 4, 1)


class TestBeingInCharge:
    def test_is_set_on_a_page(self, as_, world):
        sysadmin, post = as_("sysadmin"), world.posts["deputy_chief"]
        url = reverse("desk:staff:put_in_charge", args=[post.pk])
        visit(sysadmin, url)
        sysadmin.post(url, {"departments": [world.departments["cases"].pk], "from_on": "2026-03-05"})
        shown = visit(sysadmin, reverse("desk:staff:person", args=[post.staff_id])).content.decode()
        assert "分管案件管理办公室" in shown


class TestDisabling:
    def test_is_refused_in_a_sentence_while_a_post_is_held(self, as_, world):
        sysadmin, staff = as_("sysadmin"), world.posts["chief"].staff
        response = sysadmin.post(reverse("desk:staff:disable", args=[staff.pk]), follow=True)
        assert "请先结束岗位" in response.content.decode()

    def test_ends_open_sessions_and_can_be_taken_back(self, as_, world, at):
        chief, sysadmin, post = as_("chief"), as_("sysadmin"), world.posts["chief"]
        Post.objects.filter(pk=post.pk).update(until_on=at.date())
        sysadmin.post(reverse("desk:staff:disable", args=[post.staff_id]))
        assert chief.get(reverse("desk:staff:colleagues"))["Location"].startswith("/desk/sign-in/")
        sysadmin.post(reverse("desk:staff:enable", args=[post.staff_id]))
        post.staff.refresh_from_db()
        assert post.staff.is_active


class TestResettingAPassword:
    def test_is_the_security_administrators(self, as_, world):
        staff = world.posts["chief"].staff
        url = reverse("desk:staff:reset_password", args=[staff.pk])
        visit(as_("secadmin"), url)
        as_("secadmin").post(url, {"new": "given-word-2026"})
        staff.refresh_from_db()
        assert staff.password_is_initial
        assert as_("sysadmin").get(url).status_code == 403


class TestTheRights:
    def test_are_a_table_of_all_verbs(self, as_):
        shown = visit(as_("secadmin"), reverse("desk:staff:rights")).content.decode()
        for words in ("任用岗位", "organisations.open_post", "代表委员联络办公室", "审计管理员"):
            assert words in shown


class TestTheSeats:
    @pytest.mark.parametrize("seat", ["sysadmin", "secadmin", "auditadmin"])
    def test_are_seen_by_all_three(self, as_, seat):
        assert "三员分立" in visit(as_(seat), reverse("desk:staff:seats")).content.decode()


class TestTheLocks:
    def test_are_listed_and_opened(self, as_, world, at):
        AccessAttempt.objects.create(username="chief", failures_since_start=5)
        AccessAttempt.objects.create(username="my-password-1", failures_since_start=5)
        secadmin, staff = as_("secadmin"), world.posts["chief"].staff
        shown = visit(secadmin, reverse("desk:staff:locks")).content.decode()
        assert "2026-03-05 10:30" in shown
        assert "my-password-1" not in shown  # nobody's name: may be anything
        secadmin.post(reverse("desk:staff:unlock", args=[staff.pk]))
        again = secadmin.post(reverse("desk:staff:unlock", args=[staff.pk]), follow=True)
        assert "没有被锁定" in again.content.decode()


class TestColleagues:
    def test_are_those_of_the_own_office(self, as_):
        shown = visit(as_("officer_wang"), reverse("desk:staff:colleagues")).content.decode()
        assert "程检" in shown
        assert "尤旁院" not in shown

    def test_stand_in_for_each_other(self, as_, world):
        chief, url = as_("chief"), reverse("desk:staff:add_substitution", args=[world.posts["chief"].pk])
        visit(chief, url)
        given = {"substitute": world.posts["deputy_chief"].pk, "from_on": "2026-03-09", "until_on": "2026-03-16"}
        assert chief.post(url, given).status_code == 302
        shown = visit(chief, reverse("desk:staff:colleagues")).content.decode()
        assert "3月9日起，3月16日止（不含）" in shown
        chief.post(reverse("desk:staff:end_substitution", args=[Substitution.objects.get().pk]))
        assert "3月16日止" not in visit(chief, reverse("desk:staff:colleagues")).content.decode()

    def test_arrange_nothing_for_posts_that_are_not_theirs(self, as_, world):
        other, theirs = world.posts["officer_li"].pk, world.posts["chief"].pk
        wang, head = as_("officer_wang"), as_("office_head")
        assert wang.get(reverse("desk:staff:add_substitution", args=[theirs])).status_code == 404
        assert head.get(reverse("desk:staff:add_substitution", args=[theirs])).status_code == 200
        assert head.get(reverse("desk:staff:add_substitution", args=[other])).status_code == 404

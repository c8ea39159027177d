"""单位与部门, and what the system administrator corrects of a person and a post."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse
from tests.support.forms import form_on
from tests.support.visit import visit

from huiyin.organisations.models import Department

OFFICES = reverse("desk:staff:offices")


@pytest.fixture(autouse=True)
def clock(at):
    with time_machine.travel(at, tick=False):
        yield


class TestTheOffices:
    def test_are_shown_with_their_departments(self, as_, world):
        page = visit(as_("sysadmin"), OFFICES).content.decode()
        for words in ("样本市人民检察院", "样检", "未检部", "还没有录入部门"):
            assert words in page

    def test_are_corrected(self, as_, world):
        client, url = as_("sysadmin"), reverse("desk:staff:change_office", args=[world.city.pk])
        form = form_on(client, url)
        assert form.names == {"name", "short_name", "document_prefix", "phone", "version"}  # settled: its place stays
        client.post(url, form.typed(document_prefix="样市检"))
        world.city.refresh_from_db()
        assert world.city.document_prefix == "样市检"

    def test_close_and_reopen_their_departments(self, as_, world):
        client = as_("sysadmin")
        client.post(reverse("desk:staff:enter_department"), {"procuratorate": world.city.pk, "name": "第四检察部"})
        made = Department.objects.get(name="第四检察部")
        closing = form_on(client, OFFICES, reverse("desk:staff:close_department", args=[made.pk]))
        assert "已撤销" in client.post(closing.url, follow=True).content.decode()
        offered = form_on(client, reverse("desk:staff:open_post", args=[world.posts["chief"].staff_id]))
        assert str(made.pk) not in next(each for each in offered.controls if each.name == "department").offered
        reopening = form_on(client, OFFICES, reverse("desk:staff:reopen_department", args=[made.pk]))
        assert "已恢复" in client.post(reopening.url, follow=True).content.decode()
        busy = reverse("desk:staff:close_department", args=[world.departments["second"].pk])
        assert "还有在任的岗位" in client.post(busy, follow=True).content.decode()


class TestAPerson:
    def test_gets_another_name_and_a_post_another_title_and_phone(self, as_, world):
        client, post = as_("sysadmin"), world.posts["handler_second"]
        url = reverse("desk:staff:change_staff", args=[post.staff_id])
        stale = form_on(client, url).typed(name="又更名")
        client.post(url, form_on(client, url).typed(name="未更名"))
        assert "刚刚被别人更正过" in client.post(url, stale).content.decode()
        url = reverse("desk:staff:change_post", args=[post.pk])
        stale = form_on(client, url).typed(office_phone="0000-1111111")
        client.post(url, form_on(client, url).typed(office_phone="0000-7654321"))
        assert "刚刚被别人更正过" in client.post(url, stale).content.decode()
        page = visit(client, reverse("desk:staff:person", args=[post.staff_id])).content.decode()
        assert "未更名" in page
        post.refresh_from_db()
        assert (post.title, post.office_phone) == ("检察官", "0000-7654321")

"""Keyset paging."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from huiyin.organisations.models import Post, Staff
from huiyin.web import paging
from huiyin.web.paging import keyset


@pytest.fixture
def staff(db):
    Staff.objects.bulk_create(Staff(username=f"a{number}", name="示例") for number in range(7))
    return Staff.objects.all()


def pages(rows, key, query=""):
    """All pages forward, then all the way back."""
    forward, back, link = [], [], query
    while link is not None:
        page = keyset(RequestFactory().get("/" + link), rows, key=key, size=3)
        forward.append([row.username for row in page.rows])
        link = page.pager.next_url or None
    link = page.pager.previous_url
    while link:
        page = keyset(RequestFactory().get("/" + link), rows, key=key, size=3)
        back.append([row.username for row in page.rows])
        link = page.pager.previous_url
    return forward, back


class TestKeyset:
    @pytest.mark.parametrize("key", ["id", "username"])
    def test_shows_every_row_once_there_and_back(self, staff, key):
        forward, back = pages(staff, key)
        assert forward == [["a0", "a1", "a2"], ["a3", "a4", "a5"], ["a6"]]
        assert back == [["a3", "a4", "a5"], ["a0", "a1", "a2"]]

    def test_shows_the_latest_first(self, staff):
        forward, _ = pages(staff, "-id")
        assert forward[0] == ["a6", "a5", "a4"]

    def test_keeps_the_filters_in_its_links(self, staff):
        page = keyset(RequestFactory().get("/?q=示例&after=zzz"), staff, key="id", size=3)
        assert page.pager.next_url.startswith("?q=%E7%A4%BA%E4%BE%8B&after=")

    @pytest.mark.parametrize("cursor", ["after=x", "after=-3", "before=9" + "9" * 40, "after=٣", "before="])
    def test_takes_a_cursor_that_is_none_for_the_first_page(self, staff, cursor):
        page = keyset(RequestFactory().get("/?" + cursor), staff, key="id", size=3)
        assert [row.username for row in page.rows] == ["a0", "a1", "a2"]

    @pytest.mark.parametrize("cursor", ["after=abc", "before=x,y", "after=9" + "9" * 40])
    def test_takes_such_a_cursor_alike_where_the_column_is_another_tables_key(self, world, cursor):
        rows = Post.objects.filter(pk=world.posts["chief"].pk)
        page = keyset(RequestFactory().get("/?" + cursor), rows, key="-staff_id", size=3)
        assert page.rows == [world.posts["chief"]]

    def test_caps_its_count(self, staff, monkeypatch):
        assert keyset(RequestFactory().get("/"), staff, unit="人").pager.count_text == "共 7 人"
        monkeypatch.setattr(paging, "CAP", 5)
        assert keyset(RequestFactory().get("/"), staff, unit="人").pager.count_text == "5+ 人"

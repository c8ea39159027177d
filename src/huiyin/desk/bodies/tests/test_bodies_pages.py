"""The list of bodies outside the office at the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.support.forms import form_on
from tests.support.visit import visit

from huiyin.audit.models import Record
from huiyin.organisations.models import CongressBody

LIST, ENTER = reverse("desk:bodies:list"), reverse("desk:bodies:enter")
REGISTER = reverse("desk:matters:enter")
UPLOAD = reverse("desk:imports:new", args=["suggestions.list"])
ROSTER = reverse("desk:imports:new", args=["people.deputies"])
PERSON = reverse("desk:people:enter")


def shown(client, url=LIST):
    return visit(client, url).content.decode()


def act(client, name, body, **said):
    form = form_on(client, LIST, reverse(f"desk:bodies:{name}", args=[body.pk]))
    return client.post(form.url, form.typed(**said), follow=True)


@pytest.fixture
def congress(world):
    return world.bodies["congress"]


class TestTheList:
    def test_shows_whom_to_call_and_in_how_many_matters(self, in_force, deputies, desk, at):
        from tests.support.history import registered

        registered(in_force, at)
        page = shown(desk("officer_wang"))
        assert "样本市人大常委会代表工作委员会" in page
        assert "100****9001" in page
        assert "1件" in page
        assert "10000009001" not in page

    def test_is_read_but_not_written_by_a_liaison_officer(self, world, desk):
        client = desk("liaison_officer")
        page = shown(client)
        assert "录入</a>" not in page
        assert "/stop/" not in page
        assert client.get(ENTER).status_code == 403

    def test_says_what_to_do_while_it_is_empty(self, world, desk):
        CongressBody.objects.all().delete()
        page = shown(desk("office_head"))
        assert "录入第一个" in page
        assert "请联络办公室录入" in shown(desk("liaison_officer"))


class TestEntering:
    def test_puts_a_body_on_the_list_and_into_the_choosers(self, in_force, desk):
        client = desk("officer_wang")
        said = form_on(client, ENTER).typed(
            kind="cppcc", name="政协演示县委员会", contact_name="卜新", phone="12345678"
        )
        assert "已录入" in client.post(ENTER, said, follow=True).content.decode()
        assert client.post(ENTER, said).status_code == 302  # the double click
        body = CongressBody.objects.get(name="政协演示县委员会")
        for page, field in ((REGISTER, "assigner"), (UPLOAD, "said_assigner"), (ROSTER, "said_body"), (PERSON, "body")):
            offered = next(each for each in form_on(client, page).controls if each.name == field).offered
            assert str(body.pk) in offered, page

    def test_answers_a_wrong_phone_beside_what_was_typed(self, world, desk):
        client = desk("officer_wang")
        answer = client.post(ENTER, form_on(client, ENTER).typed(kind="court", name="演示法院", phone="总机"))
        assert answer.status_code == 422
        assert "联系电话只填一个号码" in answer.content.decode()
        assert 'value="演示法院"' in answer.content.decode()
        assert Record.objects.get(verb="organisations.body_entered").result == "refused"


class TestChanging:
    def test_keeps_the_phone_that_is_not_typed_again(self, world, desk, congress):
        client, url = desk("office_head"), reverse("desk:bodies:change", args=[congress.pk])
        said = form_on(client, url).typed(contact_name="卜换人")
        assert "10000009001" not in str(said)
        assert "已修改" in client.post(url, said, follow=True).content.decode()
        congress.refresh_from_db()
        assert (congress.contact_name, congress.contact_phone) == ("卜换人", "10000009001")
        assert client.post(url, said).status_code == 422  # a stale page

    def test_offers_to_erase_it(self, world, desk, congress):
        client, url = desk("office_head"), reverse("desk:bodies:change", args=[congress.pk])
        client.post(url, form_on(client, url).typed(forget_phone="on"))
        congress.refresh_from_db()
        assert congress.contact_phone is None


class TestStopping:
    def test_takes_it_out_of_the_choosers_and_is_undone(self, in_force, desk, congress):
        client = desk("officer_wang")
        assert "不再供选择" in act(client, "stop", congress).content.decode()
        assert "停用</span>" in shown(client)
        assigner = next(each for each in form_on(client, REGISTER).controls if each.name == "assigner")
        assert str(congress.pk) not in assigner.offered
        assert "已恢复使用" in act(client, "resume", congress).content.decode()
        assigner = next(each for each in form_on(client, REGISTER).controls if each.name == "assigner")
        assert str(congress.pk) in assigner.offered

    def test_is_refused_on_a_stale_page(self, world, desk, congress):
        client = desk("officer_wang")
        assert "刷新" in act(client, "stop", congress, version="7").content.decode()
        assert "已经过期" in act(client, "stop", congress, version="x").content.decode()

    def test_keeps_it_chosen_where_it_stands(self, in_force, deputies, desk, congress):
        client = desk("officer_wang")
        act(client, "stop", congress)
        url = reverse("desk:people:change_mandate", args=[deputies["zhang"].mandates.get().pk])
        assert form_on(client, url).shown["body"] == str(congress.pk)


class TestThePhone:
    def test_is_shown_once_and_recorded(self, world, desk, congress):
        client = desk("liaison_officer")
        assert "10000009001" in act(client, "reveal_phone", congress).content.decode()
        assert Record.objects.filter(verb="organisations.body_phone_revealed").count() == 1
        assert "10000009001" not in shown(client)


class TestAPageThatNeedsOne:
    @pytest.mark.parametrize("url", [REGISTER, UPLOAD])
    def test_says_where_it_is_entered(self, in_force, desk, url):
        CongressBody.objects.all().delete()
        page = shown(desk("officer_wang"), url)
        assert "还没有交办机关" in page
        assert f'href="{ENTER}"' in page
        assert 'type="file"' not in page

    def test_does_without_where_it_may(self, in_force, desk):
        CongressBody.objects.all().delete()
        page = shown(desk("officer_wang"), PERSON)
        assert "还没有联系机构可选" in page

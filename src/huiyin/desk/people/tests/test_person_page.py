"""One person's page, and what is done there."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from tests.support.history import in_hand, registered
from tests.support.visit import check_html, visit

from huiyin.audit.models import Record
from huiyin.exchange.queries import account_of
from huiyin.people.models import ContactPoint, Mandate, Person


@pytest.fixture
def zhang(deputies):
    return deputies["zhang"]


@pytest.fixture
def point(zhang):
    return zhang.contact_points.get()


def url(verb, thing=None):
    return reverse(f"desk:people:{verb}", args=[thing.pk] if thing else [])


def text(answer):
    return answer.content.decode()


class TestThePage:
    def test_shows_mandate_officer_and_masked_phone(self, zhang, desk):
        page = text(visit(desk("officer_wang"), url("detail", zhang)))
        for words in ("市级第十六届人大代表", "第三代表团", "连络员", "100****0001", "查看号码", "已核实"):
            assert words in page
        assert "10000000001" not in page

    def test_shows_what_they_brought_as_far_as_the_post_may_open_it(self, in_force, zhang, desk, at):
        matter = in_hand(in_force, at)
        registered(in_force, at, external_number="162002", title="关于另一件事的建议")
        assert "关于另一件事" in text(visit(desk("officer_wang"), url("detail", zhang)))
        page = text(visit(desk("handler_second"), url("detail", zhang)))
        assert reverse("desk:matters:detail", args=[matter.pk]) in page
        assert "关于另一件事" not in page

    def test_shows_departments_the_officer_instead_of_the_phone(self, in_force, zhang, desk, at):
        in_hand(in_force, at)
        page = text(visit(desk("handler_second"), url("detail", zhang)))
        assert "请通过联络员联系" in page
        assert "10000008000" in page
        assert "****" not in page
        assert "查看号码" not in page

    def test_is_not_there_for_those_who_do_not_meet_them(self, zhang, desk):
        for post in ("handler_first", "officer_li"):
            assert desk(post).get(url("detail", zhang)).status_code == 404
        assert desk("registry").get(url("detail", zhang)).status_code == 403


class TestEnteringByHand:
    FACTS = {
        "name": "孙假名", "sex": "2", "ethnicity": "01", "birth_year": "1975", "unit_post": "示例中学教师",
        "kind": "deputy", "level": "city", "term": "16", "delegation": "第五代表团", "from_on": "2022-01-10",
        "mobile": "1000000 1234", "evidence": "当面核对",
    }  # fmt: skip

    def test_goes_on_to_the_persons_page(self, deputies, desk):
        client = desk("officer_wang")
        visit(client, url("enter"))
        key = {"request_key": uuid.uuid4()}
        answer = client.post(url("enter"), self.FACTS | key)
        person = Person.objects.get(name="孙假名")
        assert answer.headers["Location"] == url("detail", person)
        client.post(url("enter"), self.FACTS | key)
        assert Person.objects.filter(name="孙假名").count() == 1

    def test_keeps_what_was_typed_when_it_is_refused(self, deputies, desk):
        wrong = {"name": "张示例", "birth_year": "", "request_key": uuid.uuid4()}
        answer = desk("officer_wang").post(url("enter"), self.FACTS | wrong)
        assert answer.status_code == 422
        assert "名册上已有市级第十六届人大代表张示例" in text(answer)
        assert 'value="1000000 1234"' in text(answer)
        check_html("enter", text(answer))
        assert Record.objects.get(result="refused").verb == "people.person_entered"

    def test_names_every_empty_field(self, deputies, desk):
        answer = desk("officer_wang").post(url("enter"), {"request_key": uuid.uuid4()})
        assert answer.status_code == 422
        for label in ("姓名", "身份", "任期起"):
            assert f">{label}</a>" in text(answer)

    def test_is_closed_to_other_roles(self, deputies, desk):
        for post in ("liaison_officer", "office_head", "handler_second"):
            assert desk(post).post(url("enter"), self.FACTS).status_code == 403


class TestChanging:
    def test_a_person(self, zhang, desk):
        client = desk("officer_wang")
        visit(client, url("change", zhang))
        facts = {"name": "张示例", "sex": "1", "profession": "教育", "version": zhang.version}
        assert client.post(url("change", zhang), facts).status_code == 302
        zhang.refresh_from_db()
        assert (zhang.profession, zhang.sex) == ("教育", "1")

    def test_on_a_stale_page_keeps_what_was_typed(self, zhang, desk):
        facts = {"name": "张示例", "profession": "物理教育", "version": zhang.version - 1}
        answer = desk("officer_wang").post(url("change", zhang), facts)
        assert answer.status_code == 422
        assert "刚才已被同事修改" in text(answer)
        assert 'value="物理教育"' in text(answer)
        check_html("change", text(answer))

    @pytest.mark.parametrize("verb", ["change", "add_mandate", "set_contact_point"])
    def test_is_not_there_in_another_office(self, zhang, desk, verb):
        assert desk("officer_li").get(url(verb, zhang)).status_code == 404

    def test_is_the_own_officers_right_too(self, zhang, desk):
        assert desk("liaison_officer").get(url("change", zhang)).status_code == 200
        assert desk("handler_second").get(url("change", zhang)).status_code == 403


class TestMandates:
    def test_are_added(self, zhang, desk):
        facts = {"kind": "cppcc_member", "level": "city", "term": "16", "delegation": "教育界", "from_on": "2026-01-10"}
        client = desk("officer_wang")
        visit(client, url("add_mandate", zhang))
        client.post(url("add_mandate", zhang), facts | {"version": zhang.version})
        assert zhang.mandates.count() == 2

    def test_are_corrected(self, zhang, desk, world):
        held, client = zhang.mandates.get(), desk("officer_wang")
        visit(client, url("change_mandate", held))
        facts = {
            "kind": "deputy", "level": "city", "term": "16", "delegation": "第四代表团", "from_on": "2022-01-10",
            "liaison_officer": world.posts["liaison_officer"].pk, "version": zhang.version,
        }  # fmt: skip
        client.post(url("change_mandate", held), facts)
        held.refresh_from_db()
        assert (held.delegation, held.liaison_officer) == ("第四代表团", world.posts["liaison_officer"])

    def test_are_ended(self, zhang, desk):
        held, client = zhang.mandates.get(), desk("officer_wang")
        visit(client, url("end_mandate", held))
        client.post(url("end_mandate", held), {"until_on": "2026-03-01", "reason": "辞职", "version": zhang.version})
        assert "已离任（辞职）" in text(visit(client, url("detail", zhang)))
        answer = client.post(url("end_mandate", held), {"until_on": "2026-03-02", "version": zhang.version + 1})
        assert "已于2026-03-01终止" in text(answer)

    def test_are_entrusted_to_an_officer(self, zhang, desk, world):
        held, client = zhang.mandates.get(), desk("officer_wang")
        visit(client, url("assign_officer", held))
        client.post(url("assign_officer", held), {"officer": world.posts["officer_wang"].pk, "version": zhang.version})
        assert Mandate.objects.get(pk=held.pk).liaison_officer == world.posts["officer_wang"]

    @pytest.mark.parametrize("verb", ["change_mandate", "end_mandate", "assign_officer"])
    def test_are_the_liaison_offices_own_matter(self, zhang, desk, verb):
        held = zhang.mandates.get()
        assert desk("liaison_officer").post(url(verb, held)).status_code == 403
        assert desk("officer_li").get(url(verb, held)).status_code == 404


class TestThePhone:
    def test_is_shown_whole_by_post_only_and_recorded(self, zhang, point, desk):
        client = desk("liaison_officer")
        assert client.get(url("reveal_contact", point)).status_code == 405
        answer = client.post(url("reveal_contact", point))
        assert "10000000001" in text(answer)
        assert answer.headers["Cache-Control"] == "no-store"
        check_html("reveal", text(answer))
        assert Record.objects.get(verb="people.contact_revealed").target_label == "张示例"
        assert "10000000001" not in text(client.get(url("detail", zhang)))

    def test_is_not_shown_to_others(self, point, desk):
        assert desk("chief").post(url("reveal_contact", point)).status_code == 403
        assert desk("officer_li").post(url("reveal_contact", point)).status_code == 404
        assert not Record.objects.filter(verb="people.contact_revealed").exists()

    def test_is_replaced(self, zhang, desk):
        client = desk("officer_wang")
        visit(client, url("set_contact_point", zhang))
        facts = {"channel": "mobile", "value": "10000001234", "evidence": "电话回拨", "version": zhang.version}
        client.post(url("set_contact_point", zhang), facts)
        assert "100****1234" in text(client.get(url("detail", zhang)))

    def test_that_is_none_is_refused_with_what_was_typed(self, zhang, desk):
        facts = {"channel": "mobile", "value": "021-1234", "version": zhang.version}
        answer = desk("officer_wang").post(url("set_contact_point", zhang), facts)
        assert answer.status_code == 422
        assert 'value="021-1234"' in text(answer)
        assert "11位数字" in text(answer)

    def test_opens_the_phone_site_and_closes_it(self, zhang, point, desk):
        client = desk("officer_wang")
        client.post(url("bind", point))
        assert account_of(f"p:{zhang.pk}").phone == "10000000001"
        assert "手机端已开通" in text(visit(client, url("detail", zhang)))
        client.post(url("end_binding", zhang.bindings.get()))
        assert account_of(f"p:{zhang.pk}") is None

    def test_is_forgotten(self, zhang, point, desk):
        client = desk("officer_wang")
        client.post(url("erase_contact_point", point), {"version": "x"})
        assert ContactPoint.objects.get(pk=point.pk).value == "10000000001"
        client.post(url("erase_contact_point", point), {"version": zhang.version})
        assert ContactPoint.objects.get(pk=point.pk).value is None
        assert "还没有登记联系方式" in text(visit(client, url("detail", zhang)))

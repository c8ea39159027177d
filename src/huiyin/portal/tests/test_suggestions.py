"""My suggestions, and rating the answer."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from tests.support.visit import visit

from huiyin.audit.models import Record
from huiyin.exchange.models import Slip
from huiyin.exchange.operations import withdraw
from huiyin.exchange.shapes import PROGRESS
from huiyin.portal.tests.conftest import PDF, PLAIN, REPLIED, STRANGER, account_of, publish_progress, signed_in
from huiyin.portal.wording import stands


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def url(name, *args):
    return reverse(f"portal:{name}", args=args)


class TestTheList:
    def test_shows_the_four_stages_and_who_handles_it(self, phone, card):
        card(PLAIN)
        page = text_of(visit(phone, "/"))
        assert "第162001号建议" in page
        for word in ("办前沟通", "办中征询", "办后反馈", "回访跟进", "承办：第二检察部", "答复期限：2026年6月2日"):
            assert word in page

    def test_puts_what_waits_for_a_rating_first(self, phone, account, card, at):
        waiting = card(REPLIED)
        newer = publish_progress(account, PLAIN, at.replace(hour=12), key="matter:2")
        page = phone.get("/").content.decode()
        assert page.index(waiting.public_id) < page.index(newer.public_id)
        assert "共 2 件，1 件等您评价" in page

    def test_shows_only_who_leads_where_the_office_assists(self, phone, card):
        card(replace(PLAIN, role="协办", led_by="样本市教育体育局", department="", contacts=()))
        assert "由样本市教育体育局主办" in text_of(visit(phone, "/"))


class TestOneSuggestion:
    def test_gives_dates_people_to_call_and_the_letter(self, phone, card):
        made = card(REPLIED)
        response = visit(phone, url("suggestion", made.public_id))
        page = text_of(response)
        for word in ("2026年3月2日", "连络员", "魏部长", "样检函〔2026〕12号，2026年5月21日送达", "您提出的建议收悉"):
            assert word in page
        assert 'href="tel:10000008001"' in response.content.decode()

    @pytest.mark.parametrize(
        ("progress", "sentence"),
        [
            (PLAIN, "办理中，由第二检察部承办，2026年6月2日前答复您。"),
            (replace(PLAIN, due_is_provisional=True), "办理中，由第二检察部承办，2026年6月2日前（暂定）答复您。"),
            (REPLIED, "答复函已经送达，请您评价。"),
            (replace(REPLIED, rating=None, status="已评价"), "已评价，答复函在下面。"),
            (
                replace(REPLIED, rating=None, status="重新办理中"),
                "重新办理中，由第二检察部承办，2026年6月2日前答复您。",
            ),
            (
                replace(PLAIN, role="协办", led_by="样本市教育体育局", department="", contacts=()),
                "由样本市教育体育局主办并答复您，我院协助办理。",
            ),
        ],
    )
    def test_says_first_how_it_stands(self, progress, sentence):
        assert stands(progress, date(2026, 6, 2)) == sentence

    def test_promises_no_day_that_has_passed(self, phone, card):
        late = replace(PLAIN, due_on=date(2025, 6, 3))
        page = text_of(visit(phone, url("suggestion", card(late).public_id)))
        assert "应于2025年6月3日前答复您，现已逾期，我院正在抓紧办理。" in page

    def test_opens_the_letter_from_the_cards_own_copy(self, phone, card):
        file = card(REPLIED).files.get()
        answer = phone.get(url("file", file.public_id))
        assert answer.content == PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_is_nobody_elses(self, card, at):
        made = card(REPLIED)
        other = signed_in(account_of("p:2", STRANGER, at, "李样本代表"))
        for page in (url("suggestion", made.public_id), url("rate", made.public_id)):
            assert other.get(page).status_code == 404
        assert other.get(url("file", made.files.get().public_id)).status_code == 404

    def test_withdrawn_is_gone(self, phone, account, card, at):
        made = card(REPLIED)
        file = made.files.get().public_id
        withdraw(account=account, kind=PROGRESS, key="matter:1", at=at)
        assert phone.get(url("suggestion", made.public_id)).status_code == 404
        assert phone.get(url("file", file)).status_code == 404


@pytest.fixture
def rate(phone, card, ratings):
    made = card(REPLIED)

    def send(**changes):
        usual = {
            "attitude": "satisfied", "result": "mostly", "words": "谢谢。", "publish": "yes",
            "request_key": str(uuid.uuid4()),
        }  # fmt: skip
        return phone.post(url("rate", made.public_id), usual | changes)

    return send


class TestRating:
    def test_takes_three_screens_and_ends_with_a_number(self, phone, card, rate, ratings):
        made = card(REPLIED)
        assert url("rate", made.public_id) in visit(phone, url("suggestion", made.public_id)).content.decode()
        visit(phone, url("rate", made.public_id))
        answer = rate()
        slip = Slip.objects.get()
        page = text_of(visit(phone, answer.headers["Location"]))
        assert slip.number in page
        assert "感谢您的评价" in page
        assert ratings == [{"reply": "reply:12", "attitude": "satisfied", "result": "mostly", "words": "谢谢。",
                            "agrees_to_publish": True, "met_in_person": None}]  # fmt: skip

    def test_keeps_attitude_and_result_apart_and_needs_both(self, rate, ratings):
        answer = rate(result="")
        assert answer.status_code == 422
        assert "请选择对办理结果的评价" in text_of(answer)
        assert "谢谢。" in answer.content.decode()
        assert ratings == []
        assert not Slip.objects.exists()

    @pytest.mark.parametrize(
        "changes", [{"attitude": "excellent"}, {"words": "言" * 1001}, {"request_key": "x"}, {"publish": "perhaps"}]
    )
    def test_refuses_what_no_form_of_ours_sends(self, rate, ratings, changes):
        assert rate(**changes).status_code == 422
        assert not Slip.objects.exists()

    def test_twice_shows_the_first_number(self, rate, ratings):
        key = str(uuid.uuid4())
        first = rate(request_key=key).headers["Location"]
        assert rate(request_key=key, words="改了").headers["Location"] == first
        assert len(ratings) == 1

    def test_again_after_it_was_given_leads_back_to_the_suggestion(self, phone, card, rate, ratings):
        rate()
        made = card(replace(REPLIED, rating=None))
        assert rate().headers["Location"] == url("suggestion", made.public_id)
        assert phone.get(url("rate", made.public_id)).headers["Location"] == url("suggestion", made.public_id)
        assert len(ratings) == 1

    def test_that_the_office_cannot_take_keeps_its_number_and_says_why_on_the_card(self, phone, card, rate, ratings):
        location = rate(words="refuse me").headers["Location"]
        slip = Slip.objects.get()
        for page in (location, url("suggestion", slip.card.public_id)):
            assert "以签字的为准" in text_of(visit(phone, page))
        assert "未能办理" in text_of(visit(phone, url("slips")))

    def test_is_recorded_under_the_account(self, account, rate, ratings):
        rate()
        row = Record.objects.get(verb="exchange.slip_received")
        assert (row.actor_kind, row.actor_key) == ("outside", f"account:{account.public_id}")

    def test_without_the_question_about_publishing_does_not_ask_it(self, phone, card, ratings):
        made = card(replace(REPLIED, rating=replace(REPLIED.rating, asks_to_publish=False)))
        assert "是否同意公开" not in text_of(visit(phone, url("rate", made.public_id)))


class TestSlips:
    def test_are_nobody_elses(self, rate, ratings, at):
        location = rate().headers["Location"]
        other = signed_in(account_of("p:2", STRANGER, at, "李样本代表"))
        assert other.get(location).status_code == 404
        assert "还没有提交过" in text_of(other.get(url("slips")))

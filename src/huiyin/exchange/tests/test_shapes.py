"""Shapes of cards and slips."""

from __future__ import annotations

import json
from datetime import date

import pytest

from huiyin.exchange.shapes import (
    MAX_WORDS,
    RATING,
    CardLetter,
    Choice,
    Contact,
    GivenRating,
    Progress,
    RatingForm,
    RatingSlip,
    Said,
    SlipRefused,
    Stage,
    accepted_entry,
    check_rating,
)  # fmt: skip

pytestmark = pytest.mark.pure

GRADES = (Choice(code="satisfied", label="满意"), Choice(code="dissatisfied", label="不满意"))
FORM = RatingForm(reply="reply:12", letter="样检函〔2026〕12号", round=1, grades=GRADES, due_on=date(2026, 6, 20))
PROGRESS = Progress(
    number="第162001号建议", addressee="张示例代表", office="样本市人民检察院", office_phone="10000008000", role="独办",
    status="待您评价", received_on=date(2026, 3, 2), due_on=date(2026, 6, 2), department="未检部",
    stages=(Stage(label="办前沟通", state="done", on=date(2026, 3, 9)), Stage(label="办中征询", state="now")),
    contacts=(Contact(role="联络员", name="王联络", phone="10000008000"),),
    letters=(CardLetter(number="样检函〔2026〕12号", title="答复", issued_on=date(2026, 5, 20), delivered_on=None),),
    rating=FORM, said=(Said(on=date(2026, 5, 21), text="已送达。"),),
    ratings=(GivenRating(letter="样检函〔2026〕2号", round=1, attitude="满意", result="不满意", words="",
                         provisional=True, rated_on=date(2026, 5, 1)),),
)  # fmt: skip


class TestProgress:
    def test_survives_the_way_through_json(self):
        assert Progress.from_json(json.loads(json.dumps(PROGRESS.to_json()))) == PROGRESS

    def test_without_a_rating_form_takes_no_slips(self):
        plain = Progress(**{**PROGRESS.__dict__, "rating": None})
        assert plain.accepts() == []
        assert Progress.from_json(plain.to_json()).rating is None


def rate(**changes):
    entry = accepted_entry(PROGRESS.accepts(), RATING)
    usual = {"reply": "reply:12", "attitude": "satisfied", "result": "dissatisfied", "words": " 请再说明。\r\n"}
    return check_rating(usual | changes, entry)


class TestARating:
    def test_is_cleaned(self):
        rated = RatingSlip.from_json(rate(agrees_to_publish=True, extra="dropped"))
        assert rated.words == "请再说明。"
        assert rated.agrees_to_publish is True
        assert rated.met_in_person is None

    def test_of_an_older_letter_is_refused(self):
        with pytest.raises(SlipRefused, match="已经更新"):
            rate(reply="reply:11")

    @pytest.mark.parametrize("grade", ["", None, "excellent", ["satisfied"], 1])
    def test_needs_a_grade_of_the_scale_for_each_side(self, grade):
        with pytest.raises(SlipRefused, match="办理态度"):
            rate(attitude=grade)
        with pytest.raises(SlipRefused, match="办理结果"):
            rate(result=grade)

    def test_has_room_for_so_many_words_and_says_how_many(self):
        assert len(RatingSlip.from_json(rate(words="言" * MAX_WORDS)).words) == MAX_WORDS
        with pytest.raises(SlipRefused, match=f"现在有{MAX_WORDS + 1}字"):
            rate(words="言" * (MAX_WORDS + 1))

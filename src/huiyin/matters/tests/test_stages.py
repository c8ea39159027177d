"""The four stages are read from what happened, by one rule for the desk and the phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiyin.matters.rules import Stage
from huiyin.matters.rules.stages import StageFacts, four_stages

pytestmark = pytest.mark.pure
MAY = {day: date(2026, 5, day) for day in range(1, 31)}


def read(**facts: Any) -> str:
    """The states, a letter each, with the day of those that have one: d6 n . ."""
    shown = four_stages(StageFacts(**facts))
    letters = {"done": "d", "passed": "p", "now": "n", "todo": "."}
    return " ".join(letters[stage.state] + (str(stage.on.day) if stage.on else "") for stage in shown)


class TestTheFourStages:
    def test_begin_with_the_first(self):
        assert read() == "n . . ."

    def test_take_a_draft_that_was_given_as_asking_in_the_middle(self):
        assert read(contacts={Stage.BEFORE: MAY[6]}, solicited_on=MAY[9]) == "d6 d9 n ."

    def test_pass_over_what_nobody_recorded(self):
        assert read(solicited_on=MAY[9]) == "p d9 n ."

    def test_stand_at_feedback_from_the_day_the_letter_is_out(self):
        assert read(contacts={Stage.BEFORE: MAY[6]}, issued_on=MAY[20]) == "d6 p n20 ."

    def test_have_given_feedback_once_the_letter_is_delivered(self):
        assert read(contacts={Stage.BEFORE: MAY[6]}, issued_on=MAY[20], delivered_on=MAY[22]) == "d6 p d22 n"

    def test_take_the_earlier_of_a_contact_and_a_paper(self):
        contacts = {Stage.BEFORE: MAY[6], Stage.DURING: MAY[12], Stage.AFTER: MAY[21]}
        assert read(contacts=contacts, solicited_on=MAY[9], issued_on=MAY[20], delivered_on=MAY[22]) == "d6 d9 d21 n"

    def test_have_none_in_hand_once_the_road_is_over(self):
        contacts = {Stage.BEFORE: MAY[6]}
        assert read(contacts=contacts, issued_on=MAY[20], delivered_on=MAY[22], is_over=True) == "d6 p d22 ."

    def test_begin_anew_with_the_middle_when_handled_anew(self):
        contacts = {Stage.BEFORE: MAY[6], Stage.DURING: MAY[9], Stage.AFTER: MAY[21], Stage.FOLLOW_UP: MAY[23]}
        assert read(contacts=contacts, since=MAY[25]) == "d6 n . ."

"""Marking the seven steps at the desk."""

import pytest
from tests.support.history import registered
from tests.support.visit import visit


class TestTheStepsPage:
    @pytest.fixture
    def matter(self, in_force, deputies, at):
        return registered(in_force, at)

    def test_saves_what_was_marked(self, matter, desk):
        page = desk("officer_wang")
        url = f"/desk/matters/{matter.pk}/steps/"
        visit(page, url)
        answer = page.post(url, {"version": matter.version, "state_summarise": "done"})
        assert answer.status_code == 302
        assert [mark.step_code for mark in matter.step_marks.filter(state="done")] == ["summarise"]

    def test_keeps_what_was_typed_when_a_reason_is_missing(self, matter, desk):
        page = desk("officer_wang")
        answer = page.post(
            f"/desk/matters/{matter.pk}/steps/", {"version": matter.version, "state_generalise": "not_applicable"}
        )
        assert answer.status_code == 422
        assert "标为不适用的，请写明理由" in answer.content.decode()
        assert not matter.step_marks.filter(step_code="generalise").exists()

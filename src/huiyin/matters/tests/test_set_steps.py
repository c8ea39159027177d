"""Marking the seven steps by hand (practice 22)."""

import pytest
from tests.support.books import in_force
from tests.support.deputies import deputies
from tests.support.history import registered

from huiyin.matters.operations.stepping import StepReasonMissing, StepSaid, StepsSettled, StepUnknown, set_steps
from huiyin.matters.rules import MatterMovedOn
from huiyin.organisations.permissions import NotAllowed

__all__ = ["deputies", "in_force"]


class TestSetSteps:
    @pytest.fixture
    def matter(self, in_force, deputies, at):
        return registered(in_force, at)

    def mark(self, world, matter, at, steps, by="officer_wang", version=None):
        return set_steps(matter=matter, steps=steps, actor=world.act(by), version=version or matter.version, at=at)

    def test_marks_one_done_and_one_not_applicable(self, in_force, matter, at):
        said = {"summarise": StepSaid("done"), "generalise": StepSaid("not_applicable", "个性问题，已当场解决")}
        self.mark(in_force, matter, at, said)
        marks = {mark.step_code: (mark.state, mark.reason) for mark in matter.step_marks.all()}
        assert marks == {"summarise": ("done", ""), "generalise": ("not_applicable", "个性问题，已当场解决")}

    def test_takes_a_mark_back(self, in_force, matter, at):
        self.mark(in_force, matter, at, {"summarise": StepSaid("done")})
        self.mark(in_force, matter, at, {"summarise": StepSaid("")})
        assert not matter.step_marks.exists()

    def test_wants_a_reason_where_a_step_does_not_apply(self, in_force, matter, at):
        with pytest.raises(StepReasonMissing, match="请写明理由"):
            self.mark(in_force, matter, at, {"generalise": StepSaid("not_applicable", "  ")})

    def test_knows_the_steps_of_the_book_only(self, in_force, matter, at):
        with pytest.raises(StepUnknown):
            self.mark(in_force, matter, at, {"eighth": StepSaid("done")})

    def test_leaves_an_archived_matter_alone(self, in_force, matter, at):
        matter.status = "archived"
        with pytest.raises(StepsSettled):
            self.mark(in_force, matter, at, {"summarise": StepSaid("done")})

    def test_refuses_a_stale_page(self, in_force, matter, at):
        with pytest.raises(MatterMovedOn):
            self.mark(in_force, matter, at, {"summarise": StepSaid("done")}, version=matter.version + 1)

    def test_refuses_an_officer_of_another_procuratorate(self, in_force, matter, at):
        with pytest.raises(NotAllowed):
            self.mark(in_force, matter, at, {"summarise": StepSaid("done")}, by="officer_li")

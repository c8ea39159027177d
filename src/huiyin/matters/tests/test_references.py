"""What is done here and not entered in the systems outside (practice 28)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.support.history import in_hand, registered
from tests.support.letters import delivered, issued
from tests.support.outside import system
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.entering import entries_owed
from huiyin.matters.models import ExternalReference, Matter
from huiyin.matters.operations.references import (
    Entry,
    NotToBeEntered,
    add_reference,
    mark_entered,
    owe_entries_again,
    reopen_entry,
    set_not_needed,
)
from huiyin.matters.operations.replies_delivery import mark_uploaded
from huiyin.matters.operations.systems import SystemFacts, SystemUnfit, change_system, stop_system
from huiyin.matters.rules.outside import SystemKind


class TestASuggestion:
    def test_stands_in_the_system_of_whoever_assigned_it(self, in_force: World, at: datetime) -> None:
        early = registered(in_force, at)
        there = system(in_force, at)  # finds what is open already
        system(in_force, at, kind=SystemKind.PROPOSALS, name="市政协提案系统")
        late = registered(in_force, at, external_number="162002")
        known = ExternalReference.objects.order_by("id").values_list("matter", "system", "number")
        assert list(known) == [(early.pk, there.pk, "162001"), (late.pk, there.pk, "162002")]

    def test_is_owed_an_entry_from_its_delivery_until_it_is_made(self, in_force: World, at: datetime) -> None:
        system(in_force, at)
        officer, act = in_force.posts["officer_wang"], in_force.act("officer_wang")
        reply = delivered(in_force, in_hand(in_force, at), at)
        owed = entries_owed(officer).get()
        entry = Entry(reference=owed, version=owed.version, number="RD-7")
        with pytest.raises(NotToBeEntered, match="印发日与今天之间"):
            mark_entered(entries=[entry], entered_on=at.date() - timedelta(days=400), actor=act, at=at)
        mark_entered(entries=[entry], entered_on=at.date(), actor=act, at=at)
        reply.refresh_from_db()
        owed.refresh_from_db()
        assert not entries_owed(officer).exists()
        assert (owed.number, reply.uploaded_on) == ("RD-7", at.date())
        root = Record.objects.get(verb="matters.entered_outside")
        assert Record.objects.filter(verb="matters.reference_entered", parent=root).count() == 1
        with pytest.raises(NotToBeEntered, match="刚刚由同事登记过"):
            mark_entered(entries=[Entry(reference=owed, version=1)], entered_on=at.date(), actor=act, at=at)

    def test_is_entered_with_its_letter_and_owed_anew_after_a_redo(self, in_force: World, at: datetime) -> None:
        system(in_force, at)
        officer, act = in_force.posts["officer_wang"], in_force.act("officer_wang")
        reply = delivered(in_force, in_hand(in_force, at), at)
        mark_uploaded(reply=reply, uploaded_on=at.date(), actor=act, version=reply.version, at=at)
        assert not entries_owed(officer).exists()
        owe_entries_again(reply.matter)  # as the redo does
        assert "录入" in entries_owed(officer).get().note

    def test_need_not_be_entered_with_a_reason(self, in_force: World, at: datetime) -> None:
        there = system(in_force, at)
        act = in_force.act("officer_wang")
        matter = issued(in_force, in_hand(in_force, at), at).matter
        reference = ExternalReference.objects.get()
        set_not_needed(reference=reference, reason="由主办单位统一录入", version=reference.version, actor=act, at=at)
        assert not entries_owed(in_force.posts["officer_wang"]).exists()
        with pytest.raises(NotToBeEntered, match="已经登记过"):
            add_reference(matter=matter, system=there, number="1", actor=act, at=at)
        Matter.objects.filter(pk=matter.pk).update(is_open=False, closed_at=at)  # over is all that is asked
        registered(in_force, at, external_number="162002")
        facts = SystemFacts(kind=SystemKind.CONGRESS, name=there.name, from_on=at.date() + timedelta(days=1))
        later = at + timedelta(days=2)
        change_system(system=there, facts=facts, version=there.version, actor=act, at=later)
        assert there.references.count() == 2  # something was said of the first, the second is in hand
        reopen_entry(reference=reference, reason="还要录入", version=reference.version, actor=act, at=later)
        assert entries_owed(in_force.posts["officer_wang"]).get() == reference
        ExternalReference.objects.filter(pk=reference.pk).update(recorded_by=None)  # as if nobody had said anything
        change_system(system=there, facts=facts, version=there.version, actor=act, at=later)
        assert there.references.get().number == "162002"
        stop_system(system=there, version=there.version, actor=act, at=at)
        with pytest.raises(SystemUnfit, match="可以恢复使用"):
            system(in_force, at)

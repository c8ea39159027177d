"""A drainer killed at the worst moment: a real process, a real SIGKILL, the next drainer finishes its work."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from django.db import connection, transaction
from tests.support.world import build_world

from huiyin.exchange.models import Card
from huiyin.exchange.shapes import NOTE
from huiyin.messaging.drain import drain
from huiyin.messaging.models import Message, SimulatedText
from huiyin.messaging.operations import bind, queue
from huiyin.messaging.rules import LEASE, MessageState
from huiyin.people.models import ContactPoint, Mandate, Person
from huiyin.people.rules import MandateKind

pytestmark = pytest.mark.committed
COUNT = 30
VICTIM = """
import os, signal, sys
import django
from datetime import datetime
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from huiyin.messaging import drain
def die(*args, **named): os.kill(os.getpid(), signal.SIGKILL)
setattr(drain, sys.argv[2], die)
drain.drain(worker="victim", at=datetime.fromisoformat(sys.argv[3]))
"""


def people_to_tell(at):
    """One bound deputy and many events, each told on the phone site and by text."""
    world = build_world()
    person = Person.objects.create(public_id="zhang", procuratorate=world.city, name="张示例")
    Mandate.objects.create(person=person, kind=MandateKind.DEPUTY, from_on=at.date())
    point = ContactPoint.objects.create(person=person, channel="mobile", value="10000000001", blind_index="x")
    bind(person=person, contact_point=point, evidence="当面核对", actor=world.act("officer_wang"), at=at)
    with transaction.atomic():
        for n in range(COUNT):
            queue(event_key=f"e{n}", title=f"第{n}条", body="请查看。", person=person, at=at)


class TestADrainerKilled:
    @pytest.mark.parametrize("before", ["send", "settle"])
    def test_loses_nothing_and_doubles_nothing_anybody_sees(self, committed_db, at, before):
        people_to_tell(at)
        arguments = [sys.executable, "-c", VICTIM, connection.settings_dict["NAME"], before, at.isoformat()]
        victim = subprocess.run(arguments, check=False)
        assert victim.returncode == -signal.SIGKILL
        assert Message.objects.filter(state=MessageState.CLAIMED).count() == 2 * COUNT
        assert SimulatedText.objects.count() == (COUNT if before == "settle" else 0)

        assert drain(worker="next", at=at) == 0  # the lease still runs
        assert drain(worker="next", at=at + LEASE) == 2 * COUNT
        assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DELIVERED}
        assert SimulatedText.objects.count() == COUNT
        assert Card.objects.filter(kind=NOTE).count() == COUNT
        assert set(Message.objects.values_list("tries", flat=True)) == {2}

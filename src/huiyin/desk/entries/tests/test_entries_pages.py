"""The list of what is not entered outside: ticked together, taken away as a table and as a report."""

from __future__ import annotations

import json
from datetime import datetime

from django.urls import reverse
from tests.support.desk import Desk
from tests.support.history import in_hand, registered
from tests.support.letters import delivered
from tests.support.outside import system
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.models import ExternalReference, Reply


class TestTheList:
    def test_is_on_todays_work_and_empties_as_it_is_ticked(self, in_force: World, desk: Desk, at: datetime) -> None:
        system(in_force, at)
        delivered(in_force, in_hand(in_force, at), at)
        registered(in_force, at, external_number="162002")
        browser, front = desk("officer_wang"), reverse("desk:entries:list")
        assert "本系统已办、外系统未录入" in visit(browser, reverse("desk:home")).content.decode()
        page = visit(browser, front).content.decode()
        assert ("162001" in page, "162002" in page) == (True, False)
        owed = ExternalReference.objects.get(number="162001")
        typed = {"entered_on": at.date().isoformat(), "reference": [owed.pk], f"version-{owed.pk}": owed.version}
        refused = browser.post(reverse("desk:entries:mark"), typed | {"entered_on": "2020-01-01"})
        assert refused.status_code == 422
        assert "checked" in refused.content.decode()
        done = browser.post(reverse("desk:entries:mark"), typed | {f"number-{owed.pk}": "RD-1"})
        assert done.status_code == 302
        assert "没有漏录的" in visit(browser, front).content.decode()
        listed = visit(browser, f"{front}?tab=entered").content.decode()
        assert reverse("desk:entries:reopen", args=[owed.pk]) in listed
        owed.refresh_from_db()
        visit(browser, reverse("desk:entries:reopen", args=[owed.pk]))
        said = {"version": owed.version, "reason": "勾选错了"}
        assert browser.post(reverse("desk:entries:reopen", args=[owed.pk]), said).status_code == 302
        assert "撤销登记：勾选错了" in visit(browser, front).content.decode()
        assert Reply.objects.get().uploaded_on is None
        assert "RD-1" in visit(browser, reverse("desk:matters:detail", args=[owed.matter_id])).content.decode()

    def test_leaves_as_a_report_in_a_told_layout_on_record(self, in_force: World, desk: Desk, at: datetime) -> None:
        system(in_force, at)
        delivered(in_force, in_hand(in_force, at), at)
        browser = desk("officer_wang")
        answer = browser.post(reverse("desk:entries:report", args=["json"]), {"session": "16-2"})
        said = json.loads(answer.content)
        assert (said["layout"], said["version"], len(said["matters"])) == ("huiyin.outward", 1, 1)
        assert said["matters"][0]["letter"]["deliveries"][0]["to"] == "张示例"
        assert browser.post(reverse("desk:entries:report", args=["xlsx"])).status_code == 200
        assert browser.post(reverse("desk:entries:export"), {"tab": "all"}).status_code == 200
        assert Record.objects.filter(verb="matters.exported").count() == 3
        assert ExternalReference.objects.get().reported_on is None

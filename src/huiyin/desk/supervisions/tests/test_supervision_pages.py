"""The pages of 督办, from the system's proposal to the end."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.visit import visit
from tests.support.world import World, moment

from huiyin.matters.models import Supervision
from huiyin.suggestions.tests.test_returns import PDF


def url(verb: str, *keys: int | str) -> str:
    return reverse(f"desk:supervisions:{verb}", args=keys)


@pytest.fixture
def at() -> datetime:
    """Monday 25 May 2026: the department is late since 6 May, the answer due on 2 June."""
    return moment("2026-05-25 10:00")


class TestTheRoadOfAnOrder:
    def test_is_gone_page_by_page(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = in_hand(in_force, moment("2026-03-05 10:00"))
        office, chief, head = desk("officer_wang"), desk("office_head"), desk("head_second")
        assert "建议发督办单的事项" in visit(office, "/desk/").content.decode()
        worth = visit(office, url("list") + "?tab=worth").content.decode()
        new = f"{url('propose')}?matter={matter.pk}&department={in_force.departments['second'].pk}"
        assert new.replace("&", "&amp;") in worth
        page = visit(office, new).content.decode()
        assert "部门办理期限2026-05-06已过，答复代表期限临近（2026-06-02）。" in page
        said = {
            "department": in_force.departments["second"].pk, "matters": [matter.pk],
            "signed_by": f"general:{in_force.posts['office_head'].pk}", "reason": "部门逾期。", "demand": "办出。",
            "answer_by_on": "", "request_key": uuid4(),
        }  # fmt: skip
        assert office.post(url("propose"), said | {"reason": ""}).status_code == 422
        office.post(url("propose"), said)
        order = Supervision.objects.get()
        assert "待签发的督办单" in visit(chief, "/desk/").content.decode()
        visit(chief, url("detail", order.pk))
        chief.post(url("order", order.pk), {"version": 1, "remark": "同意。", "decision": "order"})
        assert "待签收的督办单" in visit(head, "/desk/").content.decode()
        head.post(url("acknowledge", order.pk), {"version": 2})
        visit(head, url("detail", order.pk))
        report = {"version": 3, "text": "已送审。", "request_key": uuid4(), "file": SimpleUploadedFile("稿.pdf", PDF)}
        head.post(url("report", order.pk), report)
        visit(office, url("detail", order.pk))
        done = office.post(url("judge", order.pk), {"version": 4, "remarks": "", "decision": "end"}, follow=True)
        assert "督办已办结。" in done.content.decode()
        told = visit(office, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert "样检督〔2026〕1号" in told
        assert all(f"<strong>{act}</strong>" in told for act in ("提出督办", "签收督办单", "审核督办回报"))
        assert "样检督〔2026〕1号" in visit(head, url("list") + "?tab=ended").content.decode()
        assert office.post(url("paper", order.pk, "docx")).content[:2] == b"PK"

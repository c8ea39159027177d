"""办理进度表 at the desk."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from uuid import uuid4

from django.urls import reverse
from openpyxl import load_workbook
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.visit import visit
from tests.support.world import World

from huiyin.suggestions.models import ProgressTable


class TestAProgressTable:
    def test_goes_from_the_office_to_the_department_and_back_to_the_congress(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        in_hand(in_force, at)
        office = desk("officer_wang")
        visit(office, reverse("desk:progress:list"))
        assert (
            visit(office, reverse("desk:progress:open")).context["form"].initial["due_on"].isoformat() == "2026-04-30"
        )
        form = {"title": "4月办理进度表", "due_on": "2026-04-30", "request_key": str(uuid4())}
        office.post(reverse("desk:progress:open"), form)
        table = ProgressTable.objects.get()
        page = reverse("desk:progress:detail", args=[table.pk])
        assert "还有1件没有填写" in visit(office, page).content.decode()

        handler = desk("handler_second")
        lines = visit(handler, reverse("desk:home")).context["waiting"]
        assert any(line.label == "待填写的办理进度" for line in lines)
        line = table.lines.get()
        write = reverse("desk:progress:write", args=[table.pk])
        refused = handler.post(write, {f"text_{line.pk}": "会同XX办理", f"version_{line.pk}": line.version})
        assert refused.status_code == 422
        assert "会同XX办理" in refused.content.decode()
        handler.post(write, {f"text_{line.pk}": "已与代表见面", f"version_{line.pk}": line.version})

        head = desk("office_head")
        assert "都填好了" in visit(head, page).content.decode()
        head.post(reverse("desk:progress:sign_off", args=[table.pk]), {"version": table.version})
        taken = office.post(reverse("desk:progress:export", args=[table.pk]))
        rows = list(load_workbook(BytesIO(taken.content)).active.values)  # type: ignore[union-attr]
        assert rows[1][:3] == (1, "162001", "关于加强校园周边电子烟治理的建议")
        assert "已与代表见面" in rows[1]
        assert office.post(reverse("desk:progress:paper", args=[table.pk, "docx"])).status_code == 200
        assert "未填写" not in visit(handler, page).content.decode()

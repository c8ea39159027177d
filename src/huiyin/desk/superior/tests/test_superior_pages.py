"""An order of the office above, from the register's row to its end."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.urls import reverse
from tests.support.desk import Desk
from tests.support.superior import below
from tests.support.visit import check_html, visit
from tests.support.world import World

from huiyin.matters.models import SuperiorOrder


def url(verb: str, *keys: int) -> str:
    return reverse(f"desk:superior:{verb}", args=keys)


class TestTheRoadOfAnOrder:
    def test_is_gone_page_by_page(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = below(in_force, at)
        city, district = desk("officer_wang"), desk("officer_li")
        page = reverse("desk:matters:detail", args=[matter.pk])
        row = visit(city, reverse("desk:matters:list") + "?below=yes").content.decode()
        assert url("give", matter.pk) in row
        assert "张示例" not in row
        visit(city, url("give", matter.pk))
        said = {
            "kind": "pressed", "number": "", "ground": "", "reason": "请报进展。", "given_on": "2026-03-05",
            "answer_by_on": "2026-03-20", "request_key": uuid4(),
        }  # fmt: skip
        assert city.post(url("give", matter.pk), said).status_code == 422
        city.post(url("give", matter.pk), said | {"ground": "院领导批示"})
        order = SuperiorOrder.objects.get()
        assert city.get(url("give", matter.pk)).url == url("detail", order.pk)
        visit(city, url("detail", order.pk))
        assert city.get(page).status_code == 404
        read = city.post(url("open", order.pk))
        check_html(url("open", order.pk), read.content.decode())
        assert "张示例" in read.content.decode()
        assert "待向上级院反馈的交办督办" in visit(district, "/desk/").content.decode()
        assert url("detail", order.pk) in visit(district, page).content.decode()
        visit(district, url("detail", order.pk))
        district.post(url("report", order.pk), {"version": 1, "text": "月底前答复。"})
        assert "下级院已反馈的交办督办" in visit(city, "/desk/").content.decode()
        city.post(url("end", order.pk), {"version": 2, "remark": ""})
        visit(city, url("list"))
        assert city.post(url("open", order.pk)).status_code == 404
        assert "上级院打开事项阅看" in visit(district, page).content.decode()

"""并案 from the matter page: found, joined, marked on the register, taken apart."""

from __future__ import annotations

from datetime import datetime

from tests.support.desk import Desk
from tests.support.history import registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Relation


class TestMergingOnThePages:
    def test_joins_marks_and_parts(self, in_force: World, deputies: object, at: datetime, desk: Desk) -> None:
        lead = registered(in_force, at, external_number="162001")
        other = registered(in_force, at, external_number="162008")
        client, page = desk("officer_wang"), f"/desk/matters/{other.pk}/merge/"
        assert "并案" in visit(client, f"/desk/matters/{other.pk}/").content.decode()
        visit(client, page)
        assert "没有找到" in visit(client, f"{page}?number=9").content.decode()
        assert "162001" in visit(client, f"{page}?number=162001").content.decode()
        typed = {"number": "162001", "lead": lead.pk, "reason": "", "version": other.version}
        answer = client.post(page, typed)
        assert (answer.status_code, "请填写理由" in answer.content.decode()) == (422, True)
        assert client.post(page, typed | {"reason": "同一问题"}).status_code == 302
        assert Relation.objects.get().kind == RelationKind.MERGED
        for each in (lead, other):
            shown = visit(client, f"/desk/matters/{each.pk}/").content.decode()
            assert all(words in shown for words in ("并案办理", "牵头"))
        register = visit(client, "/desk/matters/?key=merged").content.decode()
        assert register.count('<span class="chip">并案</span>') == 2
        other.refresh_from_db()
        visit(client, f"/desk/matters/{other.pk}/unmerge/")
        said = {"reason": "要求不同", "version": other.version}
        assert client.post(f"/desk/matters/{other.pk}/unmerge/", said).status_code == 302
        assert not Relation.objects.exists()

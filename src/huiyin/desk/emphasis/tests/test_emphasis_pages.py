"""列为重点 and 加急 from the matter page."""

from __future__ import annotations

from datetime import datetime

from tests.support.desk import Desk
from tests.support.history import in_hand, registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.operations.emphasis import lower_from_key, raise_to_key


class TestWeighingAMatter:
    def test_is_offered_done_and_shown(self, in_force: World, deputies: object, at: datetime, desk: Desk) -> None:
        matter = in_hand(in_force, at)
        client, here = desk("office_head"), f"/desk/matters/{matter.pk}/"
        typed = {"version": matter.version, "criteria": ["综合性强"], "leader": ""}
        visit(client, f"{here}key/raise/")
        assert client.post(f"{here}key/raise/", typed).status_code == 422
        typed["leader"] = in_force.posts["chief"].pk
        assert client.post(f"{here}key/raise/", typed).status_code == 302
        matter.refresh_from_db()
        visit(client, f"{here}urgency/")
        said = {"version": matter.version, "reason": "学生已有伤害"}
        assert client.post(f"{here}urgency/", said).status_code == 302
        shown = visit(client, here).content.decode()
        assert all(words in shown for words in ("重点和加急", "加急：学生已有伤害", "不再列为重点"))
        assert 'name="urgency"' not in visit(client, f"{here}classify/").content.decode()
        visit(client, f"{here}key/lower/")
        said["version"] = matter.version + 1
        assert client.post(f"{here}key/lower/", said).status_code == 302

    def test_is_left_by_who_led_it_and_names_another(self, in_force: World, at: datetime, desk: Desk) -> None:
        matter, office = registered(in_force, at), in_force.act("office_head")
        deputy = in_force.posts["deputy_chief"]
        raise_to_key(matter=matter, criteria=["综合性强"], leader=deputy, actor=office, version=matter.version, at=at)
        lower_from_key(matter=matter, reason="改由检察长领衔", actor=office, version=matter.version, at=at)
        typed = {"version": matter.version, "criteria": ["综合性强"], "leader": in_force.posts["chief"].pk}
        gone = desk("deputy_chief").post(f"/desk/matters/{matter.pk}/key/raise/", typed)
        assert gone.url == "/desk/matters/"
        classified = visit(desk("office_head"), f"/desk/matters/{matter.pk}/classify/").content.decode()
        assert "已经交办" not in classified

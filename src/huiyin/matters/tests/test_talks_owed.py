"""The talks that the books require before a letter goes up (代表法 art. 51; 办前沟通, 办中征询, 专人面商)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support.history import in_hand, usual_parts
from tests.support.letters import drafted, fresh
from tests.support.world import World

from huiyin.gongwen.structure import Form
from huiyin.matters.models import Act, Matter, Reply
from huiyin.matters.operations.acts import ActFacts, add_head_note, record_act
from huiyin.matters.operations.replies_signing import TalksOwed, recall, submit
from huiyin.matters.papers.letter_sheet import letter_sheet
from huiyin.matters.rules import ActKind, HandlerRole, Mode, Stage
from huiyin.matters.talks_owed import talks_owed


@pytest.fixture
def reply(in_force: World, deputies: object, at: datetime) -> Reply:
    """A draft with everything but talks."""
    return drafted(in_force, in_hand(in_force, at), at)


def talk(world: World, matter: Matter, at: datetime, stage: Stage, mode: Mode, **more: object) -> Act:
    said: dict[str, Any] = {"deputy_words": "希望常态化。", "happened_on": at.date(), "stage": stage, "mode": mode}
    facts = ActFacts(kind=ActKind.CONSULT, **said | more)
    return record_act(matter=matter, facts=facts, actor=world.act("handler_second"), request_key=uuid4(), at=at)


def owed(reply: Reply, at: datetime) -> list[str]:
    return [each.contact.title for each in talks_owed(reply, at.date())]


class TestATalkThatIsRequired:
    def test_is_named_with_its_rule_until_it_was_held(self, reply: Reply, in_force: World, at: datetime) -> None:
        assert owed(reply, at) == ["联系代表、听取意见", "办前沟通", "办中征询", "专人面商"]
        with pytest.raises(TalksOwed, match=r"“联系代表、听取意见”（《.*代表法》第五十一条）还没有记录"):
            submit(reply=reply, actor=in_force.act("handler_second"), version=reply.version, at=at)
        talk(in_force, reply.matter, at, Stage.BEFORE, Mode.PHONE)
        assert owed(reply, at) == ["办中征询", "专人面商"]
        talk(in_force, reply.matter, at, Stage.DURING, Mode.VISIT)
        assert owed(reply, at) == []
        up = submit(reply=fresh(reply), actor=in_force.act("handler_second"), version=reply.version, at=at)
        assert (up.status, up.talks_left_out, up.talks_reason) == ("signing", "", "")

    def test_is_excused_by_the_note_of_the_office_head(self, reply: Reply, in_force: World, at: datetime) -> None:
        missed = {"held": False, "deputy_words": "", "reason_not_held": "代表出国"}
        act = talk(in_force, reply.matter, at, Stage.BEFORE, Mode.FACE_TO_FACE, **missed)
        assert "还缺办公室负责人的说明" in talks_owed(reply, at.date())[1].sentence
        add_head_note(act=act, note="回国后补谈。", actor=in_force.act("office_head"), at=at)
        assert owed(reply, at) == ["办中征询"]

    def test_is_left_out_with_a_reason_that_signers_read_and_the_sheet_prints(
        self, reply: Reply, in_force: World, at: datetime
    ) -> None:
        drafter = in_force.act("handler_second")
        talk(in_force, reply.matter, at, Stage.BEFORE, Mode.FACE_TO_FACE)
        up = submit(
            reply=fresh(reply), actor=drafter, version=reply.version, at=at, talks_reason="代表住院，出院后当面说明。"
        )
        assert (up.talks_left_out, up.talks_reason_by) == ("办中征询", in_force.posts["handler_second"])
        assert "没有办中征询：代表住院，出院后当面说明。（韦承办）" in printed(letter_sheet(fresh(up)))
        recall(reply=fresh(up), reason="再改", actor=drafter, version=fresh(up).version, at=at)
        with pytest.raises(TalksOwed):
            submit(reply=fresh(up), actor=drafter, version=fresh(up).version, at=at)

    def test_is_none_where_we_only_assist(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = in_hand(in_force, at, parts=usual_parts(in_force))
        Matter.objects.filter(pk=matter.pk).update(handler_role=HandlerRole.ASSIST)
        matter.refresh_from_db()
        assert owed(drafted(in_force, matter, at, outcome="", publish=None), at) == []


def printed(form: Form) -> str:
    return "\n".join(cell.text for row in form.rows for cell in row.cells)

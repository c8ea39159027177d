"""协办征求意见函: our letter to an outside assistant, with number and the book's day (S0-71)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.support.organs import asked, with_organ
from tests.support.world import World

from huiyin.matters.models import Deadline
from huiyin.matters.operations.opinion_requests import (
    CannotAskOpinion,
    answer_by,
    ask_opinion,
    drop_opinion_request,
    send_opinion_request,
)
from huiyin.matters.operations.opinions import give_opinion
from huiyin.matters.papers.opinion_request import opinion_request
from huiyin.matters.rules import MatterMovedOn
from huiyin.organisations.permissions import NotAllowed


class TestALetterAskingForAnOpinion:
    def test_has_a_number_and_starts_the_assistants_month(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        letter = asked(in_force, at)
        assert letter.answer_by_on == date(2026, 4, 7)  # a month, over the holiday
        assert letter.basis
        with pytest.raises(NotAllowed):
            send_opinion_request(asked=letter, actor=in_force.act("handler_second"), version=1, at=at)
        letter = send_opinion_request(asked=letter, actor=in_force.act("office_head"), version=1, at=at)
        paper = opinion_request(letter)
        assert (paper.number, paper.signer, paper.signed_on) == ("样检函〔2026〕1号", "何主任", at.date())
        assert "于2026年4月7日前书面反馈我院" in paper.body[-1].text  # type: ignore[union-attr]
        running = Deadline.objects.get(undertaking=letter.undertaking, met_at=None, dropped_at=None)
        assert (running.label, running.due_on) == ("会办意见", letter.answer_by_on)
        give_opinion(
            undertaking=letter.undertaking, opinion="同意。", actor=in_force.act("handler_second"),
            version=letter.undertaking.version, at=at,
        )  # fmt: skip
        running.refresh_from_db()
        assert running.met_at == at
        with pytest.raises(MatterMovedOn):
            drop_opinion_request(asked=letter, actor=in_force.act("handler_second"), version=1, at=at)

    def test_is_drafted_once_and_never_asks_for_later_than_our_own_answer(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        _, part = with_organ(in_force, at)
        last_weeks = at + timedelta(days=80)
        assert answer_by(part, last_weeks.date()).on == date(2026, 6, 2)
        facts = {"undertaking": part, "words": "有何意见。", "actor": in_force.act("handler_second"), "at": at}
        for day, sentence in ((date(2026, 6, 3), "不能晚于"), (at.date(), "在今天以后")):
            with pytest.raises(CannotAskOpinion, match=sentence):
                ask_opinion(answer_by_on=day, request_key=uuid4(), **facts)  # type: ignore[arg-type]
        with pytest.raises(CannotAskOpinion, match="没填的内容"):
            ask_opinion(answer_by_on=date(2026, 4, 1), request_key=uuid4(), **facts | {"words": "××学校。"})  # type: ignore[arg-type]
        key = uuid4()
        first = ask_opinion(answer_by_on=date(2026, 4, 1), request_key=key, **facts)  # type: ignore[arg-type]
        assert ask_opinion(answer_by_on=date(2026, 4, 1), request_key=key, **facts) == first  # type: ignore[arg-type]
        with pytest.raises(CannotAskOpinion, match="正等签发"):
            ask_opinion(answer_by_on=date(2026, 4, 1), request_key=uuid4(), **facts)  # type: ignore[arg-type]

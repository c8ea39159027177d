"""Between suggestions and public-interest cases: filed by a leader, papers copied back within the book's days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.support.history import in_hand
from tests.support.public_interest import filed, proposed, with_paper
from tests.support.world import World

from huiyin.messaging.models import Message
from huiyin.suggestions.models import CopyDue, Direction, PaperKind, TransferState
from huiyin.suggestions.operations.public_interest import (
    CannotTransfer,
    decide_filing,
    end_transfer,
    note_copied,
)
from huiyin.suggestions.operations.public_interest_dues import remind_of_copies


class TestASuggestionBecomesACase:
    def test_copies_its_papers_within_the_books_days(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        transfer = filed(in_force, at, matter)
        paper = with_paper(in_force, at, transfer)
        due = CopyDue.objects.get()
        assert (due.due_on, due.article) == (date(2026, 3, 16), "第十四条")  # the 15th is a Sunday
        assert "第十四条" in due.explanation[0]
        matter.refresh_from_db()
        assert matter.is_open  # it is answered on its own road
        clerk, later = in_force.act("officer_wang"), at + timedelta(days=14)
        assert remind_of_copies(later) > 0
        overdue = Message.objects.filter(post=in_force.posts["deputy_chief"], title__contains="抄送立案决定书")
        assert overdue.exists()
        with pytest.raises(CannotTransfer, match="还没有登记抄送"):
            end_transfer(
                transfer=transfer, outcome="整改到位", ended_on=later.date(), actor=clerk, version=transfer.version,
                at=later,
            )  # fmt: skip
        note_copied(paper=paper, copied_on=later.date(), how="机要交换", actor=clerk, at=later)
        assert not CopyDue.objects.filter(met_at=None).exists()
        with pytest.raises(CannotTransfer, match="登记过"):
            note_copied(paper=paper, copied_on=later.date(), how="机要交换", actor=clerk, at=later)
        end_transfer(
            transfer=transfer,
            outcome="整改到位",
            ended_on=later.date(),
            actor=clerk,
            version=transfer.version,
            at=later,
        )
        assert transfer.state == TransferState.ENDED

    def test_is_decided_by_the_leader_asked_alone_and_with_a_reason(self, in_force: World, at: datetime) -> None:
        transfer = proposed(in_force, at, in_hand(in_force, at))
        said = {"transfer": transfer, "agreed": False, "version": transfer.version, "at": at}
        with pytest.raises(CannotTransfer, match="傅检"):
            decide_filing(**said, opinion="证据不足", actor=in_force.act("chief"))
        with pytest.raises(CannotTransfer, match="理由"):
            decide_filing(**said, opinion=" ", actor=in_force.act("deputy_chief"))
        decide_filing(**said, opinion="证据不足", actor=in_force.act("deputy_chief"))
        with pytest.raises(CannotTransfer, match="不立案"):
            with_paper(in_force, at, transfer)
        assert with_paper(in_force, at, transfer, kind=PaperKind.NO_FILING).due.due_on


class TestACaseBecomesASuggestion:
    def test_names_the_suggestion_it_became(self, in_force: World, at: datetime) -> None:
        transfer = proposed(in_force, at, None, direction=Direction.TO_SUGGESTION, source="张示例代表", leader=None)
        with pytest.raises(CannotTransfer, match="发给哪个单位"):
            with_paper(in_force, at, transfer, kind=PaperKind.PROPOSAL)
        paper = with_paper(in_force, at, transfer, kind=PaperKind.PROPOSAL, addressee="样本市教育体育局")
        clerk, matter = in_force.act("officer_wang"), in_hand(in_force, at)
        note_copied(paper=paper, copied_on=at.date(), how="机要交换", actor=clerk, at=at)
        end_transfer(
            transfer=transfer, outcome="形成代表建议", ended_on=at.date(), matter=matter, actor=clerk,
            version=transfer.version, at=at,
        )  # fmt: skip
        assert list(matter.public_transfers.all()) == [transfer]

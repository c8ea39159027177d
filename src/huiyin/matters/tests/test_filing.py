"""A closed matter is filed with the papers the book asks for."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from tests.support.history import in_hand
from tests.support.letters import delivered, fresh
from tests.support.world import World

from huiyin.matters.filing_papers import papers_of
from huiyin.matters.models import Filing, Matter
from huiyin.matters.moves import MatterArchived
from huiyin.matters.operations.acts import ActFacts, record_act
from huiyin.matters.operations.attachments import add_attachments
from huiyin.matters.operations.closing import close
from huiyin.matters.operations.filing import PapersMissing, file_matter
from huiyin.matters.operations.items import ItemRow, set_items
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.rules import ActKind, Mode, RatingSource, Status, StepNotAllowed


@pytest.fixture
def closed(in_force: World, deputies: object, at: datetime) -> Matter:
    """Rated by word of the congress system: no signed form in the file."""
    matter = in_hand(in_force, at)
    record_act(
        matter=matter, actor=in_force.act("handler_second"), request_key=uuid4(), at=at,
        facts=ActFacts(
            kind=ActKind.CONSULT, mode=Mode.FACE_TO_FACE, happened_on=date(2026, 3, 5), deputy_words="同意。"
        ),
    )  # fmt: skip
    reply = delivered(in_force, matter, at)
    record_rating(
        reply=reply, participant=matter.participants.get(role="lead"), actor=in_force.act("officer_wang"), at=at,
        facts=RatingFacts(
            source=RatingSource.CONGRESS_SYSTEM, attitude="satisfied", result="satisfied", rated_on=date(2026, 3, 5)
        ),
    )  # fmt: skip
    matter = fresh(reply).matter
    return close(matter=matter, actor=in_force.act("officer_wang"), version=matter.version, at=at)


class TestFilingAMatter:
    def test_lists_the_papers_in_the_order_of_the_book(self, closed: Matter, at: datetime) -> None:
        papers = papers_of(closed, at.date())
        assert [(paper.code, paper.is_there) for paper in papers] == [
            ("letter", True), ("signed_draft", True), ("original", True), ("proposal_sheet", True),
            ("consult_record", True), ("feedback_form", False),
        ]  # fmt: skip
        assert papers[0].about == "样检函〔2026〕1号"

    def test_names_the_missing(self, closed: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(PapersMissing, match="征询意见表"):
            filed(in_force, closed, at)

    def test_says_why_a_paper_is_not_there(self, closed: Matter, in_force: World, at: datetime) -> None:
        filing = filed(in_force, closed, at, missing_reason="代表在人大系统评价，未交纸质表。")
        closed.refresh_from_db()
        assert closed.status == Status.ARCHIVED
        assert (filing.item_number, filing.retention) == ("2026-0001", "永久")
        assert Filing.objects.get().missing_reason.startswith("代表在人大系统评价")

    def test_waits_for_the_close(self, in_force: World, deputies: object, at: datetime) -> None:
        with pytest.raises(StepNotAllowed):
            filed(in_force, in_hand(in_force, at), at, missing_reason="无")


class TestAMatterOnFile:
    def test_is_written_no_more(self, closed: Matter, in_force: World, at: datetime) -> None:
        filed(in_force, closed, at, missing_reason="未交纸质表。")
        closed.refresh_from_db()
        officer = in_force.act("officer_wang")
        with pytest.raises(MatterArchived):
            set_items(matter=closed, rows=[ItemRow(text="改")], actor=officer, version=closed.version, at=at)
        with pytest.raises(MatterArchived):
            record_act(
                matter=closed, actor=officer, request_key=uuid4(), at=at,
                facts=ActFacts(
                    kind=ActKind.VISIT, mode=Mode.VISIT, happened_on=date(2026, 3, 5), deputy_words="满意。"
                ),
            )  # fmt: skip
        with pytest.raises(MatterArchived):
            add_attachments(matter=closed, kind="paper", files=[], request_key=uuid4(), actor=officer, at=at)


def filed(world: World, matter: Matter, at: datetime, **more: str) -> Filing:
    return file_matter(matter=matter, actor=world.act("officer_wang"), version=matter.version, at=at, **more)

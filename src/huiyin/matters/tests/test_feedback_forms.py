"""征询意见表: one a deputy, with his name and his day; not complete while one is missing."""

from __future__ import annotations

from datetime import datetime

from tests.support.history import in_hand, registered
from tests.support.letters import fresh, issued
from tests.support.world import World

from huiyin.files.operations import store
from huiyin.gongwen.structure import Form
from huiyin.matters.filing_documents import documents_of
from huiyin.matters.filing_papers import papers_of
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.operations.replies_delivery import deliver
from huiyin.matters.papers.feedback import feedback_forms
from huiyin.matters.rendering import letter_of
from huiyin.matters.rules import RatingSource
from huiyin.suggestions.facts import Signer


def words(form: Form) -> str:
    return "\n".join(cell.text for row in form.rows for cell in row.cells)


class TestTheFormsOfAJointSuggestion:
    def test_are_one_a_signer_and_complete_with_the_last(self, in_force: World, deputies: object, at: datetime) -> None:
        signers = (Signer(name="李样本"), Signer(name="王虚构"))
        matter = in_hand(in_force, at, registered(in_force, at, cosigners=signers))
        reply, officer = issued(in_force, matter, at), in_force.act("officer_wang")
        assert ["张示例" in words(form) for form in letter_of(reply).enclosures] == [True, False, False]
        lead = matter.participants.get(role="lead")
        deliver(
            reply=reply, participants=[lead], mode="hand", delivered_on=at.date(), actor=officer,
            version=reply.version, at=at,
        )  # fmt: skip
        days = [form.meta[2] for form in feedback_forms(fresh(reply))]
        assert days == ["送达日期：2026年3月5日", *["送达日期：　　年　　月　　日"] * 2]
        scan = store(content=b"%PDF-1.4 1", name="表.pdf", procuratorate=in_force.city, actor_key="post:1", at=at)
        facts = RatingFacts(
            source=RatingSource.SIGNED_FORM, attitude="satisfied", result="satisfied", overall="satisfied",
            rated_on=at.date(),
        )  # fmt: skip
        record_rating(reply=reply, participant=lead, facts=facts, scan=scan, actor=officer, at=at)
        assert found(matter, at) == (False, "已有张示例，还缺李样本、王虚构")
        for each in matter.participants.exclude(role="lead"):
            record_rating(reply=reply, participant=each, facts=facts, scan=scan, actor=officer, at=at)
        assert found(matter, at) == (True, "张示例、李样本、王虚构")
        titles = [each.title for each in documents_of(matter, papers_of(matter, at.date()))]
        assert titles.count("征询意见表（李样本）") == titles.count("征询意见表（王虚构）") == 1


def found(matter: object, at: datetime) -> tuple[bool, str]:
    """Whether the forms are all there, and what the file says of them."""
    paper = next(paper for paper in papers_of(matter, at.date()) if paper.code == "feedback_form")  # type: ignore[arg-type]
    return paper.is_there, paper.about

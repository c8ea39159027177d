"""Examples of case inquiries."""

from __future__ import annotations

from uuid import uuid4

from huiyin.suggestions.models import CaseInquiry
from huiyin.suggestions.operations.inquiries import InquiryFacts, register_inquiry
from tests.support.examples import Case, Parameters, example


@example("desk:inquiries", "pk")
def inquiry_page(case: Case) -> Parameters:
    return {"pk": case.once("inquiry", lambda: _register(case)).pk}


def _register(case: Case) -> CaseInquiry:
    facts = InquiryFacts(
        inquirer="张示例", mode="电话", title="某盗窃案办理进度", question="询问进展。", asked_on=case.at.date()
    )
    return register_inquiry(facts=facts, request_key=uuid4(), actor=case.world.act("liaison_officer"), at=case.at)

"""Examples of case inquiries."""

from __future__ import annotations

from uuid import uuid4

from huiyin.suggestions.models import CaseInquiry, Conversion
from huiyin.suggestions.operations.conversions import Split, propose_conversion
from huiyin.suggestions.operations.inquiries import InquiryFacts, register_inquiry
from tests.support.examples import Case, Parameters, example
from tests.support.history import registered


@example("desk:inquiries", "pk")
def inquiry_page(case: Case) -> Parameters:
    return {"pk": case.once("inquiry", lambda: _register(case)).pk}


def _register(case: Case) -> CaseInquiry:
    facts = InquiryFacts(
        inquirer="张示例", mode="电话", title="某盗窃案办理进度", question="询问进展。", asked_on=case.at.date()
    )
    return register_inquiry(facts=facts, request_key=uuid4(), actor=case.world.act("liaison_officer"), at=case.at)


@example("desk:inquiries:propose_conversion", "pk")
def suggestion_page(case: Case) -> Parameters:
    return {"pk": case.once("converting", lambda: registered(case.world, case.at, external_number="162094")).pk}


@example("desk:inquiries:decide_conversion", "pk")
def conversion_page(case: Case) -> Parameters:
    return {"pk": case.once("conversion", lambda: _propose(case)).pk}


def _propose(case: Case) -> Conversion:
    split = Split(
        whole=False, case_title="某盗窃案", question="该案进度如何。", rest_title="关于定期告知办理进度的建议",
        rest_body="建议定期告知办理进度。",
    )  # fmt: skip
    return propose_conversion(
        matter=registered(case.world, case.at, external_number="162095"), split=split, reason="涉及具体案件",
        request_key=uuid4(), actor=case.world.act("officer_wang"), at=case.at,
    )  # fmt: skip

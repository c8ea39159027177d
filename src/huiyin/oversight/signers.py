"""How many must sign a 质询案 (S0-83): as the rule book in force says for who signs and at which level."""

from __future__ import annotations

from datetime import date

from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Procuratorate
from huiyin.oversight.facts import OversightFacts
from huiyin.oversight.rules import GROUP_LABELS, Form, Group
from huiyin.regulations.books import SignersRule
from huiyin.regulations.queries import stack_for


class TooFewSigners(Refusal):
    """A 质询案 with fewer signers than the law asks, or without saying how many."""

    code = "oversight.too_few_signers"


def signers_rule(office: Procuratorate, form: str, group: str, on: date) -> SignersRule | None:
    """What the books ask: of an office's level, otherwise of every level; None where they say nothing."""
    stack = stack_for(office, on=on)
    codes = (f"{form}_{group}_{office.level}", f"{form}_{group}")
    return next((rule for code in codes if (rule := stack.find(SignersRule, code, on)) is not None), None)


def check_signers(facts: OversightFacts, office: Procuratorate) -> None:
    """A 质询案 says who signed it and how many, and they are enough on the day it was brought. Raises TooFewSigners."""
    if facts.form != Form.INTERPELLATION:
        return
    if not facts.signed_by or facts.signed_count is None:
        raise TooFewSigners("登记质询案还要写明：联名的是常委会组成人员还是代表，联名人数是多少。")
    rule = signers_rule(office, facts.form, facts.signed_by, facts.assigned_on)
    if rule is None or facts.signed_count >= rule.at_least:
        return
    who = GROUP_LABELS[Group(facts.signed_by)]
    doubt = "，该条尚未与正式文本核对" if rule.basis.unconfirmed else ""
    raise TooFewSigners(
        f"{who}提出质询案须{rule.at_least}人以上联名（{rule.basis}{doubt}），这里填的是{facts.signed_count}人。请核对来文的"
        "签名；确实不足的，与来文机关联系，不按质询案登记，可以改按询问登记。"
    )

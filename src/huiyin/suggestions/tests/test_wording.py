"""How papers speak: of a suggestion, a criticism, an opinion, a proposal; to one signer, to three, to many."""

from __future__ import annotations

import pytest

from huiyin.suggestions.rules import Side
from huiyin.suggestions.wording import noun_of, reply_title, salutation, subject

pytestmark = pytest.mark.pure


class TestTheTitle:
    @pytest.mark.parametrize(("kind", "noun"), [("suggestion", "建议"), ("criticism", "批评"), ("opinion", "意见")])
    def test_names_what_the_deputies_handed_in(self, kind, noun):
        made = reply_title("市", Side.DEPUTY, 16, 2, "162008", noun_of(Side.DEPUTY, kind=kind))
        assert made == f"关于市十六届人大二次会议第162008号{noun}的答复"

    def test_says_between_sessions_once(self):
        made = reply_title("市", Side.DEPUTY, 16, None, "闭160003", "建议")
        assert made == "关于市十六届人大闭会期间第160003号建议的答复"

    def test_of_a_matter_named_alone_says_it_in_full(self):
        assert subject(None, "闭160104", "建议") == subject(None, "160104", "建议") == "闭会期间第160104号建议"
        assert subject(2, "162001", "建议") == "第162001号建议"

    def test_of_a_proposal_names_the_assembly_of_the_members(self):
        made = reply_title("市", Side.MEMBER, 14, 2, "0117", noun_of(Side.MEMBER))
        assert made == "关于市政协十四届二次会议第0117号提案的答复"


class TestTheSalutation:
    @pytest.mark.parametrize(
        ("names", "side", "signers", "line"),
        [
            (["赵样例"], Side.DEPUTY, 1, "赵样例代表："),
            (["赵样例", "孙演示"], Side.DEPUTY, 2, "赵样例代表、孙演示代表："),
            (["赵样例", "孙演示", "钱示例", "李沙盒"], Side.DEPUTY, 4, "赵样例等4位代表："),
            (["赵样例"], Side.DEPUTY, 7, "赵样例等7位代表："),  # the list counts seven and names one
            (["赵样例"], Side.MEMBER, 1, "赵样例委员："),
            (["样例党派样本市委员会"], Side.PROPOSER, 1, "样例党派样本市委员会："),
        ],
    )
    def test_calls_each_by_the_name_the_office_uses(self, names, side, signers, line):
        assert salutation(names, side, signers) == line

"""A text for everyone is searched for what points to a person."""

from __future__ import annotations

import pytest

from huiyin.disclosure.rules import findings

pytestmark = pytest.mark.pure


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("text", "label", "snippet", "must_go"),
        [
            ("身份证号11010519491231002X。", "身份证号码", "11010519491231002X", True),
            ("汇入6222 0000 0000 0000 000账户", "银行账号", "6222 0000 0000 0000 000", True),
            ("请致电10000000123", "电话号码", "10000000123", False),
            ("联系电话：1000000-8000", "电话号码", "1000000-8000", False),
            ("车辆京A·12345停放", "车牌号", "京A·12345", False),
            ("被告人王某某已经判决", "人名", "被告人王某某", False),
            ("感谢，李样本代表提出", "人名", "李样本", False),
            ("整改XX件", "没填的内容", "整改XX件", True),
        ],
    )
    def test_is_named_with_its_place(self, text: str, label: str, snippet: str, must_go: bool):
        hit = findings(f"标题\n{text}", names=["李样本"])[0]
        assert (hit.line, hit.label, hit.snippet, hit.must_go) == (2, label, snippet, must_go)

    @pytest.mark.parametrize("text", ["发现问题37件，均已整改。", "2026年3月5日印发样检函〔2026〕1号", "张贴公告"])
    def test_is_nothing_in_plain_words(self, text: str):
        assert findings(text) == []

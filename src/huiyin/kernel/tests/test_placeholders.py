import pytest

from huiyin.kernel.text import Placeholder, placeholders

pytestmark = pytest.mark.pure


class TestPlaceholders:
    @pytest.mark.parametrize(
        "text",
        [
            "XX市人民检察院",
            "xx代表：",
            "ＸＸ检察院",
            "发现问题XX余个",
            "20XX年6月",
            "202X年6月",
            "2026年X月8日",
            "接访X次",
            "第×号建议",
            "×××代表",
            "××KTV一案",
            "X×公司",
            "联系人：***",
            "联系人：＊＊＊",
            "电话：____",
            "电话：＿＿＿＿",
            "【待填】",
            "〔待补充数据〕",
            "[请填写承办部门]",
            "【此处写明理由】",
            "（待定）",
            "{{ deputy }}代表",
            "{{deputy}",
            "{% if a %}",
        ],
    )
    def test_are_found(self, text):
        assert len(placeholders(text)) >= 1

    @pytest.mark.parametrize(
        "text",
        [
            "尺码XXL的制服",
            "Exxon与Maxx",
            "第XXIV号公约",
            "身份证号99999919600229002X",
            "版心156×225毫米，3×5个",
            "X光检查",
            "车牌浙AXX123",
            "二〇二六年六月八日",
            "样检函〔2026〕12号",
            "（待遇保障）",
            "【公开】",
            "占比5%，注*",
            "a__b",
            "2026年6月8日",
        ],
    )
    def test_are_not_ordinary_words_and_numbers(self, text):
        assert placeholders(text) == []

    def test_say_where_they_stand(self):
        text = "赵示例代表：\n  您提出的关于XX路的建议收悉。\n\n联系人：***"
        assert placeholders(text) == [
            Placeholder(2, 9, "您提出的关于XX路的建议收悉。"),
            Placeholder(4, 5, "联系人：***"),
        ]

    def test_are_all_named_within_one_line(self):
        assert [hit.column for hit in placeholders("20XX年X月XX日")] == [3, 6, 8]

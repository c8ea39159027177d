"""Invented letters: real sentences of the trade with invented places and people; no two alike.

Villages and people are put together from characters, so that rare pairs occur as they do in real letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from huiyin.kernel.text import bigrams
from huiyin.search.rules import prepared

SURNAMES: Final = "安白蔡岑常车陈程池褚崔戴邓丁董杜樊范方冯傅甘高葛龚古顾关郭韩何贺洪胡黄霍纪江姜金康孔赖兰雷黎李梁廖林"
GIVEN: Final = "示例样本虚构演假设拟试练模仿编造无有甲乙丙丁戊己庚辛春夏秋冬东西南北山水云月星晨松竹梅菊江河湖海石玉"
PLACES: Final = "古新青白红金银长平安乐福永清泉石桥渡塘坝岭坪湾沟寨堡营屯庄柳槐桑梓杏桃麻豆米盐铁铜"
ENDS: Final = ("村", "镇", "街道", "社区", "乡", "路", "河", "小区", "学校", "渡口", "市场", "工地")
TOPICS: Final = (
    "校园周边电子烟治理", "网络餐饮食品安全", "未成年人网络保护", "古树名木保护", "盲道占用整治", "窨井盖安全管理",
    "高空抛物治理", "养老机构预付费监管", "农民工欠薪支持起诉", "个人信息保护", "河道采砂整治", "黑土地保护",
    "英雄烈士纪念设施管护", "无障碍环境建设", "涉企案件办理", "法律文书公开", "民事执行监督", "行政违法行为监督",
    "司法救助与社会救助衔接", "电信网络诈骗打击", "家庭暴力告诫制度", "医疗美容乱象整治", "外卖骑手权益保障",
    "消防通道占用", "医保基金监管", "校车安全管理", "船舶污染物处置", "红色资源保护", "传统村落保护", "危险废物倾倒",
)  # fmt: skip
OPENINGS: Final = (
    "近期我们在{place}走访时，群众反映{topic}方面问题较多，{who}等多人当面谈了自己的遭遇。",
    "今年以来，{place}一带因{topic}引发的投诉明显增加，有关部门虽然处理，但是反复发生。",
    "{who}向我们反映，{place}在{topic}上至今没有长效办法，希望检察机关依法履行监督职责。",
    "调研中发现，{place}的{topic}工作责任不清，几个部门都管又都管不到底。",
    "去年{who}所在的单位曾就{topic}提出意见，{place}答复后半年没有变化。",
)
MIDDLES: Final = (
    "一是底数不清，台账与现场不符，抽查{number}处有{small}处说不清来历。",
    "二是执法力量不足，夜间和节假日基本没有人管，群众打电话常常没有人接。",
    "三是宣传不够，许多商户和家长不知道有关规定，直到被处罚才了解。",
    "四是信息不通，公安、市场监管、教育、城管各有系统，数据不能共享。",
    "有的地方以罚代管，罚款以后照旧经营，{place}就有{small}家反复被罚。",
    "部分案件线索移送不及时，从发现到立案平均要{number}天，证据已经灭失。",
    "基层干部{who}说，他们最怕的不是工作多，而是标准不统一、要求常常变。",
    "受影响的主要是老年人、残疾人和外来务工人员，他们不善于表达，也不知道向谁说。",
    "对{place}的整改情况应当组织代表实地查看，听取{who}等当事人的意见。",
    "涉及金额约{number}万元，虽然不大，却关系到{small}户家庭的生计。",
)
ASKS: Final = (
    "建议对{topic}开展专项监督，制发检察建议并公开宣告，跟踪整改到底。",
    "建议与有关部门建立{topic}联席会议，每季度通报一次情况，共享线索。",
    "建议把{topic}纳入公益诉讼重点领域，必要时提起诉讼。",
    "建议邀请人大代表、政协委员参加{topic}案件的公开听证，以听证促整改。",
    "建议选择{place}先行试点，形成经验后在全市推开。",
    "建议加强释法说理，向{who}等反映人当面答复，说清楚能做什么、不能做什么。",
)


@dataclass(frozen=True)
class Letter:
    """One letter, and what the search index makes of it."""

    title: str
    body: str
    text: str
    terms: frozenset[str]


class Letters:
    """The same letters for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  # invented texts

    def name(self) -> str:
        """An invented person."""
        pick = self._random.choice
        return pick(SURNAMES) + pick(GIVEN) + pick(GIVEN)

    def pool(self, count: int) -> list[Letter]:
        """So many letters that differ."""
        found = []
        for title, body in (self.letter() for _ in range(count)):
            text = prepared(f"{title}\n{body}")
            found.append(Letter(title, body, text, frozenset(bigrams(text))))
        return found

    def letter(self) -> tuple[str, str]:
        """Title and body, some 250 characters together."""
        draw = self._random.random
        facts = {
            "place": _one(PLACES, draw) + _one(PLACES, draw) + _one(ENDS, draw),
            "topic": _one(TOPICS, draw),
            "who": _one(SURNAMES, draw) + _one(GIVEN, draw) + _one(GIVEN, draw),
            "number": int(draw() * 300) + 10,
            "small": int(draw() * 40) + 2,
        }
        at = int(draw() * len(MIDDLES))
        middle = MIDDLES[at] + MIDDLES[(at + 1 + int(draw() * 4)) % len(MIDDLES)]
        middle += MIDDLES[(at + 6 + int(draw() * 3)) % len(MIDDLES)]
        body = _one(OPENINGS, draw) + "\n" + middle + "\n" + _one(ASKS, draw) + _one(ASKS, draw)
        return f"关于加强{facts['place']}{facts['topic']}的建议", body.format_map(facts)


def _one(several: Sequence[str], draw: Callable[[], float]) -> str:
    return several[int(draw() * len(several))]

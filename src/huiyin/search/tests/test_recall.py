"""Everything that says it is found, and nothing else: twenty thousand letters against reading them all."""

from __future__ import annotations

from random import Random

import pytest

from huiyin.search import sql
from huiyin.search.index import find
from huiyin.search.models import Entry
from huiyin.search.rules import prepared

pytestmark = pytest.mark.django_db
LETTERS, ASKED, EACH = 20_000, (2, 4, 8), 6
WORDS = [
    "检察", "建议", "监督", "公益", "诉讼", "校园", "周边", "治理", "保护", "河道", "采砂", "整治", "未成年人", "网络",
    "食品", "安全", "盲道", "占用", "代表", "反映", "群众", "答复", "办理", "希望", "加强", "长效", "机制", "电子烟",
    "窨井盖", "古渡口", "石刻", "夜间", "执法", "线索", "移送", "听证", "回访", "承诺", "落实", "责任",
]  # fmt: skip
RARE = "丐丑丛丝丹乒乓乖乞亏云亘亥亦亨享京亭亮伞伶伽佃佑佛佩侍侠侣侨俏俗俞"


@pytest.fixture(scope="module")
def letters() -> list[str]:
    draw = Random(3)
    return [
        "".join(draw.choices([*WORDS, "，", "。"], k=14)) + "".join(draw.choices(RARE, k=3)) + draw.choice(WORDS)
        for _ in range(LETTERS)
    ]


def _asked(letters: list[str]) -> list[str]:
    """Words of the trade and any stretch of a letter, of two, four and eight characters."""
    draw = Random(4)
    words = ["".join(draw.choices([word for word in WORDS if len(word) == 2], k=n // 2)) for n in ASKED for _ in "ab"]
    stretches = []
    for length in ASKED:
        for text in draw.choices(letters, k=EACH):
            at = draw.randrange(len(text) - length)
            stretches.append(text[at : at + length])
    return words + [piece for piece in stretches if piece.isalnum()]


class TestTwentyThousandLetters:
    def test_are_found_by_any_part_of_them_and_in_sight_alone(self, letters, monkeypatch):
        monkeypatch.setattr(sql, "_FEW", LETTERS // 20)  # both ways of PostgreSQL
        rows = [
            Entry(kind="letter", key=key, text=prepared(text), tokens=[f"office:{key % 3}"])
            for key, text in enumerate(letters)
        ]
        sql.remember_many(Entry.objects.bulk_create(rows, batch_size=1000))
        asked = _asked(letters)
        for piece in asked:
            for mine in ({0}, {0, 1, 2}):
                read = [key for key, text in enumerate(letters) if key % 3 in mine and piece in text]
                found = find("letter", piece, [f"office:{office}" for office in mine], limit=LETTERS)
                assert found == read[::-1], f"{piece}: {len(set(read) & set(found))} of {len(read)} found"
        assert len(asked) > 15

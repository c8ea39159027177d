"""Finding texts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from huiyin.search import sql
from huiyin.search.index import find, put, remove, set_tokens
from huiyin.search.models import Entry
from huiyin.search.rules import TEXT_LIMIT, checked, prepared, words_of

pytestmark = pytest.mark.django_db
ALL = ["office:1"]


def puts(*texts: str, kind: str = "matter", tokens=ALL) -> None:
    for key, text in enumerate(texts, start=1):
        put(kind, key, text, tokens)


class TestASearch:
    def test_finds_any_two_characters_wherever_they_stand(self):
        puts("关于加强校园周边电子烟治理的建议", "关于古渡口石刻保护的建议")
        assert find("matter", "园周", ALL) == [1]
        assert find("matter", "建议", ALL) == [2, 1]
        assert find("matter", "石刻保护的建", ALL) == [2]

    def test_gives_the_newest_first_and_no_more_than_asked(self):
        puts(*["建议"] * 5)
        assert find("matter", "建议", ALL, limit=3) == [5, 4, 3]

    def test_wants_every_word_between_spaces(self):
        puts("校园周边治理", "周边治理", "校园治理")
        assert find("matter", "治理　校园", ALL) == [3, 1]

    def test_is_not_deceived_by_pairs_that_stand_apart(self):
        puts("检察建议与察建公开", "检察建")
        assert find("matter", "检察建公", ALL) == []

    @pytest.mark.parametrize("name", ["张䶮", "䶮", "𠮷田示例", "𠮷", "阿依·示例", "阿依•示例", "依・示", "·"])
    def test_finds_rare_characters_and_any_middle_dot(self, name):
        puts("代表张䶮与𠮷田示例", "代表阿依·示例", "别的")
        assert len(find("matter", name, ALL)) == 1

    @pytest.mark.parametrize("query", ["162001", "１６２００１", "wps", "ＷＰＳ", "闭160002"])
    def test_ignores_width_and_case(self, query):
        puts("第162001号 WPS", "别的")
        puts_closed = find("matter", query, ALL)
        assert puts_closed == ([1] if query != "闭160002" else [])

    def test_finds_a_single_character_among_what_the_reader_sees(self):
        puts("古渡口", "别的")
        put("matter", 3, "渡船", ["office:2"])
        assert find("matter", "渡", ALL) == [1]

    def test_finds_marks_that_are_no_letters(self):
        puts("样检函〔2026〕1号", "样检函2026")
        assert find("matter", "〔2026〕", ALL) == [1]
        assert find("matter", "〕1", ALL) == [1]

    @pytest.mark.parametrize("query", ["", "   ", "\x00", '"', "' OR 1=1 --", "a" * 5000, "NEAR(", "*", "%", "kind:m"])
    def test_answers_whatever_is_typed(self, query):
        puts("关于示例的建议")
        assert find("matter", query, ALL) == []

    def test_keeps_kinds_apart(self):
        puts("建议", kind="matter")
        puts("建议", "建议", kind="person")
        assert find("matter", "建议", ALL) == [1]


class TestWhoFinds:
    def test_whoever_brings_one_of_the_tokens(self):
        put("matter", 1, "校园周边", ["department:7", "post:12"])
        assert find("matter", "校园", ["post:12", "post:99"]) == [1]
        assert find("matter", "校园", ["department:7"]) == [1]

    @pytest.mark.parametrize("tokens", [[], ["post:1"], ["post:121"], ["office:12"]])
    def test_nobody_else(self, tokens):
        put("matter", 1, "校园周边", ["department:7", "post:12"])
        assert find("matter", "校园", tokens) == []
        assert find("matter", "园", tokens) == []

    def test_those_who_were_named_last(self):
        put("matter", 1, "校园周边", ["post:12"])
        set_tokens("matter", 1, ["post:13"])
        assert find("matter", "校园", ["post:12"]) == []
        assert find("matter", "校园", ["post:13"]) == [1]

    @pytest.mark.parametrize("token", ["office", "Office:3", 'a:" OR "b', "office:3 x", "建议"])
    def test_nobody_by_a_broken_token(self, token):
        with pytest.raises(ValueError, match="no token"):
            checked([token])


class TestAnEdit:
    def test_finds_the_new_words_and_loses_the_old(self):
        puts("古渡口石刻", "校园")
        put("matter", 1, "新渡口石碑", ALL)
        assert find("matter", "渡口", ALL) == [1]
        assert find("matter", "石碑", ALL) == [1]
        assert find("matter", "石刻", ALL) == find("matter", "古", ALL) == []
        assert Entry.objects.count() == 2

    def test_keeps_its_place_in_time(self):
        puts("渡口", "渡口")
        put("matter", 1, "渡口渡口", ALL)
        assert find("matter", "渡口", ALL) == [2, 1]


class TestARemovedText:
    def test_is_found_no_more(self):
        puts("古渡口", "新渡口")
        remove("matter", 1)
        remove("matter", 77)
        assert find("matter", "渡口", ALL) == [2]


class TestALongText:
    def test_is_found_by_its_first_hundred_thousand_characters(self):
        rare = "".join(chr(0x20000 + number) for number in range(40_000))
        put("matter", 1, (rare * 3)[: TEXT_LIMIT - 2] + "末尾" + "之后", ALL)
        assert find("matter", "末尾", ALL) == [1]
        assert find("matter", "之后", ALL) == []


class TestManyCandidates:
    def test_are_searched_newest_first_on_either_way(self, monkeypatch):
        monkeypatch.setattr(sql, "_FEW", 3)
        puts(*[f"建议{number}" for number in range(10)], "别的")
        assert find("matter", "建议", ALL, limit=4) == [10, 9, 8, 7]
        assert find("matter", "建议3", ALL) == [4]


characters = st.sampled_from("张示例䶮𠮷𰻞·-1a ")
some_readers = st.sets(st.sampled_from(["post:1", "post:2"]))
fresh = itertools.count()


class TestSearchAgreesWithReadingEverything:
    @tuned(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(st.tuples(st.text(characters, max_size=12), some_readers), max_size=8),
        st.text(characters, min_size=1, max_size=4),
        st.sets(st.sampled_from(["post:1", "post:2", "post:3"])),
    )
    def test_for_any_texts_and_any_query(self, rows, query, readers):
        kind = f"k{next(fresh)}"
        for key, (text, tokens) in enumerate(rows):
            put(kind, key, text, tokens)
        wanted = query.lower().split()
        expected = [
            key
            for key, (text, tokens) in enumerate(rows)
            if wanted and tokens & readers and all(word in text.lower() for word in wanted)
        ]
        assert find(kind, query, readers, limit=100) == expected[::-1]

    @tuned(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.text(max_size=30), max_size=5), st.text(min_size=2, max_size=5))
    def test_in_any_script(self, texts, query):
        kind = f"k{next(fresh)}"
        for key, text in enumerate(texts):
            put(kind, key, text, ALL)
        words = words_of(query)
        expected = [key for key, text in enumerate(texts) if words and all(word in prepared(text) for word in words)]
        assert find(kind, query, ALL, limit=100) == expected[::-1]

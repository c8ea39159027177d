"""Reading a rule book: what a good one gives, and what a faulty one is told."""

from datetime import date

import pytest

from huiyin.organisations.rules import Role
from huiyin.regulations.books import BookFaulty, Cadence, Chain, Limit, Target, differences, load, shipped_books
from huiyin.regulations.books.vocabulary import Level, RoleCode
from huiyin.regulations.rules import Roll, StartEvent, Unit

pytestmark = pytest.mark.pure

BOOK = """
[book]
code = "invented"
title = "虚构办法"
issuer = "样本市人民检察院"
level = "local"
version = "1"
from = 2026-01-01

[[limit]]
code = "SUG_REPLY"
title = "答复"
count = 3
unit = "month"
roll = "forward"
starts_from = "assigned_on"
article = "第三条"
summary = "三个月内答复"
"""
CHAIN = """
[[chain]]
code = "letter"
title = "答复函"
article = "第四条"
summary = "逐级审签"
steps = [
  { code = "draft", label = "拟稿", role = "handler", kind = "draft" },
  { code = "sign", label = "签发", role = "chief", marks = "signed" },
]
"""
LIMIT = BOOK[BOOK.index("[[limit]]") :]
OTHER_LIMIT = LIMIT.replace("SUG_REPLY", "SUG_CAP")
TARGET = """
[[target]]
code = "visits"
title = "接访"
value = 100
measure = "件"
article = "第五条"
summary = "全年一百件"
"""


class TestABook:
    def test_gives_its_limits_with_their_basis(self):
        book = load(BOOK)
        (limit,) = book.of(Limit)
        assert (book.code, book.level, book.from_on, book.until_on) == (
            "invented",
            Level.LOCAL,
            date(2026, 1, 1),
            None,
        )
        assert (limit.count, limit.unit, limit.roll, limit.starts_from) == (
            3,
            Unit.MONTH,
            Roll.FORWARD,
            StartEvent.ASSIGNED,
        )
        assert str(limit.basis) == "《虚构办法》第三条"
        assert (limit.basis.book_code, limit.basis.book_version) == ("invented", "1")

    def test_hands_its_doubt_down_to_entries_that_do_not_say_otherwise(self):
        doubtful = BOOK.replace("from = 2026-01-01", "from = 2026-01-01\nunconfirmed = true")
        assert load(doubtful).of(Limit)[0].basis.unconfirmed
        assert not load(doubtful + "unconfirmed = false\n").of(Limit)[0].basis.unconfirmed

    def test_gives_chains_cadences_and_targets(self):
        book = load(
            BOOK
            + CHAIN
            + TARGET
            + '[[cadence]]\ncode = "form"\ntitle = "报表"\ntimes = 1\nper = "half_year"\n'
            + 'by = [{ month = 6, day = 20 }]\narticle = "第六条"\nsummary = "按时报"\n'
        )
        assert [(step.role, step.marks) for step in book.of(Chain)[0].steps] == [("handler", None), ("chief", "signed")]
        assert (book.of(Cadence)[0].by[0].month, book.of(Cadence)[0].by[0].day) == (6, 20)
        assert book.of(Target)[0].value == 100

    def test_may_begin_with_a_byte_order_mark(self):
        assert load("\ufeff" + BOOK).code == "invented"


FAULTY = [
    ("count = 3", "count = ", "第13行第9列不合 TOML 语法"),
    (BOOK, "a = " + "[" * 5000, "文件不合 TOML 语法"),
    (BOOK, "a = " + "9" * 5000, "文件不合 TOML 语法"),
    (BOOK, "", "[book] 缺少此表"),
    ('code = "invented"\n', "", "[book] 缺少 code"),
    ('level = "local"', 'level = "town"', "[book] 的 level 是 'town'，只能是 national、provincial、city、local 之一"),
    ("from = 2026-01-01", 'from = "2026-01-01"', "[book] 的 from 应为不带引号的日期"),
    ("from = 2026-01-01", "from = 2026-01-01T00:00:00", "[book] 的 from 应为不带引号的日期"),
    ("from = 2026-01-01", "from = 2026-01-01\nuntil = 2025-01-01", "[book] 的 until（2025-01-01）应晚于"),
    ("[[limit]]", "[[limits]]", "[limits] 没有这种表"),
    ("[[limit]]", "[limit]", "[[limit]] “期限”应写成 [[limit]] 表"),
    ("count = 3", "", "[[limit]] 第1项（SUG_REPLY） 缺少 count"),
    ("count = 3", "count = 0", "[[limit]] 第1项（SUG_REPLY） 的 count 是 0，应在 1 至 1000 之间"),
    ("count = 3", "count = true", "的 count 应为整数，现为 True"),
    ("count = 3", 'count = "三"', "的 count 应为整数，现为 '三'"),
    ('unit = "month"', 'unit = "week"', "的 unit 是 'week'，只能是 calendar_day、working_day、month 之一"),
    ('article = "第三条"', 'article = " "', "的 article 应为不空的文字"),
    ('article = "第三条"', "", "缺少 article"),
    ('summary = "三个月内答复"', f'summary = "{"长" * 301}"', "的 summary 有301个字，不能超过300个"),
    ('summary = "三个月内答复"', 'summary = "a\\u0000"', "的 summary 含有换行或者不可见字符"),
    ('code = "SUG_REPLY"', 'code = "答复"', "的 code “答复”只能用英文字母"),
    ('title = "答复"', 'title = "答复"\nextra = 1', "[[limit]] 第1项（SUG_REPLY） 有不认识的项目 extra"),
    ('title = "答复"', 'title = "答复"\nextension_allowed = "yes"', "的 extension_allowed 应为true 或 false"),
    ('title = "答复"', 'title = "答复"\ncap = "SUG_REPLY"', "[[limit]]（SUG_REPLY） 的 cap 不能是它自己"),
    ('title = "答复"', 'title = "答复"\ncounts = "before"', "遇休息日应提前，roll 不能是 forward"),
    ('title = "答复"', 'title = "答复"\ncounts = "before"\nextension_allowed = true', "不能有 cap、延期或中止"),
    ('title = "答复"', 'title = "答复"\nfrom = 2026-05-01\nuntil = 2026-05-01', "（SUG_REPLY） 的 until 应晚于 from"),
]
ADDED = [
    (LIMIT, "[[limit]] 的 code“SUG_REPLY”出现2次，只能一次"),
    (CHAIN.replace('"handler"', '"boss"'), "的 steps 第1项 的 role 是 'boss'，只能是 handler、"),
    (CHAIN.replace('"sign"', '"draft"'), "[[chain]]（letter） 的步骤 code“draft”重复"),
    (CHAIN[: CHAIN.index("steps")] + "steps = []\n", "的 steps 应为不空的列表"),
    (CHAIN[: CHAIN.index("steps")] + "steps = [1]\n", "的 steps 第1项 应为一张表"),
    (TARGET + 'within = "elsewhere"\n', "[[target]]（visits） 的 within“elsewhere”不是本制度的另一目标"),
    (
        (
            '[[cadence]]\ncode = "form"\ntitle = "报表"\ntimes = 1\nper = "year"\nby = [{ month = 2, day = 30 }]\n'
            'article = "第六条"\nsummary = "按时报"\n'
        ),
        "[[cadence]]（form） 的 by：2月没有30日",
    ),
    (
        '[ladder]\nhalf_way = true\nearly = 3\nnear = 7\nlast = 1\narticle = "第七条"\nsummary = "提醒"\n',
        "[ladder] 的 early、near、last 应从大到小",
    ),
    (
        (
            '[[rating_scale]]\ncode = "result"\ntitle = "结果"\narticle = "第八条"\nsummary = "等次"\n'
            'options = [{ code = "good", label = "好", satisfied = true }]\n'
        ),
        "[[rating_scale]]（result） 的等次应有满意的，也有不满意的",
    ),
    (
        "".join(
            f'[[outcome]]\ncode = "{code}"\ntitle = "结果"\nmark = "A"\narticle = "第九条"\nsummary = "结果"\n'
            for code in ("resolved", "not_feasible")
        ),
        "[[outcome]] 的 mark“A”重复，一个字母只能有一个意思",
    ),
]


class TestAFaultyBook:
    @pytest.mark.parametrize(("good", "bad", "sentence"), FAULTY)
    def test_is_told_table_and_key(self, good, bad, sentence):
        assert good in BOOK
        assert sentence in self.told(BOOK.replace(good, bad, 1))

    @pytest.mark.parametrize(("more", "sentence"), ADDED)
    def test_is_told_what_does_not_go_together(self, more, sentence):
        assert sentence in self.told(BOOK + more)

    def test_is_told_that_a_cap_has_another_start(self):
        capped = BOOK + 'cap = "SUG_CAP"\n'
        other = OTHER_LIMIT.replace("assigned_on", "received_on")
        assert "与 cap“SUG_CAP”的 starts_from 应相同" in self.told(capped + other)
        assert load(capped + OTHER_LIMIT).of(Limit)[0].cap == "SUG_CAP"

    def test_is_told_everything_at_once_with_its_file(self):
        with pytest.raises(BookFaulty) as refused:
            load(BOOK.replace("count = 3", "count = 0").replace('"month"', '"week"'), "本院.toml")
        assert len(refused.value.sentences) == 2
        assert all(each.startswith("本院.toml：") for each in refused.value.sentences)

    def told(self, text: str) -> str:
        with pytest.raises(BookFaulty) as refused:
            load(text)
        return str(refused.value)


class TestTwoVersions:
    def test_of_equal_text_do_not_differ(self):
        assert differences(load(BOOK), load(BOOK)) == []

    def test_differ_row_by_row_in_words(self):
        old = load(BOOK + TARGET)
        new = load(BOOK.replace("count = 3", "count = 2").replace('version = "1"', 'version = "2"') + CHAIN)
        assert [str(row) for row in differences(old, new)] == [
            "[book] 的 version：由 1 改为 2",
            "期限“SUG_REPLY” 的 count：由 3 改为 2",
            "目标“visits”：删去 全年一百件",
            "审批流程“letter”：新增 逐级审签",
        ]

    def test_show_a_changed_step(self):
        old, new = load(BOOK + CHAIN), load(BOOK + CHAIN.replace('"chief"', '"deputy_chief"'))
        (row,) = differences(old, new)
        assert "chief" in row.old
        assert "deputy_chief" in row.new

    def test_show_a_changed_article(self):
        (row,) = differences(load(BOOK), load(BOOK.replace("第三条", "第四条")))
        assert str(row) == "期限“SUG_REPLY” 的 article：由 第三条 改为 第四条"


class TestTheShippedBooks:
    def test_all_load(self):
        assert set(shipped_books()) == {
            "national/business_catalogue_2026.toml",
            "national/deputies_law_2015.toml",
            "national/deputies_law_2025.toml",
            "national/oversight_law_2024.toml",
            "local/liaison_rules_2019.toml",
            "local/seven_steps_2022.toml",
            "local/sample_city.toml",
            "local/sample_proposals_2026.toml",
        }

    def test_have_every_article_of_the_liaison_rules(self):
        said = " ".join(entry.basis.article for entry in shipped_books()["local/liaison_rules_2019.toml"].entries)
        assert [number for number in "一二三四五六七八九" if f"第{number}条" not in said] == []

    def test_mark_every_rule_of_the_sample_as_unconfirmed(self):
        sample = shipped_books()["local/sample_city.toml"]
        assert all(entry.basis.unconfirmed for entry in sample.entries)

    def test_name_roles_that_the_house_has(self):
        assert {role.value for role in RoleCode} == {role.value for role in Role}

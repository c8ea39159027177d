"""`huiyin books` and `huiyin calendar`, called as an administrator calls them."""

from __future__ import annotations

import pytest
import time_machine

from huiyin.cli.main import parser
from huiyin.regulations.books import shipped_texts
from huiyin.regulations.models import CalendarYear, RuleBookVersion
from huiyin.regulations.queries import stack_for
from huiyin.regulations.tests.texts import book_text

YEAR = "年份,类别,名称,日期\n2027,放假,元旦,2027-01-01\n"


@pytest.fixture(autouse=True)
def thursday(at):
    """The clock of the command line stands at 5 March 2026."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def call(capsys):
    """`call("books", "list")`: exit code, what was printed, what was said on the error line."""

    def run(*words: object) -> tuple[int, str, str]:
        options = parser().parse_args([str(word) for word in words])
        code = options.run(options)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def file(tmp_path):
    """A file with a text."""

    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


class TestBooksCheck:
    def test_tells_what_a_good_file_holds(self, call, file):
        code, out, _ = call("books", "check", file("own.toml", book_text()))
        assert code == 0
        assert "《沙盒办理规定》1版，2026-01-01起，1条，期限1个" in out

    def test_names_the_faults_of_a_bad_one(self, call, file):
        bad = file("bad.toml", book_text().replace("working_day", "fortnight"))
        code, _, err = call("books", "check", file("own.toml", book_text()), bad)
        assert code == 1
        assert "bad.toml" in err

    @pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
    def test_says_so_when_it_cannot_read(self, call, tmp_path, content):
        if content is not None:
            (tmp_path / "x.toml").write_bytes(content)
        code, _, err = call("books", "check", tmp_path / "x.toml")
        assert code == 2
        assert "x.toml" in err


class TestBooksLoad:
    def test_loads_what_comes_with_the_house_once(self, call, world):
        code, out, _ = call("books", "load", "--shipped")
        assert (code, out.count("已装入")) == (0, len(list(shipped_texts())))
        assert "没有变动" in call("books", "load", "--shipped")[1]

    def test_loads_a_file_in_the_name_of_a_colleague(self, call, world, file):
        assert call("books", "load", file("own.toml", book_text()), "--by", "officer_wang")[0] == 0
        assert RuleBookVersion.objects.get().loaded_label == world.posts["officer_wang"].label

    def test_refuses_who_may_not_and_who_is_not_there(self, call, world, file):
        path = file("own.toml", book_text())
        code, _, err = call("books", "load", path, "--by", "handler_first")
        assert (code, "不能装入制度" in err) == (1, True)
        assert call("books", "load", path, "--by", "nobody")[0] == 1
        assert not RuleBookVersion.objects.exists()

    @pytest.mark.parametrize("words", [(), ("--shipped", "own.toml"), ("own.toml",)])
    def test_wants_files_and_a_name_or_the_shipped_ones(self, call, words):
        assert call("books", "load", *words)[0] == 2


class TestTheLibrary:
    def test_is_listed_and_loaded_by_name(self, call, world):
        _, out, _ = call("books", "list")
        assert "places/qingdao_2021.toml\t2021" in out
        code, out, _ = call("books", "load", "--library", "places/qingdao_2021.toml", "--by", "officer_wang")
        assert (code, "已装入 qingdao_suggestions 2021" in out) == (0, True)
        code, _, err = call("books", "load", "--library", "places/nowhere.toml", "--by", "officer_wang")
        assert (code, "制度库里没有" in err) == (1, True)


class TestBooksPutInForce:
    @pytest.fixture(autouse=True)
    def loaded(self, call, world, file):
        call("books", "load", file("own.toml", book_text()), "--by", "officer_wang")

    def test_approves_in_the_name_of_a_second_person(self, call, world, at):
        code, out, _ = call("books", "put-in-force", "own_rules", "1", "--by", "office_head")
        assert (code, "已批准，自2026-01-01起施行" in out) == (0, True)
        assert stack_for(world.city, at.date()).limit("SUG_TELL", at.date()).count == 5

    def test_only_shows_the_moved_dates_when_asked_to(self, call):
        code, out, _ = call("books", "put-in-force", "own_rules", "1", "--by", "office_head", "--preview")
        assert (code, "将变动0个" in out) == (0, True)
        assert RuleBookVersion.objects.get().status == "loaded"

    def test_says_when_nothing_waits_under_that_name(self, call):
        assert call("books", "put-in-force", "own_rules", "9", "--by", "office_head")[0] == 1

    def test_compares_a_text_with_the_version_in_force(self, call, file):
        newer = file("new.toml", book_text(version="2", count=9))
        assert call("books", "diff", newer)[0] == 1

        call("books", "put-in-force", "own_rules", "1", "--by", "office_head")

        code, out, _ = call("books", "diff", newer)
        assert (code, "由 5 改为 9" in out) == (0, True)

    def test_compares_two_files(self, call, file):
        same = file("a.toml", book_text())
        assert call("books", "diff", same, same)[1].strip() == "没有差别。"

    def test_lists_every_version(self, call):
        assert "own_rules\t1\t2026-01-01起\t已装入，待批准\t本院\t沙盒办理规定" in call("books", "list")[1]


class TestCalendar:
    def test_seeds_what_is_missing(self, call, db):
        assert "补录了23年" in call("calendar", "seed")[1]
        assert "没有变动" in call("calendar", "seed")[1]

    def test_takes_a_year_and_shows_it(self, call, world, file):
        code, *_ = call("calendar", "load", file("2027.csv", YEAR), "--source", "虚构的通知", "--by", "officer_wang")
        assert code == 0
        assert CalendarYear.objects.get().source == "虚构的通知"
        assert call("calendar", "show", "2027")[1] == "2027年1月1日（周五）\t放假\t元旦\n"
        assert "2027年" in call("calendar", "show")[1]

    def test_says_of_an_unknown_year_that_its_dates_are_provisional(self, call, db):
        code, _, err = call("calendar", "show", "2027")
        assert (code, "暂定" in err) == (1, True)

    def test_names_the_faults_of_a_file(self, call, world, file):
        bad = file("2027.csv", YEAR.replace("放假", "休息"))
        code, _, err = call("calendar", "load", bad, "--source", "虚构", "--by", "officer_wang")
        assert (code, "类别“休息”" in err) == (1, True)

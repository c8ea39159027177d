"""The working calendar and the yearly files it is fed from."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from huiyin.regulations.calendars import CalendarRow, DayKind, TableCalendar, seed_rows
from huiyin.regulations.yearly import YearFileFaulty, load_year

pytestmark = pytest.mark.pure

TOML = """
year = 2031
source = "放假安排的通知"

[[holiday]]
name = "元旦"
from = 2031-01-01
to = 2031-01-03
makeup = [2031-01-04, 2030-12-28]

[[holiday]]
name = "清明节"
from = 2031-04-05
"""
CSV = """\ufeff年份,类别,名称,日期
2031,放假,元旦,2031-01-01
2031,放假,元旦,2031/01/02

2031,上班,元旦,2031-01-04
"""


class TestTheSeededCalendar:
    def test_agrees_with_its_source_on_every_day(self, calendar):
        day = date(2004, 1, 1)
        while day.year < 2027:
            assert calendar.is_working(day) == chinese_calendar.is_workday(day), day
            assert calendar.is_known(day)
            day += timedelta(days=1)

    def test_knows_neither_2003_nor_2027(self, calendar):
        assert not calendar.is_known(date(2003, 12, 31))
        assert not calendar.is_known(date(2027, 1, 1))
        assert calendar.known_years == frozenset(range(2004, 2027))

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2026, 2, 17), "春节"),
            (date(2026, 10, 1), "国庆节"),
            (date(2026, 4, 6), "清明节"),
            (date(2026, 2, 14), "春节调休上班"),
            (date(2026, 3, 7), "周六"),
            (date(2026, 3, 9), "工作日"),
            (date(2015, 9, 3), "抗战胜利七十周年纪念日"),
        ],
    )
    def test_names_days_as_a_clerk_does(self, calendar, day, name):
        assert calendar.name_of(day) == name

    def test_fits_the_table_it_is_stored_in(self):
        rows = seed_rows()
        assert len({row.day for row in rows}) == len(rows)
        assert max(len(row.name) for row in rows) <= 20


class TestACalendarWithKnownYearsGiven:
    def test_takes_them_instead_of_those_of_its_rows(self):
        rows = [CalendarRow(date(2030, 12, 28), DayKind.WORKDAY, "元旦", 2031)]
        assert TableCalendar(rows).known_years == {2031}
        assert TableCalendar(rows, [2030]).is_known(date(2030, 1, 1))


class TestAYearlyFile:
    def test_in_toml_gives_every_day_of_each_holiday(self):
        rows = load_year(TOML, "2031.toml")
        assert [(row.day.isoformat(), row.kind.value, row.name, row.year) for row in rows] == [
            ("2030-12-28", "workday", "元旦", 2031),
            ("2031-01-01", "holiday", "元旦", 2031),
            ("2031-01-02", "holiday", "元旦", 2031),
            ("2031-01-03", "holiday", "元旦", 2031),
            ("2031-01-04", "workday", "元旦", 2031),
            ("2031-04-05", "holiday", "清明节", 2031),
        ]

    def test_in_csv_may_come_from_a_spreadsheet(self):
        assert [row.day.day for row in load_year(CSV, "2031.csv")] == [1, 2, 4]

    @pytest.mark.parametrize(
        ("file", "text", "sentence"),
        [
            ("a.csv", "年份,日期\n", "a.csv第1行：表头应为“年份,类别,名称,日期”。"),
            ("a.csv", CSV + "2031,放假,元旦\n", "a.csv第6行：应有4列，实有3列。"),
            ("a.csv", CSV + "31,放假,元旦,2031-01-03\n", "a.csv第6行：年份“31”应为四位数字。"),
            ("a.csv", CSV + "2031,补休,元旦,2031-01-03\n", "a.csv第6行：类别“补休”只能是“放假”或“上班”。"),
            ("a.csv", CSV + "2031,放假,元旦,2031-02-30\n", "a.csv第6行：日期“2031-02-30”应写作"),
            ("a.csv", CSV + "2031,放假,元旦,2031-01-01\n", "a.csv第6行：2031-01-01重复出现（前见第2行）。"),
            ("a.csv", CSV + "2031,上班,元旦,2031-01-06\n", "a.csv第6行：2031-01-06不是周六或周日，不能调休上班。"),
            ("a.csv", CSV + "2031,放假,元旦,2032-01-01\n", "a.csv第6行：2032-01-01不在2031年"),
            ("a.csv", CSV + "2031,放假,,2031-05-01\n", "a.csv第6行：节日名称应为1至20个字。"),
            ("a.csv", CSV + "2032,放假,元旦,2032-01-01\n", "a.csv：一个文件只能有一年的安排，现有2031、2032年。"),
            ("a.csv", "年份,类别,名称,日期\n", "a.csv：没有任何放假日。"),
            ("a.xlsx", "", "a.xlsx：只接受 .toml 或 .csv 文件。"),
            ("a.toml", "year = \n", "a.toml第1行：不合 TOML 语法。"),
            ("a.toml", "a = " + "[" * 5000, "a.toml：不合 TOML 语法。"),
            ("a.toml", "year = true\n", "a.toml：缺少 year"),
            ("a.toml", "year = 2031\n", "a.toml：缺少 [[holiday]]"),
            ("a.toml", TOML + "[[holiday]]\nfrom = 2031-05-01\n", "a.toml第14行：[[holiday]] 缺少 name"),
            ("a.toml", TOML + "[[holiday]]\nname = '五一'\nfrom = '五月'\n", "a.toml第14行：“五一”的 from、to 应为"),
            (
                "a.toml",
                TOML.replace("to = 2031-01-03", "to = 2031-03-01"),
                "a.toml第5行：“元旦”自2031-01-01至2031-03-01",
            ),
            ("a.toml", TOML.replace("makeup = [", "makeup = ['x', "), "a.toml第5行：“元旦”的 makeup 应为日期列表"),
            ("a.toml", "total = 1\n" + TOML, "a.toml：不认识的项目 total。"),
            ("a.toml", TOML + "days = 1\n", "a.toml第11行：[[holiday]] 中有不认识的项目 days。"),
        ],
    )
    def test_that_is_wrong_gets_a_sentence_with_its_line(self, file, text, sentence):
        with pytest.raises(YearFileFaulty) as refused:
            load_year(text, file)
        assert any(each.startswith(sentence) for each in refused.value.sentences), refused.value.sentences

    def test_names_all_its_faults_at_once(self):
        with pytest.raises(YearFileFaulty) as refused:
            load_year(CSV + "31,放假,元旦,2031-01-03\n2031,补休,元旦,2031-01-03\n", "a.csv")
        assert len(refused.value.sentences) == 2

"""Reading a yearly holiday file; the format stands in calendars.py."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeGuard

from huiyin.kernel.refusals import Refusal
from huiyin.regulations.calendars import DAY_KIND_LABELS, LONGEST_NAME, SATURDAY, CalendarRow, DayKind

HEADER: Final = ["年份", "类别", "名称", "日期"]
KINDS: Final = {"放假": DayKind.HOLIDAY, "上班": DayKind.WORKDAY, "调休上班": DayKind.WORKDAY}
HOLIDAY_KEYS: Final = {"name", "from", "to", "makeup"}
DECEMBER: Final = 12
LONGEST_RUN: Final = timedelta(weeks=3)
"""Longer than any holiday ever announced: a slip in a date, not a holiday."""


class YearFileFaulty(Refusal):
    """The yearly file can't be taken; `sentences` name every fault and its line."""

    code = "regulations.year_file_faulty"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


def load_year(text: str, file: str) -> list[CalendarRow]:
    """The rows of one yearly file, .toml or .csv by its name. Raises YearFileFaulty with every fault found."""
    reader = _Reader(file)
    text = text.removeprefix("\ufeff")
    if file.lower().endswith(".csv"):
        reader.read_csv(text)
    elif file.lower().endswith(".toml"):
        reader.read_toml(text)
    else:
        reader.fault(None, "只接受 .toml 或 .csv 文件。")
    reader.require_complete()
    return sorted(reader.rows)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[str] = []
        self.rows: list[CalendarRow] = []
        self.lines: dict[date, int | None] = {}

    def fault(self, line: int | None, sentence: str) -> None:
        where = f"第{line}行" if line else ""
        self.faults.append(f"{self.file}{where}：{sentence}")

    def read_csv(self, text: str) -> None:
        for line, cells in self._csv_cells(text):
            if not any(cells):
                continue
            if line == 1:
                if cells != HEADER:
                    self.fault(line, f"表头应为“{','.join(HEADER)}”。")
                    return
                continue
            self._csv_record(line, cells)

    def _csv_cells(self, text: str) -> Iterator[tuple[int, list[str]]]:
        records = csv.reader(io.StringIO(text))
        try:
            for record in records:
                yield records.line_num, [cell.strip() for cell in record]
        except csv.Error:
            self.fault(records.line_num, "不合 CSV 格式。")

    def _csv_record(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(HEADER):
            self.fault(line, f"应有{len(HEADER)}列，实有{len(cells)}列。")
            return
        year, kind, name, day = cells
        if not re.fullmatch(r"\d{4}", year):
            self.fault(line, f"年份“{year}”应为四位数字。")
        elif kind not in KINDS:
            self.fault(line, f"类别“{kind}”只能是“放假”或“上班”。")
        else:
            try:
                self._add(line, date.fromisoformat(day.replace("/", "-")), KINDS[kind], name, int(year))
            except ValueError:
                self.fault(line, f"日期“{day}”应写作 {year}-01-01 的样式，且确有其日。")

    def read_toml(self, text: str) -> None:
        try:
            table = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # besides syntax: absurd numbers, absurd nesting
            found = re.search(r"line (\d+)", str(error))
            self.fault(int(found[1]) if found else None, "不合 TOML 语法。")
            return
        year, holidays = table.get("year"), table.get("holiday")
        if not isinstance(year, int) or isinstance(year, bool):
            self.fault(None, "缺少 year（年份，如 year = 2031）。")
            return
        for key in sorted(table.keys() - {"year", "source", "holiday"}):
            self.fault(None, f"不认识的项目 {key}。")
        if not isinstance(holidays, list) or not all(isinstance(entry, dict) for entry in holidays):
            self.fault(None, "缺少 [[holiday]]（放假安排）。")
            return
        starts = [number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[holiday]]")]
        for place, entry in enumerate(holidays):
            self._toml_holiday(starts[place] if place < len(starts) else None, entry, year)

    def _toml_holiday(self, line: int | None, entry: dict[str, Any], year: int) -> None:
        for key in sorted(entry.keys() - HOLIDAY_KEYS):
            self.fault(line, f"[[holiday]] 中有不认识的项目 {key}。")
        name, first = entry.get("name"), entry.get("from")
        last, makeups = entry.get("to", first), entry.get("makeup", [])
        if not isinstance(name, str):
            self.fault(line, "[[holiday]] 缺少 name（节日名称）。")
        elif not _is_day(first) or not _is_day(last):
            self.fault(line, f"“{name}”的 from、to 应为不带引号的日期，如 {year}-01-01。")
        elif last < first or last - first > LONGEST_RUN:
            self.fault(line, f"“{name}”自{first}至{last}，起止日期有误。")
        elif not isinstance(makeups, list) or not all(_is_day(day) for day in makeups):
            self.fault(line, f"“{name}”的 makeup 应为日期列表，如 [{year}-01-04]。")
        else:
            for day in _span(first, last):
                self._add(line, day, DayKind.HOLIDAY, name, year)
            for day in makeups:
                self._add(line, day, DayKind.WORKDAY, name, year)

    def _add(self, line: int | None, day: date, kind: DayKind, name: str, year: int) -> None:
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            self.fault(line, f"节日名称应为1至{LONGEST_NAME}个字。")
        elif day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
            self.fault(line, f"{day}不在{year}年（上年12月的除外）。")
        elif day in self.lines:
            before = f"（前见第{self.lines[day]}行）" if self.lines[day] else ""
            self.fault(line, f"{day}重复出现{before}。")
        elif kind is DayKind.WORKDAY and day.weekday() < SATURDAY:
            self.fault(line, f"{day}不是周六或周日，不能{DAY_KIND_LABELS[kind]}。")
        else:
            self.lines[day] = line
            self.rows.append(CalendarRow(day, kind, name, year))

    def require_complete(self) -> None:
        years = sorted({row.year for row in self.rows})
        if len(years) > 1:
            self.fault(None, f"一个文件只能有一年的安排，现有{'、'.join(map(str, years))}年。")
        if not self.faults and not any(row.kind is DayKind.HOLIDAY for row in self.rows):
            self.fault(None, "没有任何放假日。")
        if self.faults:
            raise YearFileFaulty(self.faults)


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def _span(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)

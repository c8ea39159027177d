"""Reading one table by the types of a class: present, of the right type, in range, one of the choices, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

LONGEST: Final = {"code": 30, "version": 20, "title": 120, "issuer": 80, "article": 60, "mark": 4}
LONGEST_TEXT: Final = 300
"""What the tables of models.py hold."""
CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass
class Faults:
    """Sentences gathered while reading one file."""

    file: str
    sentences: list[str] = field(default_factory=list)

    def add(self, where: str, sentence: str) -> None:
        self.sentences.append(f"{self.file}：{where} {sentence}。")


def keys_of(kind: type[Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Field[Any]]]:
    """Types, defaults and fields of a schema class, by the key used in the text."""
    schema: Any = kind
    return _keys_of(schema)


@cache
def _keys_of(kind: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Field[Any]]]:
    hints = get_type_hints(kind)
    by_key = {each.metadata.get("key", each.name): each for each in fields(kind) if each.name != "basis"}
    types = {key: hints[each.name] for key, each in by_key.items()}
    defaults = {key: each.default for key, each in by_key.items() if each.default is not MISSING}
    return types, defaults, by_key


def read_fields(
    types: Mapping[str, Any],
    defaults: Mapping[str, Any],
    table: Mapping[str, Any],
    faults: Faults,
    where: str,
    *,
    bounds: Mapping[str, Field[Any]] | None = None,
) -> dict[str, Any]:
    """The values of `table` by key; faults are added, and then the values must not be used."""
    for key in table.keys() - types.keys():
        faults.add(where, f"有不认识的项目 {key}")
    read: dict[str, Any] = {}
    for key, wanted in types.items():
        if key in table:
            read[key] = _value(wanted, table[key], faults, f"{where} 的 {key}", (bounds or {}).get(key))
            if isinstance(read[key], str):
                _check_text(key, read[key], faults, f"{where} 的 {key}")
        elif key in defaults:
            read[key] = defaults[key]
        else:
            faults.add(where, f"缺少 {key}")
    return read


def _check_text(key: str, text: str, faults: Faults, where: str) -> None:
    longest = LONGEST.get(key, LONGEST_TEXT)
    if len(text) > longest:
        faults.add(where, f"有{len(text)}个字，不能超过{longest}个")
    elif not text.isprintable():
        faults.add(where, "含有换行或者不可见字符")
    elif key == "code" and not CODE.fullmatch(text):
        faults.add(where, f"“{text}”只能用英文字母、数字和下划线，以字母开头")


def _value(wanted: Any, value: Any, faults: Faults, where: str, bound: Field[Any] | None) -> Any:
    if isinstance(wanted, UnionType):
        wanted = next(each for each in get_args(wanted) if each is not NoneType)
    if get_origin(wanted) is tuple:
        return _list(get_args(wanted)[0], value, faults, where)
    if isinstance(wanted, type) and is_dataclass(wanted):
        return _table(wanted, value, faults, where)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return _choice(wanted, value, faults, where)
    return _plain(wanted, value, faults, where, bound)


def _plain(wanted: Any, value: Any, faults: Faults, where: str, bound: Field[Any] | None) -> Any:
    if wanted is int and bound and isinstance(value, int) and not isinstance(value, bool):
        low, high = bound.metadata["low"], bound.metadata["high"]
        if not low <= value <= high:
            faults.add(where, f"是 {value}，应在 {low} 至 {high} 之间")
        return value
    right = {
        str: isinstance(value, str) and bool(value.strip()),
        int: isinstance(value, int) and not isinstance(value, bool),
        bool: isinstance(value, bool),
        date: isinstance(value, date) and not isinstance(value, datetime),
    }[wanted]
    if not right:
        asked = {str: "不空的文字", int: "整数", bool: "true 或 false", date: "不带引号的日期，如 2026-01-01"}[wanted]
        faults.add(where, f"应为{asked}，现为 {value!r}")
    return value


def _choice(wanted: type[StrEnum], value: Any, faults: Faults, where: str) -> Any:
    if isinstance(value, str) and value in {each.value for each in wanted}:
        return wanted(value)
    faults.add(where, f"是 {value!r}，只能是 {'、'.join(wanted)} 之一")
    return value


def _list(wanted: Any, value: Any, faults: Faults, where: str) -> Any:
    if not isinstance(value, list) or not value:
        faults.add(where, "应为不空的列表")
        return ()
    return tuple(_value(wanted, each, faults, f"{where} 第{place}项", None) for place, each in enumerate(value, 1))


def _table(wanted: type[Any], value: Any, faults: Faults, where: str) -> Any:
    if not isinstance(value, dict):
        faults.add(where, "应为一张表，如 { code = … }")
        return None
    types, defaults, by_key = keys_of(wanted)
    before = len(faults.sentences)
    read = read_fields(types, defaults, value, faults, where, bounds=by_key)
    if len(faults.sentences) > before:
        return None
    return wanted(**{by_key[key].name: each for key, each in read.items()})

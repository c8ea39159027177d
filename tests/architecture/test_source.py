"""What the source may not contain: other clocks, days from nowhere, writes in the wrong place, style in templates."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

from tests.architecture.source import FACES, ROOF, SOURCE, Module, called, modules

pytestmark = pytest.mark.pure

CLOCKS = {"timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "datetime.utcnow",
          "datetime.today", "date.today", "time.time", "datetime.datetime.now", "datetime.date.today"}  # fmt: skip
READS_THE_CLOCK = {"web.clock"}


def ids(module: Module) -> str:
    return module.name


TIMELESS = [
    module
    for module in modules()
    if module.name not in READS_THE_CLOCK and module.parts[-1] != "tasks" and module.room != "bench"
]


class TestTheClock:
    @pytest.mark.parametrize("module", TIMELESS, ids=ids)
    def test_is_read_in_faces_and_tasks_only(self, module: Module):
        reads = [module.at(node) for node in ast.walk(module.tree) if isinstance(node, ast.Call) and _reads(node)]
        assert not reads


def _reads(node: ast.Call) -> bool:
    # localtime(moment) converts, localtime() reads.
    name = called(node)
    return name in CLOCKS and not (name.endswith("localtime") and node.args)


# Read by no person: part of a key that only has to differ.
KEYS = {"matters.operations.replies_signing"}


class TestAStoredMoment:
    """Stored moments are UTC: what was done before eight in the morning would print the day before."""

    @pytest.mark.parametrize("module", [each for each in modules() if each.name not in KEYS], ids=ids)
    def test_is_read_as_a_day_in_local_time_only(self, module: Module):
        assert not [module.at(node) for node in ast.walk(module.tree) if _takes_the_utc_day(node)]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("row.closed_at.date()", True),
        ("row.closed_at.strftime('%H:%M')", True),
        ("f'{row.closed_at:%Y-%m-%d}'", True),
        ("localtime(row.closed_at).date()", False),
        ("f'{localtime(row.closed_at):%Y-%m-%d}'", False),
        ("row.closed_at.isoformat()", False),
        ("at.date()", False),
    ],
)
def test_the_day_of_a_stored_moment_is_recognised(line: str, wrong: bool):
    assert any(_takes_the_utc_day(node) for node in ast.walk(ast.parse(line))) is wrong


def _takes_the_utc_day(node: ast.AST) -> bool:
    if isinstance(node, ast.FormattedValue):
        return node.format_spec is not None and _is_stored(node.value)
    taken = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return taken and node.func.attr in {"date", "time", "strftime"} and _is_stored(node.func.value)


def _is_stored(node: ast.expr) -> bool:
    """A column's value by its name: `row.closed_at`; the operation's own `at` is local."""
    return isinstance(node, ast.Attribute) and node.attr.endswith("_at")


COUNTS = {"days", "weeks", "months", "years"}
# Plausibility, not law.
SOUND = {"regulations.yearly": "longer than any holiday ever announced: a slip in a date"}
LAWFUL = [
    module
    for module in modules()
    if module.room not in FACES | ROOF | {"kernel", "gongwen"} and module.name not in SOUND
]


class TestDays:
    @pytest.mark.parametrize("module", LAWFUL, ids=ids)
    def test_come_from_rule_books_never_from_code(self, module: Module):
        found = [module.at(node) for node in ast.walk(module.tree) if _counts(node)]
        assert not found, "a number of days, weeks, months or years belongs into a rule book, with its article"


def _counts(node: ast.AST) -> bool:
    """A literal of more than one: "the day after" is arithmetic, twenty days is law."""
    if isinstance(node, ast.Call) and called(node).split(".")[-1] in {"timedelta", "relativedelta"}:
        named = [keyword.value for keyword in node.keywords if keyword.arg in COUNTS]
        return any(map(_many, [*node.args[:1], *named]))
    if isinstance(node, ast.AnnAssign | ast.Assign) and node.value is not None and _many(node.value):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(name, ast.Name) and re.search(r"(^|_)(DAYS|WEEKS|MONTHS|YEARS)(_|$)", name.id.upper())
                   for name in targets)  # fmt: skip
    return False


def _many(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and abs(node.value) > 1


WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "delete", "save", "update"}
READERS = [
    module
    for module in modules()
    if module.room in FACES - {"web"} or module.parts[-1] in {"queries", "permissions", "rules", "registry"}
]


class TestAWrite:
    @pytest.mark.parametrize("module", READERS, ids=ids)
    def test_stands_in_no_face_query_permission_or_rule(self, module: Module):
        found = [module.at(node) for node in ast.walk(module.tree) if isinstance(node, ast.Call) and _writes(node)]
        assert not found, "every write is an operation"


def _writes(node: ast.Call) -> bool:
    """`Model.objects…create(…)`, `thing.save()`, `….objects….update(…)`; not `dict.update(…)`, `book.save(file)`."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name not in WRITES:
        return False
    on_rows = "objects" in {part.attr for part in ast.walk(node.func) if isinstance(part, ast.Attribute)}
    return on_rows or (name in {"save", "delete"} and not node.args)


def operations() -> list[tuple[str, object]]:
    """Every function under `@operation`, by its dotted name."""
    found = {}
    for module in modules():
        if "operations" not in module.parts and module.parts[-1] not in {"seals", "moves"}:
            continue
        there = importlib.import_module("huiyin." + module.name.removesuffix(".__init__"))
        for name, thing in vars(there).items():
            if getattr(thing, "is_operation", False) and thing.__module__ == there.__name__:
                found[f"{there.__name__}.{name}"] = thing
    return sorted(found.items())


@pytest.mark.parametrize(("name", "act"), operations())
class TestAnOperation:
    def test_takes_keywords_only_and_the_moment(self, name, act):
        taken = inspect.signature(act).parameters
        assert "at" in taken
        assert {parameter.kind for parameter in taken.values()} <= {inspect.Parameter.KEYWORD_ONLY}

    def test_says_what_it_does(self, name, act):
        assert inspect.getdoc(act) or act.__name__.startswith("_")


# Doorways of the worker: they claim in one transaction, work outside any, and record what came of it in another.
DOORWAYS = {"matters.rendering", "messaging.drain"}


class TestEveryOperation:
    def test_is_found(self):
        assert len(operations()) > 30

    def test_stands_in_an_operations_module(self):
        elsewhere = [
            module.at(node)
            for module in modules()
            if "operations" not in module.parts and module.room not in ROOF and module.name not in DOORWAYS
            for node in ast.walk(module.tree)
            if isinstance(node, ast.FunctionDef)
            and any(isinstance(mark, ast.Name) and mark.id == "operation" for mark in node.decorator_list)
        ]
        assert not elsewhere


TEMPLATES = sorted(SOURCE.rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
class TestATemplate:
    def test_carries_no_style_and_no_handler(self, path: Path):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=|javascript:""", text)

    def test_gives_every_script_its_nonce(self, path: Path):
        scripts = re.findall(r"<script\b[^>]*>", path.read_text(encoding="utf-8"))
        assert all('nonce="{{ request.csp_nonce }}"' in script for script in scripts)


class TestRawSql:
    def test_stands_in_one_marked_module_a_room(self):
        raw = {
            module.name
            for module in modules()
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"cursor", "raw", "RawSQL", "extra"}
            and module.room not in ROOF
        }
        unmarked = {name for name in raw if not re.search(r"\braw sql\b|\bsql of its own\b", _doc(name), re.IGNORECASE)}
        assert unmarked <= {"web.health"}  # SELECT 1
        rooms = [name.partition(".")[0] for name in raw - unmarked]
        assert len(rooms) == len(set(rooms))


def _doc(name: str) -> str:
    found = next(module for module in modules() if module.name == name)
    return ast.get_docstring(found.tree) or ""

"""What house tests read: the source as syntax trees, and the contract of the layers."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCE: Final = ROOT / "src" / "huiyin"
FACES: Final = {"desk", "portal", "gateway", "web"}
ROOF: Final = {"config", "cli", "demo", "bench"}


@dataclass(frozen=True)
class Module:
    """One file of the house, tests and migrations left out."""

    path: Path

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(SOURCE).with_suffix("").parts)

    @property
    def room(self) -> str:
        return self.path.relative_to(SOURCE).parts[0].removesuffix(".py")

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(SOURCE).with_suffix("").parts

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def at(self, node: ast.AST) -> str:
        """Where a node stands, for a message."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


@functools.cache
def modules() -> tuple[Module, ...]:
    """Every module but tests and migrations."""
    found = sorted(SOURCE.rglob("*.py"))
    return tuple(Module(path) for path in found if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts))


def imports(module: Module) -> Iterator[tuple[ast.stmt, list[str]]]:
    """Every import of our own packages, as dotted names below `huiyin`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{name.name}" for name in node.names]
        else:
            continue
        for name in names:
            if name.startswith("huiyin."):
                yield node, name.split(".")[1:]


def called(node: ast.Call) -> str:
    """The dotted name of what is called, as it is written: `timezone.now`, `date.today`."""
    parts: list[str] = []
    what: Any = node.func
    while isinstance(what, ast.Attribute):
        parts.append(what.attr)
        what = what.value
    return ".".join([what.id, *reversed(parts)]) if isinstance(what, ast.Name) else ".".join(["?", *reversed(parts)])


@functools.cache
def layers() -> tuple[frozenset[str], ...]:
    """The floors of the house, top first, as pyproject.toml has them; rooms still to come included."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    contract = next(each for each in contracts if each["type"] == "layers")
    return tuple(frozenset(re.findall(r"[a-z_]+", floor)) for floor in contract["layers"])


def floor_of(room: str) -> int:
    """0 is the ground. Raises LookupError for a room without a place."""
    for height, floor in enumerate(reversed(layers())):
        if room in floor:
            return height
    raise LookupError(f"{room} has no floor in pyproject.toml")

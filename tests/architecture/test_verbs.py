"""What is recorded can be read: every verb has a name in Chinese."""

from __future__ import annotations

import ast
import re

import pytest

from huiyin.desk.audit.wording import VERBS, name_of
from tests.architecture.source import called, modules

pytestmark = pytest.mark.pure

RECORDS = {"record", "leave_record", "refuse", "refused"}


def recorded() -> dict[str, str]:
    """Every verb written as a literal where something is recorded, and where."""
    found = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and called(node).split(".")[-1] in RECORDS:
                for given in node.args[:2]:
                    text = given.value if isinstance(given, ast.Constant) else None
                    if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text):
                        found[text] = module.at(node)
    return found


class TestEveryVerb:
    def test_has_a_name(self):
        assert {verb: place for verb, place in recorded().items() if name_of(verb) == verb} == {}

    def test_is_found(self):
        assert len(recorded()) > 50


class TestEveryName:
    def test_says_something_of_its_own(self):
        assert all(re.search("[\u4e00-\u9fff]", name) for name in VERBS.values())

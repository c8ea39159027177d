"""Rooms look down, never up and never sideways."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.source import FACES, ROOF, ROOT, Module, floor_of, imports, layers, modules

pytestmark = pytest.mark.pure

FREE = {"kernel", "gongwen", "audit", "web"}
SURFACE = {"models", "operations", "queries", "permissions", "rules", "registry"}
# What a room shows beside its usual front, with the reason.
OPENED = {
    "exchange.actors": "an outside account as actor of an operation",
    "exchange.shapes": "what a card and a slip look like: the language between the two networks",
    "files.detection": "the type of a file by its content",
    "imports.workbooks": "a workbook of rows set aside",
    "matters.answering": "who answers for a matter of a kind above, and so may open it",
    "matters.drafting": "the state of a letter being drafted",
    "matters.endings": "which letters wait for a rating, which matters may end",
    "matters.extending": "may a matter be given more time, and who sees the requests",
    "matters.filing_document": "one paper of a file",
    "matters.filing_documents": "what lies in a file; the rooms above print their sheets for it",
    "matters.filing_papers": "which papers a file holds",
    "matters.entering": "what stands in systems outside, and what is not entered there yet",
    "matters.indexing": "what of a matter is found by search: kinds add their words",
    "matters.joint": "who signs a reply with us, and whose paper is waited for",
    "matters.kinds": "the registry of kinds",
    "matters.letter_permissions": "who drafts letters",
    "matters.letter_places": "where a letter is after its last signature",
    "matters.letters": "the text of a letter as it is typed",
    "matters.limit_codes": "names of limits",
    "matters.linkage": "what organs outside consent to, and how matters hang together: names",
    "matters.measuring": "which improvement measures a post sees",
    "matters.moves": "the table of moves: the only place that assigns a status",
    "matters.papers": "the papers that are printed, as gongwen structures",
    "matters.parts": "the parts of a matter that a kind fills",
    "matters.polls": "what a rating by all deputies came to",
    "matters.rating_state": "what a rating means for the matter",
    "matters.recipients": "who a letter is served on",
    "matters.rendering": "a letter as a gongwen structure, and what was made of it",
    "matters.second_letters": "promises and the second letters that report on them",
    "matters.stages": "the four stages of a matter, one reading for the desk and the phone",
    "matters.steps": "the seven steps of a matter, as a book labels them",
    "matters.superior": "which matters below an order of an office above opens",
    "matters.supervising": "which orders a post sees, and what is worth one",
    "matters.talks_owed": "the talks a letter still lacks",
    "matters.together": "which matters are handled together",
    "matters.upward": "what the office above is owed",
    "matters.wishes": "what the deputies wished changed in a draft",
    "organisations.actors": "a post as actor of an operation",
    "oversight.facts": "what is registered of an act of oversight",
    "oversight.papers": "the sheet of an act of oversight",
    "oversight.wording": "what its papers are called",
    "regulations.books": "the shapes of a rule book",
    "regulations.calendars": "the published calendar",
    "regulations.standing": "what a book in force would change",
    "regulations.yearly": "limits that recur every year",
    "search.index": "the index itself",
    "suggestions.public_interest_queries": "which public-interest conversions a post sees",
    "oversight.signers": "how many must sign a demand for an answer",
    "suggestions.common_queries": "which common problems a post sees, and what may belong to one",
    "suggestions.facts": "what is registered of a suggestion",
    "suggestions.kind": "the kind of matter",
    "suggestions.list_cells": "how the cells of the congress office's list are read",
    "suggestions.outward": "the layout in which matters leave for systems outside",
    "suggestions.papers": "the papers of a suggestion that are printed",
    "suggestions.progress_papers": "the progress table as it is printed",
    "suggestions.progress_queries": "who sees which lines of a progress table",
    "suggestions.sheets": "rows of a 拟办 sheet",
}


BELOW_THE_ROOF = [module for module in modules() if module.room not in ROOF]  # the roof wires the rooms together


class TestTheImports:
    def test_keep_the_contracts(self):
        command = Path(sys.executable).with_name("lint-imports")
        done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.parametrize("module", BELOW_THE_ROOF, ids=lambda module: module.name)
    def test_enter_other_rooms_by_the_front_door(self, module: Module):
        by_the_window = [
            f"{module.at(node)} imports {'.'.join(name)}"
            for node, name in imports(module)
            if name[0] not in {module.room} | FREE and not _by_the_door(name)
        ]
        assert not by_the_window

    def test_have_no_opening_without_use(self):
        used = {".".join(name[:2]) for module in modules() for _, name in imports(module) if name[0] != module.room}
        assert set(OPENED) <= used


def _by_the_door(name: list[str]) -> bool:
    return len(name) < 2 or name[1] in SURFACE or ".".join(name[:2]) in OPENED


class TestTheForeignKeys:
    def test_point_down(self):
        up = []
        for model in apps.get_models():
            if not model.__module__.startswith("huiyin."):
                continue
            here = model._meta.app_label
            for field in model._meta.get_fields():
                there = field.related_model._meta.app_label if field.is_relation and field.concrete else here
                if there != here and not _ours(there):
                    up.append(f"{model.__name__}.{field.name} leaves the house: {there}")
                elif there != here and floor_of(there) >= floor_of(here):
                    up.append(f"{model.__name__}.{field.name} points up or aside: {there}")
        assert not up


def _ours(label: str) -> bool:
    return apps.get_app_config(label).name.startswith("huiyin.")


class TestTheContract:
    def test_gives_every_room_one_floor(self):
        placed = [room for floor in layers() for room in floor]
        assert len(placed) == len(set(placed))
        rooms = {path.parent.name for path in (ROOT / "src" / "huiyin").glob("*/__init__.py")}
        assert rooms <= set(placed)
        assert set(placed) >= FACES | ROOF

    def test_is_what_the_page_on_architecture_draws(self):
        page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
        drawing = re.search(r"## The layers\n+```\n(.*?)```", page, re.DOTALL)
        assert drawing
        drawn = [frozenset(re.findall(r"[a-z]+", _names(line))) for line in drawing[1].splitlines()]
        built = {path.parent.name for path in (ROOT / "src" / "huiyin").glob("*/__init__.py")}
        assert drawn == [floor & built for floor in layers() if floor & built]


def _names(line: str) -> str:
    """The rooms at the beginning of a line, before what they are for."""
    return re.split(r" {2,}", line, maxsplit=1)[0]

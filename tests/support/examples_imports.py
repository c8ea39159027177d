"""Examples of lists on their way in."""

from __future__ import annotations

from huiyin.files.operations import examine
from huiyin.imports.models import Batch, ListFile
from huiyin.imports.operations import attach_originals
from tests.support.examples import Case, Parameters, example
from tests.support.lists import KIND, original, staged_list


def batch(case: Case) -> Batch:
    """A list laid out for preview, with a Word original that fits no row."""
    return case.once("list", lambda: staged_list(case.world, case.at))


def listed(case: Case) -> ListFile:
    """The original that came with it."""
    return case.once("list_original", lambda: _attach(case))


@example("desk:imports", "pk")
def list_page(case: Case) -> Parameters:
    listed(case)
    return {"pk": batch(case).pk}


@example("desk:imports", "kind")
def kind_page(case: Case) -> Parameters | None:
    return {"kind": KIND} if case.own else None  # a kind of list is nobody's


@example("desk:imports:match", "pk", "listed")
def original_of_list(case: Case) -> Parameters:
    return {"pk": batch(case).pk, "listed": listed(case).pk}


def _attach(case: Case) -> ListFile:
    there = batch(case)
    upload = examine(content=original(), name="没有编号的原文.docx")
    files = attach_originals(
        batch=there, files=[upload], version=there.version, actor=case.world.act("officer_wang"), at=case.at
    )
    return files[0]

"""An example of a waiting rule book, for addresses."""

from __future__ import annotations

from huiyin.organisations.actors import PostActor
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.operations import load_book
from huiyin.regulations.tests.texts import book_text
from tests.support.examples import Case, Parameters, example


@example("desk:books", "pk")
def version(case: Case) -> Parameters:
    """A text of the office's own, waiting for approval."""
    return {"pk": case.once("book", lambda: _load(case)).pk}


def _load(case: Case) -> RuleBookVersion:
    loader: PostActor = case.world.act("officer_wang" if case.own else "officer_li")
    code = "own_walk" if case.own else "other_walk"
    return load_book(text=book_text(code=code), file="walk.toml", actor=loader, at=case.at)

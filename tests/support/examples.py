"""Things to put into addresses: for every URL with parameters, an example of the own and of another office.

A subject registers one builder under the front of its view names; the longest front wins. The builder gives the
parameters of the URL for the office asked for, or None where the other office has no such thing:

    @example("desk:matters", "pk")
    def matter(case: Case) -> Parameters:
        return {"pk": case.once("matter", lambda: registered(case.world, case.at)).pk}

History is built through operations, with the functions of history.py and its neighbours. `case.world` of the other
office is a twin: its posts, departments and bodies have the same keys, so a builder need not ask which office it is.
`case.once` keeps what was built, so that many pages share one matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, TypeVar

from tests.support.world import World

T = TypeVar("T")
Parameters = dict[str, Any]


@dataclass
class Case:
    """One office's examples, and what to build them with; `world.city` is the office itself."""

    world: World
    at: datetime
    office: Literal["own", "other"]
    kept: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, build: Callable[[], T]) -> T:
        """What `build` gave when it was first asked for under this name."""
        if name not in self.kept:
            self.kept[name] = build()
        found: T = self.kept[name]
        return found

    @property
    def own(self) -> bool:
        return self.office == "own"


Builder = Callable[[Case], Parameters | None]
_builders: Final[dict[tuple[str, frozenset[str]], Builder]] = {}


def example(front: str, *names: str) -> Callable[[Builder], Builder]:
    """Register a builder for URLs whose view name begins with `front` and which take exactly these parameters."""

    def keep(build: Builder) -> Builder:
        _builders[front, frozenset(names)] = build
        return build

    return keep


def parameters(view_name: str, names: frozenset[str], case: Case) -> Parameters | None:
    """Parameters for a URL. Raises LookupError when nobody registered an example, which is a gap to fill."""
    fitting = [key for key in _builders if view_name.startswith(key[0]) and key[1] == names]
    if not fitting:
        raise LookupError(f"no example for {view_name} with {sorted(names)}: add one in tests/support/examples_*.py")
    return _builders[max(fitting, key=lambda key: len(key[0]))](case)

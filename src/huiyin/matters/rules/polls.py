"""Rating by all deputies of the level: what the votes come to. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PollResult:
    """votes: grade code → how many. asked: deputies asked; counted: the denominator of the rate."""

    votes: Mapping[str, int]
    asked: int
    voted: int
    counted: int
    well: int
    minimum: int

    @property
    def is_withheld(self) -> bool:
        """Whether so few voted that the result would tell what somebody voted (practice 32)."""
        return 0 < self.voted < self.minimum

    @property
    def is_unanimous(self) -> bool:
        """Whether all who voted voted alike, so that the result tells what each of them voted."""
        return self.voted > 0 and self.voted in self.votes.values()

    @property
    def rate(self) -> str:
        """The share that is well, with its n; nothing where nobody is counted."""
        return f"{self.well / self.counted:.1%}（n={self.counted}）" if self.counted else "无人计入"


def poll_result(
    votes: Mapping[str, int], *, asked: int, well: frozenset[str], silent_leave: bool, reminded: bool, minimum: int
) -> PollResult:
    """The result of a closed poll (S1-09, practice 32).

    silent_leave: of the book, whether those who stay silent leave the denominator; they do only after a reminder.
    minimum: under how many votes the result is withheld. A vote is of one grade;
    well: the grades that count as satisfied."""
    voted = sum(votes.values())
    counted = voted if silent_leave and reminded else asked
    good = sum(count for grade, count in votes.items() if grade in well)
    return PollResult(votes=dict(votes), asked=asked, voted=voted, counted=counted, well=good, minimum=minimum)

"""The three administrators as actors."""

from __future__ import annotations

import pytest

from huiyin.organisations.actors import SeatActor, seated


@pytest.fixture
def sysadmin(world) -> SeatActor:
    return seated(world.seats["sysadmin"])


@pytest.fixture
def secadmin(world) -> SeatActor:
    return seated(world.seats["secadmin"])


@pytest.fixture
def newcomer(world, sysadmin, at):
    """新来者: entered, without a post."""
    from huiyin.organisations.operations import enter_staff

    return enter_staff(username="newcomer", name="辛来者", password="first-word-2026", actor=sysadmin, at=at)

"""`huiyin seats`."""

from __future__ import annotations

import re

import pytest

from huiyin.cli.main import main, parser
from huiyin.organisations.models import AdminSeat, Staff
from huiyin.organisations.operations.seats import SeatUnfit


def run(*words: str) -> int:
    options = parser().parse_args(["seats", *words])
    return int(options.run(options))


class TestSeats:
    def test_begin_a_house_with_a_new_person_and_a_first_password(self, db, capsys):
        assert run("appoint", "sysadmin", "first_admin", "--name", "席样") == 0
        staff = Staff.objects.get(username="first_admin")
        password = re.search(r"：(\S+)$", capsys.readouterr().out.strip())
        assert password
        assert staff.check_password(password[1])
        assert staff.password_is_initial
        assert staff.seat.role == "sysadmin"

    def test_are_listed(self, world, capsys):
        run("list")
        assert "审计管理员　auditadmin" in capsys.readouterr().out

    def test_are_taken_back(self, world, capsys):
        assert run("vacate", "auditadmin") == 0
        assert not AdminSeat.objects.filter(role="auditadmin").exists()

    def test_never_come_two_to_one_person(self, world):
        with pytest.raises(SeatUnfit):
            run("appoint", "secadmin", "auditadmin")

    def test_say_what_is_missing(self, world, capsys):
        assert main(["seats", "appoint", "secadmin", "nobody_here"]) == 1
        assert "--name" in capsys.readouterr().err
        assert main(["seats", "vacate", "officer_wang"]) == 1
        assert "不是管理员" in capsys.readouterr().err

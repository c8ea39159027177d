"""`huiyin seats`: the three administrators, given and taken at the machine itself; the beginning of every house."""

from __future__ import annotations

import argparse
import secrets

from huiyin.kernel.refusals import Refusal

SEATS = ("sysadmin", "secadmin", "auditadmin")


class NoSuchStaff(Refusal):
    """Nobody signs in with this name, or holds no seat."""

    code = "cli.no_such_staff"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    seats = commands.add_parser("seats", help="任免系统、安全、审计三名管理员")
    verbs = seats.add_subparsers(dest="verb", required=True, metavar="动作")
    verbs.add_parser("list", help="列出管理员").set_defaults(run=list_seats)
    appoint = verbs.add_parser("appoint", help="任命；登录名不存在时一并录入，初始密码只显示一次")
    appoint.add_argument("seat", choices=SEATS, metavar="席位", help="、".join(SEATS))
    appoint.add_argument("username", metavar="登录名")
    appoint.add_argument("--name", default="", metavar="姓名", help="录入新人员时必填")
    appoint.set_defaults(run=appoint_seat)
    vacate = verbs.add_parser("vacate", help="免去")
    vacate.add_argument("username", metavar="登录名")
    vacate.set_defaults(run=vacate_seat)


def list_seats(options: argparse.Namespace) -> int:
    """Who holds which seat since when."""
    from huiyin.organisations.models import AdminSeat

    for seat in AdminSeat.objects.select_related("staff").order_by("role", "from_on"):
        print(f"{seat.get_role_display()}　{seat.staff.username}　{seat.staff.name}　{seat.from_on}")
    return 0


def appoint_seat(options: argparse.Namespace) -> int:
    """Give a seat, to somebody new as well."""
    from huiyin.audit.actors import SYSTEM
    from huiyin.organisations import operations
    from huiyin.organisations.models import Staff
    from huiyin.organisations.rules import Seat
    from huiyin.web.clock import now

    at = now()
    staff, password = Staff.objects.filter(username=options.username).first(), ""
    if staff is None:
        if not options.name:
            raise NoSuchStaff(f"没有登录名“{options.username}”。录入新人员请加 --name 姓名。")
        # letters, digits and a sign whatever the dice say: three kinds
        password = f"{secrets.token_urlsafe(9)}-{secrets.randbelow(90) + 10}"
        staff = operations.enter_staff(
            username=options.username, name=options.name, password=password, actor=SYSTEM, at=at
        )
    seat = operations.appoint_seat(staff=staff, role=Seat(options.seat), from_on=at.date(), actor=SYSTEM, at=at)
    print(f"已任命：{seat}")
    if password:
        print(f"初始密码（只显示这一次，首次登录必须修改）：{password}")
    return 0


def vacate_seat(options: argparse.Namespace) -> int:
    """Take a seat back."""
    from huiyin.audit.actors import SYSTEM
    from huiyin.organisations import operations
    from huiyin.organisations.models import AdminSeat
    from huiyin.web.clock import now

    seat = AdminSeat.objects.select_related("staff").filter(staff__username=options.username).first()
    if seat is None:
        raise NoSuchStaff(f"“{options.username}”不是管理员。")
    operations.vacate_seat(seat=seat, actor=SYSTEM, at=now())
    print(f"已免去：{seat}")
    return 0

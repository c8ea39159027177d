"""`huiyin bodies`: who assigns suggestions to an office and which outside units take part, for whoever installs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from uuid import uuid4

from huiyin.kernel.refusals import Refusal

if TYPE_CHECKING:
    from huiyin.organisations.models import Procuratorate

KINDS = ("congress", "cppcc", "court", "government", "procuratorate", "other")


class NoSuchOffice(Refusal):
    """No procuratorate has this code, or several could be meant."""

    code = "cli.no_such_office"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    bodies = commands.add_parser("bodies", help="交办机关和外单位：录入、列出")
    verbs = bodies.add_subparsers(dest="verb", required=True, metavar="动作")
    one = verbs.add_parser("add", help="录入一个；没有交办机关，登记不了建议")
    one.add_argument("kind", choices=KINDS, metavar="类别", help="congress 人大机构，cppcc 政协机构，court 法院，"
                     "government 政府部门，procuratorate 检察院，other 其他单位")  # fmt: skip
    one.add_argument("name", metavar="名称", help="单位全称")
    one.add_argument("--contact", default="", metavar="联系人")
    one.add_argument("--phone", default="", metavar="电话", help="联系电话，加密保存")
    _name_office(one)
    one.set_defaults(run=enter)
    one = verbs.add_parser("list", help="列出，不显示电话")
    _name_office(one)
    one.set_defaults(run=show)


def _name_office(command: argparse.ArgumentParser) -> None:
    command.add_argument("--office", default="", metavar="代码", help="哪个检察院，六位代码；只录入了一个的可以不写")


def enter(options: argparse.Namespace) -> int:
    """Enter one body."""
    from huiyin.audit.actors import SYSTEM
    from huiyin.organisations.operations import BodyFacts, enter_body
    from huiyin.organisations.rules import BodyKind
    from huiyin.web.clock import now

    facts = BodyFacts(kind=BodyKind(options.kind), name=options.name, contact_name=options.contact, phone=options.phone)
    office = _office(options.office)
    body = enter_body(procuratorate=office, facts=facts, request_key=uuid4(), actor=SYSTEM, at=now())
    print(f"已录入：{body.name}（{body.get_kind_display()}），{office.name}")
    return 0


def show(options: argparse.Namespace) -> int:
    """The bodies of an office, those taken out of use marked."""
    from huiyin.organisations.models import CongressBody

    office = _office(options.office)
    bodies = CongressBody.objects.filter(procuratorate=office).order_by("kind", "id")
    for body in bodies:
        stopped = f"　{body.ended_on}停用" if body.ended_on else ""
        print(f"{body.get_kind_display()}　{body.name}{stopped}")
    if not bodies:
        print(f"{office.name}还没有交办机关。可用 huiyin bodies add 录入。")
    return 0


def _office(code: str) -> Procuratorate:
    from huiyin.organisations.models import Procuratorate

    offices = Procuratorate.objects.order_by("code")
    if code:
        found = offices.filter(code=code).first()
        if found is None:
            raise NoSuchOffice(f"没有代码为“{code}”的检察院，请核对。")
        return found
    first = list(offices[:2])
    if not first:
        raise NoSuchOffice("还没有录入检察院。请系统管理员先在【单位与部门】录入。")
    if len(first) > 1:
        raise NoSuchOffice("录入了不止一个检察院，请用 --office 写明代码。")
    return first[0]

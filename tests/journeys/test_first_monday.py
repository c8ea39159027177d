"""The first Monday of a new office: an empty database, commands and pages only, nothing that the demonstration loads.

Each fixture is one step of chapter 7 of the manual and gives the house as it stands after it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from huiyin.cli.main import main
from huiyin.matters.models import Matter, Reply
from huiyin.organisations.models import Department, Post, Procuratorate, Staff
from huiyin.suggestions.models import Proposal
from tests.support.lists import workbook
from tests.support.newcomer import FIRST, Browser, file

STAFF = [  # login, name, role, department, title
    ("zhao_lian", "赵联络", "liaison_office", "办公室", "联络办公室干警"),
    ("qian_zhu", "钱主任", "office_head", "办公室", "办公室主任"),
    ("sun_jian", "孙检", "chief", "", "检察长"),
    ("li_fu", "李副检", "deputy_chief", "", "副检察长"),
    ("zhou_bu", "周部长", "department_head", "第二检察部", "第二检察部主任"),
    ("wu_ban", "吴承办", "handler", "第二检察部", "检察官"),
    ("zheng_ji", "郑机要", "registry", "办公室", "机要文书"),
    ("wang_bao", "王保密", "secrecy_reviewer", "办公室", "保密专员"),
]
LIST = (
    ("162001", "关于加强校园周边电子烟治理的建议", "张示例", "第三代表团", "县检察院"),
    ("162002", "关于规范校外托管机构的建议", "李样本", "第一代表团", "主办：县检察院；协办：县司法局"),
)
ROSTER = ("姓名", "性别", "届", "代表团", "手机")


def command(*words: str) -> None:
    assert main(words) == 0, words


@pytest.fixture
def monday(db, at):
    with time_machine.travel(at, tick=False):
        yield at


@pytest.fixture
def house(monday, capsys) -> dict[str, Browser]:
    """Seats, books, calendar, the phone site's front, from the command line; the three administrators signed in."""
    seats = {"sysadmin": "甲系统", "secadmin": "乙安全", "auditadmin": "丙审计"}
    browsers = {}
    for seat, name in seats.items():
        command("seats", "appoint", seat, f"{seat}_1", "--name", name)
        password = re.search(r"：(\S+)$", capsys.readouterr().out.strip())
        assert password
        browsers[seat] = Browser.of(f"{seat}_1", password[1])
    command("books", "load", "--shipped")
    command("calendar", "seed")
    command("portal", "front", "--organ", "练习县人民检察院", "--phone", "0000-1234567")
    return browsers


@pytest.fixture
def office(house) -> dict[str, Browser]:
    """The office, its departments and people, entered by the system administrator; everybody signed in."""
    sysadmin = house["sysadmin"]
    sysadmin.open("desk:staff:enter_office")
    sysadmin.send(
        code="990122", name="练习县人民检察院", short_name="练习县院", document_prefix="练检", level="county",
        phone="0000-1234567",
    )  # fmt: skip
    for name, short in (("办公室", "办公室"), ("第二检察部（未成年人检察）", "未检部")):
        sysadmin.open("desk:staff:enter_department")
        sysadmin.send(name=name, short_name=short)  # the only office is chosen already
    for username, name, role, department, title in STAFF:
        sysadmin.open("desk:staff:enter")
        sysadmin.send(username=username, name=name, password=FIRST)
        _appoint(sysadmin, role, department, title)
    return house | {username: Browser.of(username) for username, *_ in STAFF}


def _appoint(sysadmin: Browser, role: str, department: str, title: str) -> None:
    """On the person's page, where entering ended."""
    assert "还没有岗位" in sysadmin.said
    sysadmin.open(sysadmin.url + "posts/new/")
    chosen = sysadmin.choose("department", department) if department else ""
    sysadmin.send(role=role, department=chosen, title=title, office_phone="0000-1234567", from_on="2026-01-01")


@pytest.fixture
def ready(office) -> dict[str, Browser]:
    """Charges, books in force, the assigning body, the deputies."""
    deputy = Post.objects.get(role="deputy_chief")
    sysadmin = office["sysadmin"]
    sysadmin.open("desk:staff:put_in_charge", deputy.pk)
    sysadmin.send(departments=[str(Department.objects.get(short_name="未检部").pk)], from_on="2026-01-01")
    for code, version in (
        ("deputies_law", "2025"),
        ("business_catalogue", "2026"),
        ("seven_steps", "2022"),
        ("sample_city", "2022"),
    ):
        command("books", "put-in-force", code, version, "--by", "qian_zhu")
    zhao = office["zhao_lian"]
    zhao.open("desk:bodies:enter")
    zhao.send(kind="congress", name="练习县人大常委会代表工作委员会", contact_name="卜联系", phone="0000-7654321")
    zhao.open("desk:imports:new", "people.deputies")
    roster = workbook(
        ("张示例", "女", "16", "第三代表团", "10000000001"), ("李样本", "男", "16", "第一代表团", ""), head=ROSTER
    )
    zhao.send(
        list=file("名册.xlsx", roster), said_kind="deputy", said_level="county", said_from_on="2022-01-10",
        said_body=zhao.choose("said_body", "练习县人大"), said_evidence="代工委提供的名册",
    )  # fmt: skip
    assert "导入完成，共2件" in zhao.send(zhao.url + "flip/", then="flip")
    return office


@pytest.fixture
def by_hand(ready) -> Matter:
    """One suggestion registered by hand."""
    zhao = ready["zhao_lian"]
    zhao.open("desk:matters:enter")
    zhao.send(
        assigner=zhao.choose("assigner", "练习县人大"), term="16", session="2", external_number="162009",
        assigned_on="2026-03-02", received_on="2026-03-03", title="关于加强校园周边安全的建议", lead="张示例",
        delegation="第三代表团", body="一、建议加强巡查。",
    )  # fmt: skip
    return Matter.objects.get(external_number="162009")


@pytest.fixture
def listed(ready, by_hand) -> list[Matter]:
    """A list imported."""
    zhao = ready["zhao_lian"]
    zhao.open("desk:imports:new", "suggestions.list")
    zhao.send(
        list=file("建议清单.xlsx", workbook(*LIST)), said_assigner=zhao.choose("said_assigner", "练习县人大"),
        said_list_number="练人代〔2026〕1号", said_assigned_on="2026-03-02", said_received_on="2026-03-03",
        said_term="16", said_session="2",
    )  # fmt: skip
    zhao.send(zhao.url + "flip/", then="flip")
    return list(Matter.objects.order_by("pk"))


class TestAnEmptyHouse:
    def test_tells_the_system_administrator_what_to_do_first(self, house):
        page = house["sysadmin"].open("desk:staff:list")
        for step in ("录入检察院，填好机关代字", "录入部门和简称", "录入人员并任用岗位：还缺联络办公室"):
            assert step in page
        assert "还没有录入检察院" in house["sysadmin"].open("desk:staff:offices")

    def test_lets_nobody_without_a_post_in_and_says_whom_to_ask(self, house):
        sysadmin = house["sysadmin"]
        sysadmin.open("desk:staff:enter")
        sysadmin.send(username="newcomer", name="辛来者", password=FIRST)
        browser = Browser()
        browser.open("desk:sign_in")
        form = browser.form()
        browser.client.post(form.url, form.typed(login="newcomer", password=FIRST))
        form = browser.client.post(
            reverse("desk:change_password"),
            {"old": FIRST, "new": "Third-word-28", "again": "Third-word-28"},
            follow=True,
        )
        assert form.status_code == 403
        assert "请联系系统管理员任用岗位" in form.content.decode()


class TestAnOfficeWithPeopleOnly:
    def test_knows_what_to_do_next_on_every_page(self, office):
        zhao = office["zhao_lian"]
        assert "还没有交办机关" in zhao.open("desk:matters:enter")
        assert "还没有交办机关" in zhao.open("desk:imports:new", "suggestions.list")
        assert "录入第一个" in zhao.open("desk:bodies:list")
        assert "录入第一位" in zhao.open("desk:people:list")
        page = zhao.open("desk:home")
        for step in ("还没有交办机关，请录入", "制度还没有施行，请办公室负责人批准施行", "代表名册还是空的，请导入"):
            assert step in page
        for name in ("desk:matters:list", "desk:proposals:list", "desk:replies:list", "desk:books:list"):
            assert zhao.open(name)

    def test_cannot_register_before_a_book_is_in_force(self, office):
        zhao = office["zhao_lian"]
        command("bodies", "add", "congress", "练习县人大常委会代表工作委员会")
        zhao.open("desk:matters:enter")
        form = zhao.form()
        answer = zhao.client.post(form.url, form.typed(
            assigner=zhao.choose("assigner", "练习县人大"), term="16", external_number="162009",
            assigned_on="2026-03-02", received_on="2026-03-03", title="关于校园周边的建议", lead="张示例",
        ))  # fmt: skip
        assert answer.status_code == 422
        assert "制度" in answer.content.decode()


class TestTheFirstMonday:
    def test_registers_by_hand_and_from_a_list(self, ready, by_hand, listed):
        assert by_hand.number == "练检建〔2026〕1号"
        assert by_hand.deadlines.filter(label="答复代表").exists()
        assert by_hand.participants.get(position=0).person.name == "张示例"
        assert [matter.external_number for matter in listed] == ["162009", "162001", "162002"]
        assert "开始使用前还要办的" not in ready["sysadmin"].open("desk:staff:list")
        assert "开始前" not in ready["zhao_lian"].open("desk:home")

    def test_goes_on_over_one_sheet_to_a_numbered_letter(self, ready, listed):
        sheet = _sheet(ready["zhao_lian"], listed)
        _agreed(ready, sheet)
        assert {matter.status for matter in Matter.objects.all()} == {"assigned"}
        assert "待签收的交办" in ready["zhou_bu"].open("desk:home")
        letter = _signed(ready, _answered(ready, Matter.objects.get(external_number="162001")))
        zhao, zheng = ready["zhao_lian"], ready["zheng_ji"]
        zhao.open("desk:replies:proofread", letter.pk)
        zhao.send()
        zheng.open("desk:replies:detail", letter.pk)
        zheng.send(reverse("desk:replies:number", args=[letter.pk]))
        letter.refresh_from_db()
        assert letter.number.text == "练检函〔2026〕1号"


def _answered(people: dict[str, Browser], matter: Matter) -> Reply:
    """Signed for by the department, talked over with the deputy, written and sent up."""
    zhou, wu = people["zhou_bu"], people["wu_ban"]
    part = matter.undertakings.get()
    zhou.open("desk:undertakings:detail", part.pk)
    sign_for = reverse("desk:undertakings:sign_for", args=[part.pk])
    zhou.send(sign_for, handler=zhou.choose("handler", "吴承办", sign_for))
    wu.open("desk:acts:record", matter.pk)
    wu.send(kind="consult", stage="before", mode="face_to_face", happened_on="2026-03-05", deputy_words="请加强巡查。",
            our_words="已经部署。", participant=str(matter.participants.get(position=0).pk))  # fmt: skip
    wu.open("desk:acts:record", matter.pk)
    wu.send(kind="solicit", stage="during", mode="phone", happened_on="2026-03-05", deputy_words="同意这样办。",
            our_words="谢谢。", participant=str(matter.participants.get(position=0).pk))  # fmt: skip
    wu.open("desk:replies:begin", matter.pk)
    wu.send()
    wu.send(body="一、关于巡查\n我院已会同有关部门开展巡查。", outcome="resolved", publish="yes", submit="1")
    return Reply.objects.get(matter=matter)


def _signed(people: dict[str, Browser], letter: Reply) -> Reply:
    """By everyone whom the book names, in its order."""
    for username in ("zhou_bu", "qian_zhu", "wang_bao", "li_fu", "sun_jian"):
        browser = people[username]
        browser.open("desk:approvals:inbox")
        browser.open("desk:replies:sign", letter.pk)
        browser.send(verdict="agree", opinion="同意。")
    return letter


def _sheet(zhao: Browser, matters: list[Matter]) -> Proposal:
    for matter in matters:
        zhao.open("desk:matters:classify", matter.pk)
        zhao.send(category="未成年人检察", problem_class="common", urgency="normal")
    zhao.open("desk:matters:list")
    zhao.send(reverse("desk:proposals:draft"), matter=[str(matter.pk) for matter in matters])
    sheet = Proposal.objects.get()
    fill = reverse("desk:proposals:fill", args=[sheet.pk])
    said: dict[str, Any] = {}
    for row in sheet.rows.all():
        said[f"row{row.pk}-role0"] = "lead"
        said[f"row{row.pk}-unit0"] = zhao.choose(f"row{row.pk}-unit0", "第二检察部", fill)
        said[f"row{row.pk}-opinion"] = "拟由未检部办理。"
    zhao.send(fill, **said)
    zhao.send(reverse("desk:proposals:send", args=[sheet.pk]))
    return Proposal.objects.get(pk=sheet.pk)


def _agreed(people: dict[str, Browser], sheet: Proposal) -> None:
    decide = reverse("desk:proposals:decide", args=[sheet.pk])
    for username in ("qian_zhu", "li_fu"):
        browser = people[username]
        assert sheet.number in browser.open("desk:approvals:inbox")
        browser.open("desk:proposals:detail", sheet.pk)
        browser.send(decide, verdict="agree", opinion="同意。")


def test_nothing_came_from_the_demonstration(house):
    assert not Procuratorate.objects.exists()
    assert Staff.objects.count() == 3

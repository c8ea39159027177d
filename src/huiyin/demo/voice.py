"""How the deputies of the demonstration are heard: an answer laid open, one rated by all, a copy owed."""

from __future__ import annotations

from datetime import date
from typing import Final

from huiyin.demo import letters
from huiyin.demo.letters import Answer
from huiyin.demo.matters import facts
from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, Routing, agreed_sheet, at_ten, key_for
from huiyin.disclosure.operations import approve_publication, check_publication, propose_publication
from huiyin.disclosure.queries import public_text
from huiyin.exchange.models import Card
from huiyin.exchange.operations import receive
from huiyin.exchange.queries import account_of
from huiyin.exchange.shapes import POLL, VOTE
from huiyin.files.operations import store
from huiyin.matters.models import Matter, Poll, Reply
from huiyin.matters.operations.orders import Order
from huiyin.matters.operations.polls import PollFacts, close_poll, open_poll, remind_poll
from huiyin.matters.rules import ProblemClass
from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.operations import enter_person
from huiyin.people.rules import CongressLevel, MandateKind

VOTES: Final = {"李样本": "satisfied", "赵占位": "mostly_satisfied", "钱练习": "satisfied", "阿依·示例": "satisfied"}


def load_voice(offices: Offices) -> None:
    """After the matters with facts of their own."""
    _laid_open(offices, _answer("162001"))
    _rated_by_all(offices, _answer("162013"))
    _provincial_deputy(offices)


def _answer(number: str) -> Reply:
    matter = Matter.objects.get(external_number=number)
    return Reply.objects.select_related("matter__procuratorate", "number").get(matter=matter, kind="reply")


def _laid_open(offices: Offices, reply: Reply) -> None:
    title, text = public_text(reply)
    made = propose_publication(
        reply=reply, title=title, text=text, consent_note="5月25日征询意见表上当面确认，同意公开。",
        actor=offices.act("officer_wang"), request_key=key_for("publication", reply.pk), at=at_ten(date(2026, 6, 1)),
    )  # fmt: skip
    reviewer, leader = offices.act("secrecy_reviewer"), offices.act("chief")
    check_publication(
        publication=made, passes=True, opinion="不涉及国家秘密和个人隐私。", actor=reviewer, version=1,
        at=at_ten(date(2026, 6, 2)),
    )  # fmt: skip
    approve_publication(
        publication=made, agrees=True, opinion="同意公开。", actor=leader, version=2, at=at_ten(date(2026, 6, 3))
    )


def _rated_by_all(offices: Offices, reply: Reply) -> None:
    begun, officer = date(2026, 6, 8), offices.act("officer_wang")
    paper = store(
        content=b"%PDF-1.4 demo order", name="来文.pdf", procuratorate=offices.city, actor_key=officer.key,
        at=at_ten(begun),
    )  # fmt: skip
    order = Order(
        organ="样本市人大常委会代表工作委员会", document_number="样人代工〔2026〕11号", dated_on=date(2026, 6, 5),
        scan=paper,
    )  # fmt: skip
    told = PollFacts(
        lead_told_on=date(2026, 6, 5), lead_told_how="电话告知王虚构代表，代表同意。", from_on=begun,
        until_on=date(2026, 6, 26),
    )  # fmt: skip
    poll = open_poll(reply=reply, order=order, facts=told, actor=officer, at=at_ten(begun, 10))
    for minute, (name, grade) in enumerate(VOTES.items()):
        _vote(poll, name, grade, minute)
    remind_poll(poll=poll, actor=officer, version=1, at=at_ten(date(2026, 6, 18)))
    close_poll(poll=poll, actor=officer, version=2, at=at_ten(date(2026, 6, 29)))


def _vote(poll: Poll, name: str, grade: str, minute: int) -> None:
    voter = poll.voters.get(name=name)
    account = account_of(f"p:{voter.person_id}")
    assert account is not None
    card = Card.objects.get(account=account, kind=POLL)
    receive(
        account=account, card_public_id=card.public_id, kind=VOTE, payload={"poll": f"poll:{poll.pk}", "grade": grade},
        request_key=key_for("vote", voter.pk), at=at_ten(date(2026, 6, 12), minute),
    )  # fmt: skip


def _provincial_deputy(offices: Offices) -> None:
    """闭160006: of a deputy of the provincial congress who lives here; its copy is still owed to 示例省."""
    enter_person(
        facts=PersonFacts(name="冯试讲", unit_post="样本市职业学院教师", profession="教育"),
        mandate=MandateFacts(
            kind=MandateKind.DEPUTY, level=CongressLevel.PROVINCE, body=offices.bodies["congress"], term=16,
            delegation="样本市代表团", from_on=date(2022, 1, 10), liaison_officer=offices.posts["liaison_officer"],
        ),
        mobile="10000000090", evidence="当面核对", request_key=key_for("deputy", "冯试讲"),
        actor=offices.act("officer_wang"), at=at_ten(date(2026, 1, 5)),
    )  # fmt: skip
    road = Road.registered(
        offices,
        facts(
            offices, "闭160006", "关于职业院校法治课程共建的建议", ("冯试讲", "样本市代表团"),
            body="职业院校学生即将走上社会，建议检察机关参与共建法治课程。",
            session=None, list_number="样人代函〔2026〕12号", assigned_on=date(2026, 7, 6),
            received_on=date(2026, 7, 7),
        ),
    )  # fmt: skip
    road.classified(date(2026, 7, 8), "未成年人检察", ProblemClass.INDIVIDUAL)
    agreed_sheet(offices, [Routing(road, "second", opinion="建议由未检部独办。")], date(2026, 7, 9))
    road.signed_for(date(2026, 7, 10))
    letters.talked(road, date(2026, 7, 16), words="希望课程讲案例，学生听得进去。")
    answer = Answer(lines=["一、关于共建课程", "我院与学院商定，每学期选派检察官授课四次，并共同编写案例讲义。"])
    reply = letters.answered(road, date(2026, 8, 20), answer)
    letters.delivered(road, reply, date(2026, 8, 21))
    letters.rated(road, reply, date(2026, 8, 26), "satisfied", words="课程已经开始，学生欢迎。")
    letters.closed(road, date(2026, 8, 28))

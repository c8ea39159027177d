"""The pages of opinions, assigned matters and acts of oversight: registered, worked through, listed, printed."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.support.outside import system
from tests.support.oversight import oversight_of, registered
from tests.support.visit import visit

from huiyin.audit.models import Record
from huiyin.matters.kinds import NotOfThisKind
from huiyin.matters.models import Matter
from huiyin.matters.operations.closing import redo
from huiyin.matters.operations.items import set_items
from huiyin.matters.operations.revisits import plan_revisit
from huiyin.organisations.actors import seated
from huiyin.organisations.models import AdminSeat, Staff
from huiyin.organisations.operations.bodies import stop_body
from huiyin.organisations.operations.posts import close_post
from huiyin.organisations.rules import Seat
from huiyin.oversight.models import Opinion
from huiyin.oversight.rules import Kind, OpinionState
from huiyin.suggestions.operations.conversions import Split, propose_conversion
from huiyin.suggestions.operations.correct import correct_suggestion, facts_now
from huiyin.suggestions.operations.returns import propose_return
from huiyin.suggestions.operations.withdrawals import record_withdrawal


def typed(world, **changes):
    """A delegation's opinions as the clerk types them."""
    usual = {
        "kind": Kind.DELEGATION.value, "request_key": str(uuid4()), "asker": world.bodies["congress"].pk,
        "number": "第三代表团-04", "title": "第三代表团的审议意见", "occasion": "十六届人大二次会议",
        "held_on": "2026-02-27", "delegation": "第三代表团", "listener": world.posts["head_second"].pk,
        "opinions": "公开回复率。\n\n周末能否开放？", "term": 16, "session": 2, "assigned_on": "2026-03-02",
        "received_on": "2026-03-02",
    }  # fmt: skip
    return usual | changes


class TestRegistering:
    def test_keeps_what_was_typed_and_says_what_is_missing(self, in_force, desk):
        client, url = desk("officer_wang"), reverse("desk:oversight:enter")
        assert "代表团审议意见" in visit(client, url).content.decode()
        for kind in Kind:
            visit(client, f"{url}?kind={kind.value}")
        refused = client.post(url, typed(in_force, held_on="2026-03-09", linked="162999"))
        assert refused.status_code == 422
        assert "编号“162999”没有找到" in refused.content.decode()
        assert not Matter.objects.exists()
        sent = client.post(url, typed(in_force))
        assert sent.status_code == 302
        assert [each.text for each in Opinion.objects.all()] == ["公开回复率。", "周末能否开放？"]

    def test_asks_who_signed_a_demand_for_an_answer_and_enters_outside_what_the_book_says(self, in_force, desk, at):
        there = system(in_force, at)
        world = in_force
        client, url = desk("officer_wang"), reverse("desk:oversight:enter")
        page = visit(client, f"{url}?kind={Kind.ACT.value}").content.decode()
        assert "常委会组成人员5人以上" in page
        few = typed(
            world, kind=Kind.ACT.value, form="interpellation", scope="law", answer_mode="oral", asked_by="赵占位等4人",
            answerer=world.posts["deputy_chief"].pk, answer_by_on="2026-03-27", signed_by="member", signed_count=4,
        )  # fmt: skip
        refused = client.post(url, few)
        assert refused.status_code == 422
        assert "须5人以上联名" in refused.content.decode()
        assert client.post(url, few | {"signed_count": ""}).status_code == 422
        assert client.post(url, few | {"signed_count": 5}).status_code == 302
        front = reverse("desk:matters:detail", args=[Matter.objects.get().pk])
        assert "常委会组成人员5人" in visit(client, front).content.decode()
        assert not there.references.exists()  # the book names other kinds
        assigned = registered(world, at, Kind.ASSIGNED)
        assert there.references.get().matter == assigned


class TestThePageOfAMatter:
    def test_leads_from_the_opinions_to_the_end(self, in_force, desk, at):
        matter = registered(in_force, at, Kind.DELEGATION)
        client = desk("officer_wang")
        front = reverse("desk:matters:detail", args=[matter.pk])
        assert "2条未落实" in visit(client, front).content.decode()
        first, second = oversight_of(matter).opinions.all()
        settle = reverse("desk:oversight:settle", args=[matter.pk])
        assert "第1、2条意见" in visit(client, settle).content.decode()
        answer = {
            "version": 1, "answer": "本月公布。", "answered_by": in_force.posts["head_second"].pk,
            "answered_on": date(2026, 3, 2), "on_the_spot": "on",
        }  # fmt: skip
        client.post(reverse("desk:oversight:answer", args=[first.pk]), answer)
        client.post(reverse("desk:oversight:answer", args=[first.pk]), answer | {"version": 2, "answer": "下月公布。"})
        told = Record.objects.filter(verb="oversight.opinion_answered").latest("pk").facts
        assert told["changed"] == {"answer": ["本月公布。", "下月公布。"]}
        measure = {
            "version": 1, "request_key": str(uuid4()), "text": "周末开放", "owner": in_force.posts["head_second"].pk
        }  # fmt: skip
        client.post(reverse("desk:oversight:take_up", args=[second.pk]), measure)
        states = [each.state for each in oversight_of(matter).opinions.all()]
        assert states == [OpinionState.ON_THE_SPOT, OpinionState.TAKEN_UP]
        client.post(settle, {"version": matter.version})
        page = visit(client, front).content.decode()
        assert "已办结" in page
        assert "周末开放" in page
        paper = reverse("desk:oversight:paper", args=[matter.pk, "html"])
        assert "代表团分组审议意见记录" in client.post(paper).content.decode()

    def test_corrects_a_day_that_was_named_after_body_and_listener_have_gone(self, in_force, desk, at):
        matter = registered(in_force, at, Kind.DELEGATION, answer_by_on=date(2026, 4, 10))
        listener, asker = in_force.posts["head_second"], in_force.bodies["congress"]
        keeper = Staff.objects.create(username="keeper", name="管系统")
        seat = AdminSeat.objects.create(staff=keeper, role=Seat.SYSADMIN, from_on=at.date())
        close_post(post=listener, until_on=at.date(), hand_over_to=None, actor=seated(seat), at=at)
        stop_body(body=asker, version=asker.version, actor=in_force.act("officer_wang"), at=at)
        client, url = desk("officer_wang"), reverse("desk:oversight:correct", args=[matter.pk])
        form = visit(client, url).context["form"]
        said = {name: value for name, value in form.initial.items() if value not in {None, ""} and name in form.fields}
        sent = client.post(url, said | {"answer_by_on": "2026-04-20", "reason": "来文更正"})
        assert sent.status_code == 302, sent.context["form"].errors
        assert matter.deadlines.get(limit_code="DLG_REPLY").due_on == date(2026, 4, 20)
        assert (oversight_of(matter).listener, sent.url) == (listener, reverse("desk:matters:detail", args=[matter.pk]))


class TestWhatOnlySuggestionsHave:
    def test_is_refused_by_the_operations_and_not_there_on_the_pages(self, in_force, desk, at):
        matter = registered(in_force, at, Kind.REVIEW)
        officer, head = in_force.act("officer_wang"), in_force.act("office_head")
        usual = {"matter": matter, "actor": officer, "at": at}
        split = Split(whole=True, case_title="某案", question="问")
        refused = [
            lambda: correct_suggestion(correction=facts_now(matter), reason="误", version=1, **usual),
            lambda: set_items(rows=[], version=1, **usual),
            lambda: propose_return(
                **usual | {"actor": head}, reason="不属", proper_unit="某局", leader=in_force.posts["chief"],
                request_key=uuid4(),
            ),
            lambda: record_withdrawal(**usual, signers=[], signed_on=at.date(), scan=None, request_key=uuid4()),
            lambda: propose_conversion(**usual, split=split, reason="涉案", request_key=uuid4()),
            lambda: plan_revisit(**usual),
            lambda: redo(**usual, asked_on=at.date(), version=1),
        ]  # fmt: skip
        for act in refused:
            with pytest.raises(NotOfThisKind, match="审议意见书"):
                act()
        pages = {
            "officer_wang": [
                "matters:correct", "matters:items", "withdrawals:detail", "inquiries:propose_conversion", "ratings:redo"
            ],
            "office_head": ["returns:propose"],
        }  # fmt: skip
        for who, names in pages.items():
            client = desk(who)
            statuses = {name: client.get(reverse(f"desk:{name}", args=[matter.pk])).status_code for name in names}
            assert set(statuses.values()) <= {404}, statuses


class TestTheListAndTodaysWork:
    def test_count_what_is_left_to_do(self, in_force, desk, at):
        for kind in Kind:
            registered(in_force, at, kind)
        client = desk("officer_wang")
        page = visit(client, reverse("desk:oversight:list")).content.decode()
        assert "2条未落实" in page
        assert "对检察建议落实情况的质询案" in page
        home = visit(client, reverse("desk:home")).content.decode()
        assert "没有落实的审议、检查意见" in home
        assert "质询" in visit(client, reverse("desk:matters:list") + "?kind=oversight_act").content.decode()
        sheet = client.post(reverse("desk:oversight:export"), {"kind": "", "state": ""})
        assert sheet.headers["Content-Type"].startswith("application/vnd")
        leader = desk("deputy_chief")
        assert "由您负责的交办、监督事项" in visit(leader, reverse("desk:home")).content.decode()
        mine = visit(leader, reverse("desk:oversight:list") + "?state=mine")
        assert [row["matter"].kind for row in mine.context["rows"]] == [Kind.ACT]
        visit(leader, reverse("desk:matters:detail", args=[mine.context["rows"][0]["matter"].pk]))

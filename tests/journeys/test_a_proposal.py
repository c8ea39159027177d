"""A proposal to the CPPCC from its list to its end: limits, words, register and account of its own."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from huiyin.imports.registry import Context
from huiyin.imports.registry import kind_of as import_kind
from huiyin.matters.drafting import latest
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Deadline, Matter
from huiyin.statistics.queries.loading import cases_of
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.rules import Docketing, ProposerKind, Side, SuggestionKind
from tests.support import history, letters
from tests.support.desk import Desk
from tests.support.desk import desk as desk
from tests.support.world import World

PARTY = "民建样本市委员会"


def proposal(world: World, at: datetime, **changes: object) -> Matter:
    """第0117号: a party's, of the full session."""
    usual: dict[str, object] = {
        "title": "关于建立涉企“挂案”清理机制的提案", "kind": SuggestionKind.PROPOSAL, "side": Side.PROPOSER,
        "proposer_kind": ProposerKind.PARTY, "assigner": world.bodies["cppcc"], "term": 14, "session": 2,
        "external_number": "0117", "list_number": "", "lead": Signer(name=PARTY), "body": "建议限期清理。",
    }  # fmt: skip
    return history.registered(world, at, **usual | changes)


def days(matter: Matter) -> dict[str, date]:
    return dict(Deadline.objects.filter(matter=matter, dropped_at=None).values_list("limit_code", "due_on"))


class TestTheLimitsOfAProposal:
    def test_come_from_its_own_book(self, in_force: World, at: datetime) -> None:
        of_the_session = days(proposal(in_force, at))
        between = days(proposal(in_force, at, session=None, external_number="0203"))
        assert of_the_session["PRO_REPLY"] == date(2026, 8, 3)  # five months end on a Sunday
        assert "PRO_REPLY_BETWEEN" not in of_the_session
        assert between["PRO_REPLY_BETWEEN"] == date(2026, 6, 2)
        assert not {"PRO_REPLY", "SUG_REPLY"} & between.keys()

    def test_are_none_for_what_was_not_filed(self, in_force: World, at: datetime) -> None:
        letter = proposal(in_force, at, docketing=Docketing.MEMBER_LETTER)
        assert not {"PRO_REPLY", "PRO_REPLY_BETWEEN"} & days(letter).keys()
        assert kind_of(letter).wording(letter).noun == "委员来信"


class TestTheRoadOfAProposal:
    def test_says_deputy_on_no_page_and_no_paper(self, in_force: World, desk: Desk, at: datetime) -> None:
        matter = history.in_hand(in_force, at, proposal(in_force, at))
        reply = letters.delivered(in_force, matter, at)
        matter.refresh_from_db()

        assert kind_of(matter).wording(matter).salutation == f"{PARTY}："
        client = desk("officer_wang")
        urls = [f"/desk/matters/{matter.pk}/", f"/desk/matters/{matter.pk}/correct/", f"/desk/replies/{reply.pk}/"]
        urls += [f"/desk/matters/{matter.pk}/classify/", "/desk/matters/new/proposal/"]
        for url in urls:
            assert "代表" not in content(client.get(url)), url
        said = str(latest(reply).content) + str(kind_of(matter).wording(matter))
        assert "代表" not in said
        assert "党派提案（党派组织盖章）" in content(client.get(urls[0]))

    def test_has_its_own_register_and_is_on_time_by_its_own_limit(self, in_force: World, at: datetime) -> None:
        matter = history.in_hand(in_force, at, proposal(in_force, at, session=None))
        assert matter.number == "样检提〔2026〕1号"
        letters.delivered(in_force, matter, at)
        matter.refresh_from_db()
        assert Deadline.objects.get(matter=matter, limit_code="PRO_REPLY_BETWEEN").met_at == at
        (case,) = cases_of(Matter.objects.filter(pk=matter.pk))
        assert (case.kind, case.answer_limit) == ("proposal", "PRO_REPLY_BETWEEN")


def content(page: object) -> str:
    """What the page says of the matter: without the frame every page shares, and without the titles of rules cited."""
    html = page.content.decode()  # type: ignore[attr-defined]
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]  # type: ignore[index]
    return re.sub(r"《[^》]*》", "", main)


class TestTheCommitteesList:
    @pytest.fixture
    def context(self, in_force: World, at: datetime) -> Context:
        header = {
            "assigner": str(in_force.bodies["cppcc"].pk), "term": 14, "session": 2, "assigned_on": "2026-03-02",
            "received_on": "2026-03-03",
        }  # fmt: skip
        found = Context(procuratorate=in_force.city, header=header, post=in_force.posts["officer_wang"], at=at)
        import_kind("suggestions.proposals").prepare(found)
        return found

    def test_speaks_its_own_words_and_reads_the_six_kinds(self, context: Context) -> None:
        kind = import_kind("suggestions.proposals")
        said = [f"{each.label}{each.note}{each.example}" for each in kind.columns]
        assert "代表" not in "".join(said)
        row = {
            "number": "第0117号",
            "title": "清理挂案",
            "lead": PARTY,
            "units": "市检察院",
            "proposer_kind": "民主党派",
        }
        parsed = kind.parse_row(row, context)
        assert (parsed.values["proposer_kind"], parsed.values["docketing"], parsed.problems) == ("party", "filed", [])
        odd = kind.parse_row({**row, "cosigners": "申委员", "docketing": "未立案", "proposer_kind": "甲"}, context)
        assert [each.field for each in odd.problems] == ["proposer_kind", "docketing"]
        assert "联名提案人" in kind.parse_row({**row, "cosigners": "申委员"}, context).problems[0].sentence

"""What went to a case inquiry does not come back: not by the list, not by a correction, not as an original."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from tests.support import extensions as road
from tests.support import following
from tests.support.conversions import CASE, converted_part, converted_whole
from tests.support.desk import Desk
from tests.support.desk import desk as desk
from tests.support.history import in_hand, registered
from tests.support.letters import drafted, fresh, signed
from tests.support.lists import GOOD, original, staged_list
from tests.support.superior import given
from tests.support.visit import visit
from tests.support.world import World

from huiyin.approvals.models import Approval
from huiyin.desk.matters.timeline import timeline
from huiyin.files.operations import examine, store
from huiyin.imports.operations import attach_originals, flip
from huiyin.imports.operations.flipping import NothingChosen
from huiyin.matters.models import FileBundle, Item, Matter, Reply
from huiyin.matters.operations.attachments import OriginalSealed, add_attachments
from huiyin.matters.operations.emphasis import raise_to_key, set_urgency
from huiyin.matters.operations.replies_issuing import proofread, take_number
from huiyin.matters.operations.replies_undoing import void_letter
from huiyin.matters.rules import SEALED_AWAY, ReplyStatus
from huiyin.messaging.models import Message
from huiyin.numbering.models import Number
from huiyin.suggestions.operations.correct import Converted, correct_suggestion, facts_now
from huiyin.suggestions.operations.merging import merge

ROW = ("162001", f"关于{CASE}及进度告知的建议", *GOOD[2:])
ROADS = {"part": converted_part, "whole": converted_whole}


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    """Came in with a list, the case in its title."""
    batch = staged_list(in_force, at, ROW)
    flip(batch=batch, version=batch.version, actor=in_force.act("officer_wang"), at=at)
    return Matter.objects.get(external_number="162001", kind="suggestion")


@pytest.mark.parametrize("extent", ROADS)
class TestAConvertedSuggestion:
    def test_takes_nothing_of_the_same_list_again(
        self, matter: Matter, in_force: World, at: datetime, extent: str
    ) -> None:
        ROADS[extent](in_force, matter, at)
        later, officer = at + timedelta(days=7), in_force.act("officer_wang")
        batch = staged_list(in_force, later, ROW)
        word = examine(content=original(f"{CASE}为何没有结果"), name="第162001号.docx")
        attach_originals(batch=batch, files=[word], version=batch.version, actor=officer, at=later)
        batch.refresh_from_db()
        row = batch.rows.get()
        assert (row.changes, len([each for each in row.notes if "不再写入" in each["sentence"]])) == ([], 1)
        with pytest.raises(NothingChosen):
            flip(batch=batch, version=batch.version, actor=officer, at=later)
        matter.refresh_from_db()
        assert (CASE in matter.title, matter.attachments.exists()) == (False, False)

    def test_takes_no_corrected_title_and_no_original(
        self, matter: Matter, in_force: World, at: datetime, extent: str
    ) -> None:
        order = given(in_force, at, matter, by="officer_province", answer_by_on=at.date() + timedelta(days=9))
        ROADS[extent](in_force, matter, at)
        matter.refresh_from_db()
        assert order.deadlines.filter(dropped_at=None).exists() == (extent == "part")
        officer = in_force.act("officer_wang")
        with pytest.raises(Converted, match="不能再更正"):
            correct_suggestion(
                matter=matter, correction=replace(facts_now(matter), title=f"关于{CASE}的建议"), reason="更正",
                actor=officer, version=matter.version, at=at,
            )  # fmt: skip
        word = store(
            content=original(CASE), name="原文.docx", procuratorate=in_force.city, actor_key=officer.key, at=at
        )
        with pytest.raises(OriginalSealed, match="随之密封"):
            add_attachments(matter=matter, kind="original", files=[word], request_key=uuid4(), actor=officer, at=at)


class TestWhatStoodOnOpenPapers:
    """Of a matter in hand, with a draft, messages, a sheet, requests and a bound file."""

    @pytest.fixture
    def letter(self, in_force: World, deputies: object, at: datetime) -> Reply:
        matter = in_hand(in_force, at, registered(in_force, at, title=f"关于{CASE}及进度告知的建议"))
        Item.objects.create(matter=matter, position=1, text=f"说明{CASE}的进度")
        FileBundle.objects.create(matter=matter, status="done", asked_by=in_force.posts["office_head"], asked_at=at)
        return drafted(in_force, matter, at)

    def test_says_the_number_alone(self, letter: Reply, in_force: World, at: datetime) -> None:
        converted_part(in_force, letter.matter, at, who="handler_second")
        said = [f"{each.title}{each.body}" for each in Message.objects.all()]
        labels = [each.subject_label for each in Approval.objects.all()]
        assert [text for text in said + labels if CASE in text] == []
        assert any(label.endswith("：162001") for label in labels)

    def test_names_it_on_no_numbered_letter_given_up(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = in_hand(in_force, at, registered(in_force, at, title=f"关于{CASE}及进度告知的建议"))
        officer, letter = in_force.act("officer_wang"), fresh(signed(in_force, matter, at))
        proofread(reply=letter, actor=officer, version=letter.version, at=at)
        letter = fresh(letter)
        take_number(reply=letter, actor=in_force.act("registry"), version=letter.version, at=at)
        letter = fresh(letter)
        void_letter(reply=letter, reason="不发了", actor=officer, version=letter.version, at=at)
        assert Number.objects.filter(subject_label__contains=CASE).exists()
        matter.refresh_from_db()
        converted_part(in_force, matter, at, who="handler_second")
        labels = [each.subject_label for each in Number.objects.all()]
        assert [label for label in labels if CASE in label] == []
        letter.refresh_from_db()
        assert letter.void_reason == SEALED_AWAY

    def test_names_the_case_in_no_request_for_time_and_no_order(self, in_force: World, at: datetime) -> None:
        matter, later = in_hand(in_force, at), at + timedelta(days=14)
        road.asked(in_force, at, matter, reason=f"{CASE}还在审理")
        following.reported(in_force, later, matter, reason=f"{CASE}催办", demand=f"查清{CASE}")
        given(in_force, later, matter, by="officer_province", reason=f"请报{CASE}进展", given_on=later.date())
        matter.refresh_from_db()
        officer, also = in_force.act("officer_wang"), registered(in_force, at, external_number="162002")
        raise_to_key(
            matter=matter, criteria=["综合性强"], reason=f"{CASE}受关注", leader=in_force.posts["chief"], actor=officer,
            version=matter.version, at=later,
        )  # fmt: skip
        set_urgency(matter=matter, urgent=True, reason=CASE, actor=officer, version=matter.version, at=later)
        merge(matter=also, lead=matter, reason=f"都问{CASE}", actor=officer, version=also.version, at=later)
        matter.refresh_from_db()
        converted_part(in_force, matter, later)
        matter.refresh_from_db()
        assert (matter.key_reason, {each.reason for each in matter.emphases.all()}) == ("综合性强", {""})
        assert also.relations.get(kind="merged").note == ""
        order, above = matter.supervisions.get(), matter.superior_orders.get()
        kept = [matter.extensions.get().reason, order.reason, order.demand, order.reports.get().text, above.reason]
        assert kept == [""] * 5
        told = timeline(matter, [order.pk])
        assert {"申请延期", "提出督办", "上级院交办督办"} <= {each.kind for each in told}
        assert CASE not in "".join(each.text for each in told)
        assert not Message.objects.filter(Q(body__contains=CASE) | Q(title__contains=CASE)).exists()

    def test_is_read_by_nobody_in_the_voided_draft(
        self, letter: Reply, in_force: World, desk: Desk, at: datetime
    ) -> None:
        pages = [f"/desk/replies/{letter.pk}/", f"/desk/replies/{letter.pk}/versions/1/html/"]
        assert visit(desk("handler_second"), pages[0]).status_code == 200
        converted_part(in_force, letter.matter, at, who="handler_second")
        assert [desk("handler_second").get(page).status_code for page in pages] == [404, 404]
        letter.refresh_from_db()
        assert (letter.status, letter.voided_at, letter.void_reason) == (ReplyStatus.VOIDED, at, SEALED_AWAY)

    def test_leaves_requests_and_bound_file_empty(self, letter: Reply, in_force: World, at: datetime) -> None:
        converted_part(in_force, letter.matter, at, who="handler_second")
        assert not Item.objects.exists()
        assert not FileBundle.objects.exists()
        told = Message.objects.filter(post=in_force.posts["handler_second"], title__startswith="请重新填写具体请求")
        assert told.count() == 1

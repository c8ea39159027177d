"""What organs outside have a part in: acts together with them, an opinion asked for by letter; and the progress table
that the departments are writing."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.demo import letters
from huiyin.demo.letters import Answer
from huiyin.demo.matters import facts
from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, Routing, agreed_sheet, at_ten, key_for
from huiyin.files.operations import store
from huiyin.kernel.months import add_months
from huiyin.matters.models import Reply, Undertaking
from huiyin.matters.operations.acts import ActFacts, record_act
from huiyin.matters.operations.joint import Signed, countersign, join
from huiyin.matters.operations.opinion_requests import answer_by, ask_opinion
from huiyin.matters.rules import ActKind, HandlerRole, Mode, ProblemClass, Stage
from huiyin.organisations.actors import acting
from huiyin.suggestions.operations.progress import Written, open_progress, write_progress
from huiyin.suggestions.progress_queries import lines_open_to

PROGRESS_AHEAD = 5  # days from today to the progress table's day
REMAINING = 45  # days from today to the answer that waits for an opinion
ASKED = "一、对共享单车停放点设置有何安排。\n二、对在校学生骑行安全教育有何意见。"


def handled_together(road: Road, day: date) -> Road:
    """The office settles that the organ outside handles the matter and answers it with us."""
    part = _organ(road)
    join(
        undertaking=part, jointly=True, actor=road.offices.act("officer_wang"), version=part.version, at=at_ten(day, 25)
    )
    return road


def talked_together(road: Road, day: date, *, organ_attendees: str, words: str) -> Road:
    """联合面商: both organs sit down with the lead deputy."""
    talk = ActFacts(
        kind=ActKind.CONSULT, mode=Mode.FACE_TO_FACE, stage=Stage.BEFORE, happened_on=day,
        place="样本市人民检察院会客室", attendees="承办检察官、代表联络员", organ_attendees=organ_attendees,
        deputy_words=words, our_words="两家分别梳理各自的流程，统一口径。", agreed="两家联合办理、联合答复。",
        signed_by_deputy=True,
    )  # fmt: skip
    record_act(
        matter=road.fresh(), facts=talk, participant=letters.lead_of(road), undertaking=_organ(road), scan=None,
        actor=letters.drafter_of(road), request_key=key_for("joint", road.matter.number), at=at_ten(day, 30),
    )  # fmt: skip
    return road


def answered_together(road: Road, day: date, answer: Answer, *, signer: str, countersigned_on: date) -> Reply:
    """Draft to our last signature within a day; the other organ signs, then number, seals, issue."""
    reply = letters.drafted(road, day, answer)
    letters.signed(letters.submitted(road, reply, day), day)
    scan = store(
        content=letters.blank_sheet(), name="会签件（演示扫描件）.png", procuratorate=road.offices.city,
        actor_key=road.offices.act("officer_wang").key, at=at_ten(countersigned_on),
    )  # fmt: skip
    countersign(
        reply=reply, undertaking=_organ(road),
        signed=Signed(signer=signer, signer_title="院长", signed_on=countersigned_on), scan=scan,
        actor=letters.drafter_of(road), version=reply.version, at=at_ten(countersigned_on, 5),
    )  # fmt: skip
    reply.refresh_from_db()
    return letters.issued(road, reply, countersigned_on)


def _organ(road: Road) -> Undertaking:
    parts = Undertaking.objects.filter(matter=road.matter, organ__isnull=False)
    return parts.select_related("matter__procuratorate", "organ").get()


def load_organs(offices: Offices, today: date) -> None:
    """A letter that waits for the office head, and a progress table that is half written."""
    _opinion_to_ask(offices, today)
    _progress(offices, today)


def _opinion_to_ask(offices: Offices, today: date) -> None:
    assigned = add_months(today + timedelta(days=REMAINING), -3)
    made = facts(
        offices, "闭160150", "关于规范校园周边共享单车停放的建议", ("王虚构", "第二代表团"),
        body="学校门口共享单车乱停放，学生骑行存在安全隐患。建议有关部门共同治理。",
        session=None, list_number=f"样人代函〔{assigned.year}〕70号", assigned_on=assigned, received_on=assigned,
        handler_role=HandlerRole.LEAD, other_units="样本市教育体育局",
    )  # fmt: skip
    road = Road.registered(offices, made).classified(assigned, "公益诉讼检察", ProblemClass.COMMON)
    agreed_sheet(offices, [Routing(road, "third", organs=("education",), opinion="会同教育部门办理。")], assigned)
    road.signed_for(assigned + timedelta(days=1))
    part = _organ(road)
    by = answer_by(part, today).on
    assert by is not None
    ask_opinion(
        undertaking=part, words=ASKED, answer_by_on=by, actor=letters.drafter_of(road),
        request_key=key_for("ask", road.matter.number), at=at_ten(today, 12),
    )  # fmt: skip


def _progress(offices: Offices, today: date) -> None:
    table = open_progress(
        title=f"代表建议办理进度表（{today.year}年{today.month}月）", list_number="",
        due_on=today + timedelta(days=PROGRESS_AHEAD), actor=offices.act("officer_wang"),
        request_key=key_for("progress", "demo"), at=at_ten(today, 13),
    )  # fmt: skip
    head = offices.posts["head_second"]
    lines = lines_open_to(head).filter(table=table)
    words = "已与代表见面沟通，实地走访两次，正在起草答复。"
    write_progress(
        table=table, lines={line.pk: Written(words, line.version) for line in lines}, actor=acting(head),
        at=at_ten(today, 14),
    )  # fmt: skip

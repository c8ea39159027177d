"""Acts two officers may do at once: where the page stands, what is sent, who sends it and who else could."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from huiyin.approvals.queries import open_steps
from huiyin.desk.proposals.tests.sheets import lines
from huiyin.matters.models import Matter
from huiyin.matters.operations.adjustments import ask_adjustment
from huiyin.matters.operations.closing import close
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.operations.replies_issuing import proofread, seal, take_number
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole, RatingSource
from tests.support import history, letters, lists
from tests.support.forms import form_on
from tests.support.world import World


@dataclass(frozen=True)
class Act:
    """A form on a page. said: what is filled in before it is sent."""

    page: str
    to: str
    who: str
    other: str  # another officer who may do the same; the same one again where nobody else may
    said: dict[str, Any] = field(default_factory=dict)

    def read_by(self, client: Client) -> dict[str, Any]:
        """What the form sends, as the page shows it now."""
        return form_on(client, self.page, self.to).shown | self.filled

    @property
    def filled(self) -> dict[str, Any]:
        """`said`, each file as if chosen just now."""
        return {name: value() if callable(value) else value for name, value in self.said.items()}


def _matter(world: World, at: datetime) -> Matter:
    """One more suggestion on the register."""
    return history.registered(world, at, external_number=str(165001 + Matter.objects.count()))


def _in_hand(world: World, at: datetime) -> Matter:
    return history.in_hand(world, at, _matter(world, at))


Build = Callable[[World, datetime], Act]


def classify(world: World, at: datetime) -> Act:
    matter = _matter(world, at)
    page = reverse("desk:matters:classify", args=[matter.pk])
    return Act(page, page, "officer_wang", "officer_sun", {"urgency": "urgent", "key_reason": "多次提出"})


def fill(world: World, at: datetime) -> Act:
    sheet = history.drafted(world, at, _matter(world, at))
    page = reverse("desk:proposals:fill", args=[sheet.pk])
    said = lines(sheet, world.departments["third"], leader=str(world.posts["deputy_chief"].pk))
    return Act(page, page, "officer_wang", "officer_sun", {"opinion": "拟同意，从速。"} | said)


def send(world: World, at: datetime) -> Act:
    sheet = history.drafted(world, at, _matter(world, at))
    page, to = (reverse(f"desk:proposals:{name}", args=[sheet.pk]) for name in ("detail", "send"))
    return Act(page, to, "officer_wang", "officer_sun")


def decide(world: World, at: datetime) -> Act:
    sheet = history.decided(world, at, history.sent(world, at, _matter(world, at)), "office_head")
    page, to = (reverse(f"desk:proposals:{name}", args=[sheet.pk]) for name in ("detail", "decide"))
    return Act(page, to, "deputy_chief", "deputy_chief", {"verdict": "agree", "opinion": "同意。"})


def sign_for(world: World, at: datetime) -> Act:
    part = history.part_of(history.assigned(world, at, _matter(world, at)), world)
    page, to = (reverse(f"desk:undertakings:{name}", args=[part.pk]) for name in ("detail", "sign_for"))
    return Act(page, to, "head_second", "head_second_too", {"handler": str(world.posts["handler_second"].pk)})


def save_letter(world: World, at: datetime) -> Act:
    reply = letters.drafted(world, _in_hand(world, at), at)
    page = reverse("desk:replies:edit", args=[reply.pk])
    return Act(page, page, "handler_second", "head_second", {"closing": "感谢您对检察工作的关心和支持。"})


def submit(world: World, at: datetime) -> Act:
    reply = letters.drafted(world, _in_hand(world, at), at)
    page, to = (reverse(f"desk:replies:{name}", args=[reply.pk]) for name in ("detail", "submit"))
    return Act(page, to, "handler_second", "head_second", {"talks_reason": letters.WITHOUT_TALKS})


def sign_letter(world: World, at: datetime) -> Act:
    reply = letters.submitted(world, _in_hand(world, at), at)
    page, signer = reverse("desk:replies:sign", args=[reply.pk]), _signer(world, reply)
    return Act(page, page, signer, signer, {"verdict": "agree", "opinion": "同意。"})


def number(world: World, at: datetime) -> Act:
    reply = letters.signed(world, _in_hand(world, at), at)
    proofread(reply=reply, actor=world.act("officer_wang"), version=reply.version, at=at)
    page, to = (reverse(f"desk:replies:{name}", args=[reply.pk]) for name in ("detail", "number"))
    return Act(page, to, "registry", "registry_too")


def _numbered(world: World, at: datetime) -> Any:
    reply = letters.signed(world, _in_hand(world, at), at)
    proofread(reply=reply, actor=world.act("officer_wang"), version=reply.version, at=at)
    reply = letters.fresh(reply)
    return take_number(reply=reply, actor=world.act("registry"), version=reply.version, at=at)


def send_back(world: World, at: datetime) -> Act:
    reply = _numbered(world, at)
    page, to = (reverse(f"desk:replies:{name}", args=[reply.pk]) for name in ("detail", "send_back"))
    return Act(page, to, "officer_wang", "officer_sun", {"reason": "数据有变"})


def void_number(world: World, at: datetime) -> Act:
    reply = _numbered(world, at)
    page, to = (reverse(f"desk:replies:{name}", args=[reply.pk]) for name in ("detail", "void_number"))
    return Act(page, to, "registry", "registry_too", {"reason": "取早了"})


def void_letter(world: World, at: datetime) -> Act:
    reply = _numbered(world, at)
    page, to = (reverse(f"desk:replies:{name}", args=[reply.pk]) for name in ("detail", "void"))
    return Act(page, to, "officer_wang", "officer_sun", {"reason": "代表撤回"})


def circulate(world: World, at: datetime) -> Act:
    sheet = history.sent(world, at, _matter(world, at))
    page = reverse("desk:approvals:readers", args=[sheet.approval_id])
    return Act(page, page, "officer_wang", "officer_sun", {"post": str(world.posts["chief"].pk)})


def issue(world: World, at: datetime) -> Act:
    reply = letters.signed(world, _in_hand(world, at), at)
    for act, who in ((proofread, "officer_wang"), (take_number, "registry"), (seal, "registry")):
        reply = letters.fresh(reply)
        act(reply=reply, actor=world.act(who), version=reply.version, at=at)
    page, to = (reverse(f"desk:replies:{name}", args=[reply.pk]) for name in ("detail", "issue"))
    return Act(page, to, "officer_wang", "officer_sun")


def rate(world: World, at: datetime) -> Act:
    reply = letters.issued(world, _in_hand(world, at), at)
    page = reverse("desk:ratings:record", args=[reply.pk])
    said = {"source": "congress_system", "attitude": "satisfied", "result": "satisfied", "rated_on": "2026-03-05"}
    return Act(page, page, "officer_wang", "officer_sun", said)


def give_opinion(world: World, at: datetime) -> Act:
    parts = (
        Part(role=HandlerRole.LEAD, department=world.departments["second"]),
        Part(role=HandlerRole.ASSIST, department=world.departments["first"]),
    )
    matter = history.in_hand(world, at, _matter(world, at), parts=parts)
    page = reverse("desk:acts:opinion", args=[history.part_of(matter, world, "first").pk])
    return Act(page, page, "handler_first", "head_first", {"opinion": "同意，请补充线索移送机制。"})


def file_matter(world: World, at: datetime) -> Act:
    reply = letters.delivered(world, _in_hand(world, at), at)
    rated = RatingFacts(
        source=RatingSource.CONGRESS_SYSTEM, attitude="satisfied", result="satisfied", rated_on=at.date()
    )
    lead = reply.matter.participants.get(role="lead")
    record_rating(reply=reply, participant=lead, facts=rated, actor=world.act("officer_wang"), at=at)
    matter = letters.fresh(reply).matter
    close(matter=matter, actor=world.act("officer_wang"), version=matter.version, at=at)
    page = reverse("desk:filing:file", args=[matter.pk])
    return Act(page, page, "officer_wang", "officer_sun", {"missing_reason": "代表在人大系统评价，未交纸质表。"})


def _signer(world: World, reply: Any) -> str:
    step = open_steps(letters.fresh(reply).approval)[0]
    return next(key for key, post in world.posts.items() if post.pk == step.post_id)


def note_adjustment(world: World, at: datetime) -> Act:
    part = history.part_of(history.assigned(world, at, _matter(world, at)), world)
    ask_adjustment(
        undertaking=part, reason="主要涉及刑事案件。", proposed_department=world.departments["first"],
        actor=world.act("head_second"), version=part.version, at=at,
    )  # fmt: skip
    page, to = (reverse(f"desk:undertakings:{name}", args=[part.pk]) for name in ("detail", "note_adjustment"))
    return Act(page, to, "officer_wang", "officer_sun", {"opinion": "建议改派。"})


# Once done, these are told to whoever comes second.
ONCE: Final[dict[str, Build]] = {
    "classify": classify, "fill": fill, "send": send, "decide": decide, "sign_for": sign_for,
    "save_letter": save_letter, "submit": submit, "sign_letter": sign_letter, "number": number, "issue": issue,
    "send_back": send_back, "void_number": void_number, "void_letter": void_letter, "circulate": circulate,
    "give_opinion": give_opinion, "rate": rate, "file_matter": file_matter,
    "note_adjustment": note_adjustment,
}  # fmt: skip


def register(world: World, at: datetime) -> Act:
    page = reverse("desk:matters:enter")
    said = {
        "assigner": str(world.bodies["congress"].pk), "term": "16", "session": "2", "external_number": "169001",
        "assigned_on": "2026-03-02", "received_on": "2026-03-03", "title": history.TITLE, "lead": "张示例",
    }  # fmt: skip
    return Act(page, page, "officer_wang", "officer_sun", said)


def draft(world: World, at: datetime) -> Act:
    matter = _matter(world, at)
    page = reverse("desk:proposals:draft")
    return Act(page, page, "officer_wang", "officer_sun", {"matter": str(matter.pk)})


def begin_letter(world: World, at: datetime) -> Act:
    page = reverse("desk:replies:begin", args=[_in_hand(world, at).pk])
    return Act(page, page, "handler_second", "head_second")


def record_contact(world: World, at: datetime) -> Act:
    page = reverse("desk:acts:record", args=[_in_hand(world, at).pk])
    return Act(page, page, "handler_second", "head_second", {"deputy_words": "同意，建议每学期检查一次。"})


def inquire(world: World, at: datetime) -> Act:
    page = reverse("desk:inquiries:enter")
    said = {"inquirer": "张示例", "title": "某公司合同纠纷监督案", "question": "办到哪一步了？"}
    return Act(page, page, "officer_wang", "officer_sun", said)


def enter_person(world: World, at: datetime) -> Act:
    page = reverse("desk:people:enter")
    said = {
        "name": "孔新任", "term": "16", "from_on": "2022-01-10", "body": str(world.bodies["congress"].pk),
        "liaison_officer": str(world.posts["liaison_officer"].pk),
    }  # fmt: skip
    return Act(page, page, "officer_wang", "officer_sun", said)


def upload_list(world: World, at: datetime) -> Act:
    page = reverse("desk:imports:new", args=[lists.KIND])
    said = {f"said_{name}": value for name, value in lists.header(world).items()}
    return Act(page, page, "officer_wang", "officer_sun", said | {"list": _list_file})


def _list_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("清单.xlsx", lists.workbook(lists.SECOND))


# Forms that make something: the second click is shown what the first has made.
MAKING: Final[dict[str, Build]] = {
    "register": register, "draft": draft, "begin_letter": begin_letter, "record_contact": record_contact,
    "inquire": inquire, "enter_person": enter_person, "upload_list": upload_list,
}  # fmt: skip
# Of these there is one only, whoever makes it.
ONE_OF_A_KIND: Final[dict[str, Build]] = {"register": register, "draft": draft, "enter_person": enter_person}

"""Examples of letters at every stage, contacts, opinions, ratings, files, printed papers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from huiyin.approvals.models import Circulation, Decision
from huiyin.approvals.operations import PaperSignature, circulate
from huiyin.files.models import StoredFile
from huiyin.files.operations import store
from huiyin.matters.letters import Promise
from huiyin.matters.models import Act, Commitment, Matter, Rating, RatingCall, Reply, Solicitation
from huiyin.matters.operations.acts import ActFacts, record_act
from huiyin.matters.operations.ratings import RatingFacts, take_site_rating
from huiyin.matters.operations.replies_issuing import proofread, take_number
from huiyin.matters.operations.solicitations import solicit
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import ActKind, HandlerRole, Mode, RatingSource
from tests.support import letters
from tests.support.examples import Case, Parameters, example
from tests.support.examples_matters import sheet
from tests.support.history import in_hand, part_of, registered, sent

PHONE = {"source": RatingSource.OUR_SITE, "attitude": "satisfied", "result": "not_satisfied"}


def led(case: Case, number: str, **more: Any) -> Matter:
    """A matter in hand with an assisting department."""
    parts = (
        Part(role=HandlerRole.LEAD, department=case.world.departments["second"]),
        Part(role=HandlerRole.ASSIST, department=case.world.departments["first"]),
    )
    there = registered(case.world, case.at, external_number=number, **more)
    return in_hand(case.world, case.at, there, parts=parts)


def alone(case: Case, number: str) -> Matter:
    """A matter in hand of 未检部 alone."""
    return in_hand(case.world, case.at, registered(case.world, case.at, external_number=number))


def draft(case: Case) -> Reply:
    return case.once("letter_draft", lambda: letters.drafted(case.world, alone(case, "162701"), case.at))


def signing(case: Case) -> Reply:
    """On its road, its first signature recorded from paper."""
    return case.once(
        "letter_signing", lambda: _recorded(case, letters.submitted(case.world, alone(case, "162702"), case.at))
    )


def signed(case: Case) -> Reply:
    return case.once("letter_signed", lambda: letters.signed(case.world, alone(case, "162703"), case.at))


def delivered(case: Case) -> Reply:
    return case.once("letter_delivered", lambda: letters.delivered(case.world, alone(case, "162704"), case.at))


def assisted(case: Case) -> Matter:
    return case.once("letter_assisted", lambda: led(case, "162705"))


def numbered(case: Case) -> Reply:
    """With a number, and not out yet."""
    return case.once("letter_numbered", lambda: _numbered(case))


def given_to_read(case: Case) -> Circulation:
    """A sheet that the chief does not sign, given to him to read."""
    return case.once("paper_to_read", lambda: _given_to_read(case))


def act(case: Case) -> Act:
    return case.once("letter_act", lambda: _act(case))


def rating(case: Case) -> Rating:
    return case.once("letter_rating", lambda: _rating(case))


def _recorded(case: Case, reply: Reply) -> Reply:
    scan = _file(case)
    letters.sign(case.world, reply, case.at, actor=case.world.act("officer_wang"), paper=PaperSignature(
        signed_on=case.at.date(), scan=scan
    ))  # fmt: skip
    return letters.fresh(reply)


def _numbered(case: Case) -> Reply:
    reply = letters.signed(case.world, alone(case, "162709"), case.at)
    proofread(reply=reply, actor=case.world.act("officer_wang"), version=reply.version, at=case.at)
    reply = letters.fresh(reply)
    return take_number(reply=reply, actor=case.world.act("registry"), version=reply.version, at=case.at)


def _given_to_read(case: Case) -> Circulation:
    paper = sent(case.world, case.at, registered(case.world, case.at, external_number="162710")).approval
    assert paper is not None
    return circulate(
        approval=paper, posts=[case.world.posts["chief"]], actor=case.world.act("officer_wang"), at=case.at
    )[0]  # fmt: skip


def _promise(case: Case) -> Commitment:
    letters.issued(
        case.world, alone(case, "162706"), case.at, outcome="in_progress", reason="分步推进",
        promises=(Promise(text="前两镇试点", due_on=date(case.at.year, 12, 31)),),
    )  # fmt: skip
    return Commitment.objects.get(matter__external_number="162706", matter__procuratorate=case.world.city)


def _file(case: Case) -> StoredFile:
    content = f"%PDF-1.4 {case.world.city.code}".encode()
    return store(content=content, name="签批.pdf", procuratorate=case.world.city, actor_key="post:1", at=case.at)


def _act(case: Case) -> Act:
    facts = ActFacts(
        kind=ActKind.CONSULT, mode=Mode.FACE_TO_FACE, happened_on=case.at.date(), held=False, reason_not_held="出差"
    )
    actor = case.world.act("handler_second")
    return record_act(matter=draft(case).matter, facts=facts, actor=actor, request_key=uuid4(), at=case.at)


def _rating(case: Case) -> Rating:
    reply = delivered(case)
    facts = RatingFacts(rated_on=case.at.date(), **PHONE)  # type: ignore[arg-type]
    signer = reply.matter.participants.order_by("position")[0]
    actor = case.world.act("officer_wang")
    return take_site_rating(reply=reply, participant=signer, facts=facts, slip_number="", actor=actor, at=case.at)


def _solicited(case: Case) -> Solicitation:
    reply = draft(case)
    signer = reply.matter.participants.order_by("position")[0]
    return solicit(
        reply=reply, participant=signer, mode=Mode.PHONE, given_on=case.at.date(), answer_by_on=case.at.date(),
        actor=case.world.act("handler_second"), at=case.at,
    )  # fmt: skip


@example("desk:replies", "pk")
def any_letter(case: Case) -> Parameters:
    return {"pk": delivered(case).pk}


@example("desk:replies:begin", "pk")
def letter_to_begin(case: Case) -> Parameters:
    return {"pk": assisted(case).pk}


@example("desk:replies:edit", "pk")
@example("desk:replies:upload", "pk")
@example("desk:replies:cite", "pk")
@example("desk:replies:submit", "pk")
@example("desk:replies:solicit", "pk")
def letter_to_write(case: Case) -> Parameters:
    return {"pk": draft(case).pk}


@example("desk:replies:sign", "pk")
@example("desk:replies:recall", "pk")
def letter_to_sign(case: Case) -> Parameters:
    return {"pk": signing(case).pk}


@example("desk:replies:proofread", "pk")
@example("desk:replies:send_back", "pk")
@example("desk:replies:number", "pk")
def letter_to_number(case: Case) -> Parameters:
    return {"pk": signed(case).pk}


@example("desk:replies:version", "pk", "number", "kind")
def version_of_a_letter(case: Case) -> Parameters:
    return {"pk": signed(case).pk, "number": 1, "kind": "html"}


@example("desk:replies:print_version", "pk", "number", "kind")
def version_to_print(case: Case) -> Parameters:
    return {"pk": signed(case).pk, "number": 1, "kind": "docx"}


@example("desk:replies:paper", "pk", "name")
def paper_of_a_letter(case: Case) -> Parameters:
    return {"pk": signed(case).pk, "name": "letter.html"}


@example("desk:replies:print", "pk", "name")
def paper_to_print(case: Case) -> Parameters:
    return {"pk": signed(case).pk, "name": "sheet.docx"}


@example("desk:replies:answer", "pk")
def draft_to_answer(case: Case) -> Parameters:
    return {"pk": case.once("letter_solicited", lambda: _solicited(case)).pk}


@example("desk:approvals:object", "pk")
def recorded_signature(case: Case) -> Parameters:
    return {"pk": Decision.objects.filter(approval=signing(case).approval).exclude(recorded_by=None)[0].pk}


@example("desk:replies:void_number", "pk")
@example("desk:replies:void", "pk")
def letter_to_take_back(case: Case) -> Parameters:
    return {"pk": numbered(case).pk}


@example("desk:approvals:readers", "pk")
def paper_to_circulate(case: Case) -> Parameters:
    return {"pk": given_to_read(case).approval_id}


@example("desk:approvals:read", "pk")
@example("desk:approvals:withdraw", "pk")
def paper_to_read(case: Case) -> Parameters:
    return {"pk": given_to_read(case).pk}


@example("desk:acts:record", "pk")
def matter_to_talk_about(case: Case) -> Parameters:
    return {"pk": draft(case).matter_id}


@example("desk:acts", "pk")
def talk(case: Case) -> Parameters:
    return {"pk": act(case).pk}


@example("desk:acts:paper", "pk", "kind")
def talk_on_paper(case: Case) -> Parameters:
    return {"pk": act(case).pk, "kind": "docx"}


@example("desk:acts:urge", "pk")
@example("desk:acts:opinion", "pk")
@example("desk:acts:leave_out", "pk")
def assistant(case: Case) -> Parameters:
    return {"pk": part_of(assisted(case), case.world, "first").pk}


@example("desk:ratings:record", "pk")
def letter_to_rate(case: Case) -> Parameters:
    return {"pk": delivered(case).pk}


@example("desk:ratings:commitment", "pk")
def promise(case: Case) -> Parameters:
    return {"pk": case.once("letter_promise", lambda: _promise(case)).pk}


@example("desk:ratings:call", "pk")
def call_owed(case: Case) -> Parameters:
    return {"pk": RatingCall.objects.get(rating=rating(case)).pk}


@example("desk:ratings:paper", "pk", "kind")
def rating_on_paper(case: Case) -> Parameters:
    return {"pk": rating(case).pk, "kind": "docx"}


@example("desk:ratings", "pk")
@example("desk:filing", "pk")
def answered_matter(case: Case) -> Parameters:
    return {"pk": delivered(case).matter_id}


@example("desk:filing:catalogue", "pk", "kind")
def catalogue(case: Case) -> Parameters:
    return {"pk": delivered(case).matter_id, "kind": "docx"}


@example("desk:papers", "kind")
def printed_register(case: Case) -> Parameters | None:
    return {"kind": "docx"} if case.own else None


@example("desk:papers:proposal", "pk", "kind")
def printed_sheet(case: Case) -> Parameters:
    return {"pk": sheet(case).pk, "kind": "docx"}


@example("desk:papers:notice", "pk", "kind")
def printed_notice(case: Case) -> Parameters:
    return {"pk": part_of(draft(case).matter, case.world).pk, "kind": "docx"}

"""More time in the demonstration: one granted and told, one waiting for the congress office, one that is taken back.

Dated to the day of loading, on matters of today's forty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, at_ten, key_for
from huiyin.files.models import StoredFile
from huiyin.files.operations import examine, upload_draft
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.structure import Letter, Paragraph
from huiyin.matters.models import Extension
from huiyin.matters.operations.consents import CongressAnswer
from huiyin.matters.operations.extensions import ask_extension, decide_extension, digest_of
from huiyin.matters.operations.extensions_outside import answer_extension, send_extension, tell_proposer
from huiyin.matters.rules import Mode
from huiyin.organisations.actors import acting
from huiyin.suggestions.operations.withdrawals import record_withdrawal

GRANTED: Final = "关于网络直播打赏未成年人退款的建议"
WAITING: Final = "关于文物周边环境整治的建议"
TAKEN_BACK: Final = "关于古树名木保护的建议"
WORDS: Final = "情况属实，同意延期。"


def load_more_time(offices: Offices, roads: Sequence[Road], today: date) -> None:
    """Each on its matter."""
    by_title = {road.matter.title: road for road in roads}
    answered = _answered(offices, _sent(offices, by_title[GRANTED], today - timedelta(days=9), 30), today)
    _told(answered, today - timedelta(days=4))
    _sent(offices, by_title[WAITING], today - timedelta(days=3), 45)
    _taken_back(offices, by_title[TAKEN_BACK], today)


def _sent(offices: Offices, road: Road, day: date, more: int) -> Extension:
    """Asked for by the handler, signed by all and sent to the congress office on one day."""
    part = road.matter.undertakings.select_related("handler__staff", "handler__procuratorate").get()
    assert part.handler is not None
    own = road.matter.deadlines.get(limit_code="SUG_REPLY")
    made = ask_extension(
        matter=road.fresh(), to_on=own.due_on + timedelta(days=more), actor=acting(part.handler), at=at_ten(day),
        reason="涉及多个主管部门，需要逐处核实后会商整改方案", request_key=key_for("extension", road.matter.number),
    )  # fmt: skip
    for minute in range(1, 9):
        made = Extension.objects.select_related("approval", "matter__procuratorate", "deadline").get(pk=made.pk)
        assert made.approval is not None
        step = next(iter(open_steps(made.approval)), None)
        if step is None:
            break
        assert step.post is not None
        decide_extension(
            extension=made, step=step, verdict=Verdict.AGREE, opinion=WORDS, subject_hash=digest_of(made),
            actor=acting(step.post), version=made.approval.version, at=at_ten(day, minute),
        )  # fmt: skip
    return send_extension(
        extension=made, letter_number="", sent_on=day, actor=offices.act("officer_wang"), version=made.version,
        at=at_ten(day, 10),
    )  # fmt: skip


def _answered(offices: Offices, extension: Extension, today: date) -> Extension:
    day = today - timedelta(days=5)
    text = f"你院{extension.letter_number}收悉。同意将该件延期答复，请及时告知代表。"
    answer = CongressAnswer(
        agreed=True, document_number=f"样人代函〔{day.year}〕71号", dated_on=day,
        scan=_paper(offices, "关于同意延期答复的复函", text, day, f"extension:{extension.pk}"),
    )  # fmt: skip
    return answer_extension(
        extension=extension, answer=answer, actor=offices.act("officer_wang"), version=extension.version,
        at=at_ten(day, 12),
    )  # fmt: skip


def _told(extension: Extension, day: date) -> None:
    tell_proposer(
        extension=extension, told_on=day, mode=Mode.PHONE, note="代表表示理解，希望把情况查实。",
        actor=acting(extension.asked_by), version=extension.version, at=at_ten(day, 14),
    )  # fmt: skip


def _taken_back(offices: Offices, road: Road, today: date) -> None:
    """The written withdrawal is in; the congress office is to be asked next."""
    signer = road.matter.participants.get()
    text = f"本人提出的《{road.matter.title}》，有关问题已经解决，现申请撤回。{signer.name}"
    record_withdrawal(
        matter=road.fresh(), signers=[signer], signed_on=today, request_key=key_for("withdrawal", road.matter.number),
        scan=_paper(offices, "撤回建议的说明", text, today, "withdrawal"), actor=offices.act("officer_wang"),
        at=at_ten(today, 16),
    )  # fmt: skip


def _paper(offices: Offices, title: str, text: str, day: date, key: str) -> StoredFile:
    organ = offices.bodies["congress"].name
    letter = Letter(
        organ=organ, title=title, salutation=f"{offices.city.name}：", body=(Paragraph(text),), signatures=(organ,),
        signed_on=day,
    )  # fmt: skip
    return upload_draft(
        examined=examine(content=write_docx(letter), name=f"{title}.docx"), procuratorate=offices.city,
        request_key=key_for("paper", key), field="scan", actor=offices.act("officer_wang"), at=at_ten(day, 11),
    )  # fmt: skip

"""协办征求意见函 as it is printed (domain 8.2, AssistRequest)."""

from __future__ import annotations

from huiyin.gongwen.structure import Letter, Paragraph, blocks_of
from huiyin.kernel.numerals import document_date
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import OpinionRequest


def opinion_request(asked: OpinionRequest) -> Letter:
    """The letter; a draft until it was sent."""
    part, matter = asked.undertaking, asked.undertaking.matter
    wording = kind_of(matter).wording(matter)
    from_whom = f"{wording.assigner}交办的" if wording.assigner else ""
    drafter = asked.drafted_by
    phone = drafter.office_phone or matter.procuratorate.phone
    contact = f"联系人：{drafter.staff.name}" + (f"，联系电话：{phone}" if phone else "")
    return Letter(
        organ=matter.procuratorate.name,
        title=f"关于征求{wording.subject}协办意见的函",
        salutation=f"{part.who}：",
        body=(
            Paragraph(f"{from_whom}{wording.subject}《{matter.title}》由我院主办、你单位协办。现就有关问题征求意见："),
            *blocks_of(asked.words),
            Paragraph(
                f"请结合职责提出协办意见，于{document_date(asked.answer_by_on)}前书面反馈我院，由我院统一答复，"
                f"你单位不另行答复{wording.proposer}。没有意见的，也请函告。"
            ),
        ),
        closing="特此致函。",
        number=str(asked.number) if asked.number else "",
        signer=asked.signed_by.staff.name if asked.signed_by else "",
        attachments=(f"{wording.subject}原文",),
        signatures=(matter.procuratorate.name,),
        signed_on=asked.sent_on,
        notes=(contact,),
    )

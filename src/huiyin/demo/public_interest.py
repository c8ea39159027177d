"""162001 in the demonstration: two 检察建议书 came of it, copied to the congress within the book's days."""

from __future__ import annotations

from datetime import date
from typing import Final

from huiyin.demo.offices import Offices
from huiyin.demo.road import at_ten, key_for
from huiyin.matters.models import Matter
from huiyin.suggestions.models import Direction, PaperKind
from huiyin.suggestions.operations import public_interest as acts

PAPERS: Final = (
    (PaperKind.FILING, "样检公益立〔2026〕3号", "", date(2026, 3, 20), date(2026, 3, 26)),
    (PaperKind.PROPOSAL, "样检公建〔2026〕4号", "样本市市场监督管理局", date(2026, 4, 10), date(2026, 4, 16)),
    (PaperKind.PROPOSAL, "样检公建〔2026〕5号", "样本市烟草专卖局", date(2026, 4, 10), date(2026, 4, 16)),
)


def load_public_interest(offices: Offices) -> None:
    """The days of 2026 stand, whatever day it is today."""
    matter = Matter.objects.get(procuratorate=offices.city, external_number="162001")
    officer, begun = offices.act("officer_wang"), date(2026, 3, 16)
    facts = acts.TransferFacts(
        direction=Direction.TO_CASE, title="校园周边商店向未成年人出售电子烟和“盲盒文具”", field="未成年人保护",
        reason="侵害不特定未成年人的权益，行政监管不到位。", received_on=begun, department=offices.departments["third"],
        leader=offices.posts["deputy_chief"], copied_to=offices.bodies["congress"].name,
    )  # fmt: skip
    transfer = acts.open_transfer(
        facts=facts, matter=matter, request_key=key_for("public_interest", begun), actor=officer, at=at_ten(begun)
    )
    acts.decide_filing(
        transfer=transfer, agreed=True, opinion="", actor=offices.act("deputy_chief"), version=transfer.version,
        at=at_ten(date(2026, 3, 19)),
    )  # fmt: skip
    for kind, number, addressee, dated_on, copied_on in PAPERS:
        paper = acts.record_paper(
            transfer=transfer, facts=acts.PaperFacts(kind=kind, number=number, dated_on=dated_on, addressee=addressee),
            file=None, request_key=key_for(number, dated_on), actor=officer, version=transfer.version,
            at=at_ten(dated_on),
        )  # fmt: skip
        acts.note_copied(paper=paper, copied_on=copied_on, how="机要交换", actor=officer, at=at_ten(copied_on))
    ended = date(2026, 5, 15)
    acts.end_transfer(
        transfer=transfer, outcome="两个机关均已整改，建立进货查验和警示标识制度。", ended_on=ended, actor=officer,
        version=transfer.version, at=at_ten(ended),
    )  # fmt: skip

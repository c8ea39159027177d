"""The sheet of one such matter: how it reached us, each opinion with what became of it, the answer and its result."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.gongwen.structure import Form, Row, label, value
from huiyin.kernel.numerals import document_date
from huiyin.matters.drafting import running_reply
from huiyin.matters.filing_document import Document
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Deadline, Matter
from huiyin.matters.papers.rows import two, wide
from huiyin.matters.queries import running_parts
from huiyin.oversight.models import Opinion, Oversight
from huiyin.oversight.rules import OPINION_STATE_LABELS
from huiyin.oversight.wording import words_of


def oversight_sheet(oversight: Oversight) -> Form:
    """办理单 as it is printed and lies in the file (S0-48…S0-55, S0-83)."""
    matter = oversight.matter
    coming = matter.suggestion
    reply = running_reply(matter)
    return Form(
        title=words_of(oversight.kind, oversight.form).sheet,
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"收文号：{matter.number}", f"来文号：{coming.list_number}"),
        rows=(
            wide("题　　目", matter.title, height=12),
            two("来文机关", coming.body or "", "收到日", matter.received_on),
            *_how(oversight),
            two("承办部门", "、".join(part.who for part in running_parts(matter)), "期　　限", _day(matter)),
            *(_opinion(each) for each in oversight.opinions.select_related(
                "answered_by__staff", "measure__department", "measure__owner__staff"
            )),
            two("文　　号", str(reply.number or "") if reply else "", "送达日", reply.delivered_on if reply else ""),
            wide("结　　果", _result(oversight), height=18),
        ),
    )  # fmt: skip


def _how(oversight: Oversight) -> Iterator[Row]:
    """What this kind says of itself, two facts a row."""
    facts = [
        ("形　　式", oversight.get_form_display()),
        ("监督类别", oversight.get_scope_display()),
        ("会议活动", oversight.occasion),
        ("日　　期", oversight.held_on),
        ("代 表 团", oversight.delegation),
        ("提 出 人", oversight.asked_by),
        ("联名人数", oversight.signers),
        ("听取意见", oversight.listener),
        ("责 任 人", oversight.owner),
        ("答 复 人", oversight.answerer),
        ("答复方式", oversight.get_answer_mode_display()),
        ("征求意见", oversight.committee),
    ]
    said = [(name, given) for name, given in facts if given]
    for first in range(0, len(said), 2):
        pair = [*said[first : first + 2], ("", "")][:2]
        yield two(pair[0][0], pair[0][1], pair[1][0], pair[1][1])
    if oversight.materials:
        yield wide("所需材料", oversight.materials)


def _opinion(opinion: Opinion) -> Row:
    said_by = f"（{opinion.said_by}）" if opinion.said_by else ""
    became = [OPINION_STATE_LABELS[opinion.state] + "。"]
    if opinion.answer:
        who = opinion.answered_by.label if opinion.answered_by else ""
        day = document_date(opinion.answered_on) if opinion.answered_on else ""
        became.append(f"{opinion.answer}（{who}，{day}）")
    if opinion.measure is not None:
        measure = opinion.measure
        became.append(f"措施：{measure.text}（{measure.department}，{document_date(measure.due_on)}前）")
    cells = (
        label(f"意见{opinion.position}"), value(opinion.text + said_by), label("落实情况"), value("\n".join(became))
    )  # fmt: skip
    return Row(cells)


def _day(matter: Matter) -> str:
    code = kind_of(matter).limits.reply
    day = Deadline.objects.filter(matter=matter, limit_code=code, round=matter.round).order_by("-id").first()
    return document_date(day.due_on) if day else ""


def _result(oversight: Oversight) -> str:
    if not oversight.result:
        return ""
    day = document_date(oversight.result_on) if oversight.result_on else ""
    return f"{oversight.get_result_display()}。{oversight.result_note}　{day}"


def sheet_in_file(matter: Matter) -> Iterator[Document]:
    """The sheet, for the file of a matter of these kinds."""
    oversight = Oversight.objects.filter(pk=matter.pk).first()
    if oversight is None:
        return
    oversight.matter = matter
    yield Document(
        title=words_of(oversight.kind, oversight.form).sheet, by=matter.procuratorate.short_name, number=matter.number,
        on=matter.received_on, source=lambda: oversight_sheet(oversight),
        mark=f"oversight:{matter.pk}:{matter.version}",
    )  # fmt: skip

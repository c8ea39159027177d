"""How the papers of each kind speak: what is answered, to whom, under which title. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from huiyin.oversight.rules import Form, Kind


@dataclass(frozen=True, kw_only=True)
class Words:
    """noun: what came; title, opening: of our paper, {what} standing for what came."""

    noun: str
    title: str
    opening: str
    sheet: str  # title of the printed sheet


_REPORT: Final = "我院已认真研究，现将研究处理情况报告如下："
_BY_KIND: Final = {
    Kind.REVIEW: Words(
        noun="审议意见", title="关于{what}研究处理情况的报告", opening="{what}收悉。" + _REPORT,
        sheet="审议意见书办理单",
    ),
    Kind.DELEGATION: Words(
        noun="审议意见", title="关于{what}办理情况的反馈",
        opening="{what}收悉。我院已逐条研究，现将办理情况反馈如下：", sheet="代表团分组审议意见记录",
    ),
    Kind.INSPECTION: Words(
        noun="意见", title="关于{what}办理情况的报告",
        opening="{what}收悉。我院已逐条研究，现将办理情况报告如下：", sheet="视察检查意见办理单",
    ),
    Kind.ASSIGNED: Words(
        noun="事项", title="关于{what}办理情况的报告", opening="{what}收悉。我院已经办理，现将结果报告如下：",
        sheet="交办批办事项办理单",
    ),
    Kind.ACT: Words(
        noun="监督事项", title="关于{what}的答复", opening="{what}收悉，现答复如下：", sheet="询问质询调查登记表",
    ),
}  # fmt: skip
_BY_FORM: Final = {
    Form.SPECIAL_INQUIRY: Words(
        noun="询问意见", title="关于{what}研究处理情况的报告", opening="{what}收悉。" + _REPORT,
        sheet="询问质询调查登记表",
    ),
    Form.INVESTIGATION: Words(
        noun="调查事项", title="关于{what}有关情况的报告",
        opening="{what}收悉。我院已按要求准备材料，现将有关情况报告如下：", sheet="询问质询调查登记表",
    ),
}  # fmt: skip


def words_of(kind: Kind, form: str) -> Words:
    """The words of a kind, or of its form where that has its own."""
    return _BY_FORM.get(Form(form), _BY_KIND[kind]) if form else _BY_KIND[kind]


def what_came(title: str, *, delegation: str = "") -> str:
    """《…》 of a paper with a title; 第三代表团分组审议意见 of what a delegation said."""
    return f"{delegation}分组审议意见" if delegation else f"《{title}》"

"""The import kind "suggestions.proposals": the proposal committee's spreadsheet, in the words of the CPPCC.

Rows are read, known and registered as those of the congress office's list; here stand the columns and what only a
proposal says: which of the six kinds it is, and whether it was filed (立案)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from huiyin.imports.registry import Column, Context, ImportKind, Parsed, Problem, register
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.queries import bodies_named
from huiyin.organisations.rules import BodyKind
from huiyin.suggestions import list_import
from huiyin.suggestions.kind import PROPOSAL
from huiyin.suggestions.list_cells import digits_of
from huiyin.suggestions.list_columns import COLUMNS, HEADER
from huiyin.suggestions.queries import last_session
from huiyin.suggestions.rules import DOCKETING_LABELS, PROPOSER_KIND_LABELS, Docketing, ProposerKind

CODE: Final = "suggestions.proposals"
COSIGNERS: Final = "联名提案人"
_WORDS: Final[Mapping[str, dict[str, Any]]] = {
    "number": {
        "label": "提案编号", "example": "0117",
        "note": "政协编的号，如 0117。Word 原文按文件名中的这个号码自动对应。",
    },
    "title": {"label": "案由", "example": "关于建立涉企“挂案”清理机制的提案", "synonyms": ("题目", "标题", "提案题目")},
    "lead": {
        "label": "提案者", "example": "民建样本市委员会",
        "synonyms": ("第一提案人", "提案人", "提案单位", "提出单位"),
    },
    "delegation": {"label": "界别", "example": "经济界", "synonyms": ("所属界别",)},
    "cosigner_count": {"label": "联名人数", "synonyms": ("附议人数", "联名数")},
    "cosigners": {
        "label": COSIGNERS, "synonyms": ("联名委员", "附议人"), "example": "", "note": "几位委员之间用顿号分开。",
    },
    "body": {"label": "内容", "synonyms": ("提案内容", "正文", "具体内容")},
}  # fmt: skip
OWN_COLUMNS: Final = (
    Column(
        field="proposer_kind",
        label="提案形式",
        synonyms=("提案类别", "提案者类别", "提案种类"),
        example="党派提案",
        note=f"填{'、'.join(PROPOSER_KIND_LABELS.values())}；空着按委员提案。",
        width=16,
    ),
    Column(
        field="docketing",
        label="立案情况",
        synonyms=("是否立案", "审查意见"),
        example="已立案",
        note="填已立案、社情民意、委员来信；空着按已立案。没有立案的不算答复期限。",
        width=14,
    ),
)
_KIND_WORDS: Final = (
    ("专门委员会", ProposerKind.COMMITTEE), ("专委会", ProposerKind.COMMITTEE), ("小组", ProposerKind.GROUP),
    ("党派", ProposerKind.PARTY), ("界别", ProposerKind.SECTOR), ("团体", ProposerKind.BODY),
    ("委员", ProposerKind.MEMBER), ("个人", ProposerKind.MEMBER), ("联名", ProposerKind.MEMBER),
)  # fmt: skip
_DOCKETING_WORDS: Final = (
    ("社情民意", Docketing.PUBLIC_OPINION), ("来信", Docketing.MEMBER_LETTER), ("立案", Docketing.FILED),
    ("是", Docketing.FILED),
)  # fmt: skip


def columns() -> tuple[Column, ...]:
    """The columns of the list, in the words of the CPPCC, with the two of its own after the number and the title."""
    shared = [column for column in COLUMNS if column.field != "kind"]  # a proposal is neither 批评 nor 意见
    own = [replace(column, **_WORDS.get(column.field, {})) for column in shared]
    return (*own[:2], *OWN_COLUMNS, *own[2:])


def prepare(context: Context) -> None:
    """As for the congress office's list, and what the columns are called here."""
    list_import.prepare(context)
    context.memory["cosigners_label"] = COSIGNERS


def parse_row(cells: Mapping[str, str], context: Context) -> Parsed:
    """One line of the list as values, every fault named."""
    parsed = list_import.parse_row(cells, context)
    problems = list(parsed.problems)
    kind = _read_kind(cells.get("proposer_kind", ""), problems)
    docketing = _read_docketing(cells.get("docketing", ""), problems)
    if kind is not ProposerKind.MEMBER and parsed.values.get("cosigners"):
        sentence = f"{PROPOSER_KIND_LABELS[kind]}没有联名提案人；委员联名提出的，提案形式应为委员提案。"
        problems.append(Problem(field="cosigners", sentence=sentence))
    values = {**parsed.values, "proposer_kind": kind.value, "docketing": docketing.value}
    return Parsed(values=values, problems=problems, notes=parsed.notes)


def _read_kind(text: str, problems: list[Problem]) -> ProposerKind:
    found = next((kind for word, kind in _KIND_WORDS if word in text), None)
    if text and found is None:
        sentence = f"应填{'、'.join(PROPOSER_KIND_LABELS.values())}之一，这里写的是“{text[:20]}”。"
        problems.append(Problem(field="proposer_kind", sentence=sentence))
    return found or ProposerKind.MEMBER


def _read_docketing(text: str, problems: list[Problem]) -> Docketing:
    if text.strip() in {"否", "不立案", "未立案"}:
        sentence = "没有立案的，请写明转为社情民意还是委员来信。"
        problems.append(Problem(field="docketing", sentence=sentence))
        return Docketing.FILED
    found = next((state for word, state in _DOCKETING_WORDS if word in text), None)
    if text and found is None:
        sentence = f"应填已立案、社情民意或者委员来信，这里写的是“{text[:20]}”。"
        problems.append(Problem(field="docketing", sentence=sentence))
    return found or Docketing.FILED


def show(name: str, value: Any) -> str:
    """Kinds and filing by their names in the preview."""
    if name == "proposer_kind" and value:
        return PROPOSER_KIND_LABELS[ProposerKind(value)]
    if name == "docketing" and value:
        return DOCKETING_LABELS[Docketing(value)]
    return list_import.show(name, value)


def committees(procuratorate: Procuratorate) -> list[tuple[str, str]]:
    """The CPPCC's organs that assign proposals."""
    return bodies_named(procuratorate, kinds=(BodyKind.CPPCC,))


def register_import() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    said = {
        "assigner": {"choices": committees},
        "term": {"help_text": "政协第十四届填 14。"},
        "session": {"help_text": "第二次全体会议填 2；闭会期间的不填。"},
    }
    header = tuple(replace(each, **said.get(each.field, {})) for each in HEADER)  # type: ignore[arg-type]
    register(
        ImportKind(
            code=CODE,
            usual=partial(last_session, kind=PROPOSAL),
            label="政协提案清单",
            verb="suggestions.import",
            columns=columns(),
            header_fields=header,
            parse_row=parse_row,
            row_key=list_import.key_of,
            find_existing=list_import.find_existing,
            apply=list_import.apply,
            prepare=prepare,
            show=show,
            review=list_import.review,
            spread=list_import.SPREAD,
            position=11,
            chunk=25,
            labels=list_import.LABELS,
            original_number=lambda values: digits_of(values["number"]),
            notes=list_import.NOTES,
        )
    )

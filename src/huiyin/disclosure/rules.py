"""How a publication moves, and what in a text must not reach everyone. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import placeholders


class PublicationStatus(StrEnum):
    PROPOSED = "proposed"
    CHECKED = "checked"
    PUBLISHED = "published"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


PUBLICATION_STATUS_LABELS: Final = {
    PublicationStatus.PROPOSED: "待保密审查",
    PublicationStatus.CHECKED: "待院领导批准",
    PublicationStatus.PUBLISHED: "已公开",
    PublicationStatus.RETURNED: "已退回",
    PublicationStatus.TAKEN_BACK: "已撤下",
}
RUNNING: Final = frozenset({PublicationStatus.PROPOSED, PublicationStatus.CHECKED, PublicationStatus.PUBLISHED})


class PublicationStep(StrEnum):
    PASS = "pass"  # noqa: S105  # a step, no secret
    RETURN = "return"
    APPROVE = "approve"
    TAKE_BACK = "take_back"


PUBLICATION_MOVES: Final = {
    (PublicationStatus.PROPOSED, PublicationStep.PASS): PublicationStatus.CHECKED,
    (PublicationStatus.PROPOSED, PublicationStep.RETURN): PublicationStatus.RETURNED,
    (PublicationStatus.CHECKED, PublicationStep.APPROVE): PublicationStatus.PUBLISHED,
    (PublicationStatus.CHECKED, PublicationStep.RETURN): PublicationStatus.RETURNED,
    (PublicationStatus.PUBLISHED, PublicationStep.TAKE_BACK): PublicationStatus.TAKEN_BACK,
}


class PublicationStepNotAllowed(Refusal):
    """The publication's present status does not permit this step."""

    code = "disclosure.step_not_allowed"


def next_publication_status(status: PublicationStatus, step: PublicationStep) -> PublicationStatus:
    """The status after a step; raises PublicationStepNotAllowed."""
    try:
        return PUBLICATION_MOVES[status, step]
    except KeyError:
        now = PUBLICATION_STATUS_LABELS[status]
        raise PublicationStepNotAllowed(f"这份公开申请现在是“{now}”，不能这样办理。请刷新页面查看最新进度。") from None


class Private(StrEnum):
    """What a text may say of a person."""

    PLACEHOLDER = "placeholder"
    IDENTITY = "identity"
    ACCOUNT = "account"
    PHONE = "phone"
    PLATE = "plate"
    NAME = "name"


PRIVATE_LABELS: Final = {
    Private.PLACEHOLDER: "没填的内容",
    Private.IDENTITY: "身份证号码",
    Private.ACCOUNT: "银行账号",
    Private.PHONE: "电话号码",
    Private.PLATE: "车牌号",
    Private.NAME: "人名",
}
NEVER: Final = frozenset({Private.PLACEHOLDER, Private.IDENTITY, Private.ACCOUNT})
"""What no reason lets out; the rest leaves with a word from whoever proposes it."""

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TITLES: Final = "同志|先生|女士|检察官|法官|律师|院长|局长|主任|书记|同学|某某"
_BEFORE: Final = "犯罪嫌疑人|被告人|被害人|当事人|申诉人|举报人|证人|嫌疑人"
_HAN: Final = "\u4e00-\u9fff"
_NAME: Final = rf"[{_SURNAMES}][{_HAN}]{{1,2}}"
_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PATTERNS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Private.IDENTITY, r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)"),
        (Private.ACCOUNT, r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)"),
        (Private.PHONE, r"(?<![\d-])(?:1\d{10}|(?:0\d{2,3}|1000000)[- ]?\d{4,8})(?!\d)"),
        (Private.PLATE, rf"[{_PROVINCES}][A-Z]·?[A-Z0-9]{{5,6}}(?![A-Za-z0-9])"),
        (Private.NAME, rf"(?<![{_HAN}]){_NAME}(?={_TITLES})"),
        (Private.NAME, rf"(?:{_BEFORE}){_NAME}"),
    )
)
_BEFORE_NAMES: Final = 4  # patterns that stand before the names known to the matter


@dataclass(frozen=True, order=True)
class Finding:
    """One place in a text. line and column from 1, in characters."""

    line: int
    column: int
    kind: Private
    snippet: str

    @property
    def label(self) -> str:
        return PRIVATE_LABELS[self.kind]

    @property
    def must_go(self) -> bool:
        """Whether nothing but taking it out helps."""
        return self.kind in NEVER


def findings(text: str, *, names: Iterable[str] = ()) -> list[Finding]:
    """What in a text for everyone points to a person, in reading order (personal data law 28-31; domain 2.4).

    names: of people known to the matter. A warning, no proof: what it doesn't find a reader must."""
    marks = [Finding(hit.line, hit.column, Private.PLACEHOLDER, hit.snippet) for hit in placeholders(text)]
    known = [name for name in dict.fromkeys(names) if len(name) > 1]
    for number, line in enumerate(text.splitlines(), start=1):
        marks += _in_line(number, line, known)
    return sorted(marks)


def _in_line(number: int, line: str, names: Iterable[str]) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    named = [(Private.NAME, re.compile(re.escape(name))) for name in names]
    for kind, pattern in (*_PATTERNS[:_BEFORE_NAMES], *named, *_PATTERNS[_BEFORE_NAMES:]):
        for hit in pattern.finditer(line):
            if any(hit.start() < end and begin < hit.end() for begin, end in taken):
                continue
            taken.append(hit.span())
            yield Finding(number, hit.start() + 1, kind, hit.group())

"""What organs outside decide about a matter, and what two matters have to do with one another: the kinds and their
words. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ConsentKind(StrEnum):
    """What an organ outside consents to, or orders (practice 10)."""

    RETURN = "return"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    CONVERSION = "conversion"
    REDO = "redo"
    RATING_BY_ALL = "rating_all"


CONSENT_KIND_LABELS: Final = {
    ConsentKind.RETURN: "退回重新交办",
    ConsentKind.EXTENSION: "延期答复",
    ConsentKind.WITHDRAWAL: "撤回建议",
    ConsentKind.CONVERSION: "转其他途径办理",
    ConsentKind.REDO: "重新办理",
    ConsentKind.RATING_BY_ALL: "全体代表评价",
}


class RelationKind(StrEnum):
    """What a matter has to do with an earlier one (S3-14)."""

    DUPLICATE = "duplicate"
    RELATED = "related"
    CONTINUED = "continued"
    MERGED = "merged"
    CONVERTED = "converted"


RELATION_LABELS: Final = {
    RelationKind.DUPLICATE: ("内容重复", "内容重复"),
    RelationKind.RELATED: ("内容相关", "内容相关"),
    RelationKind.CONTINUED: ("接续前件", "有后续件"),
    RelationKind.MERGED: ("并入办理", "并案办理"),
    RelationKind.CONVERTED: ("由此件转来", "转为"),
}
"""The words on the later matter's page, and on the earlier one's."""

BY_HAND: Final = (RelationKind.RELATED, RelationKind.CONTINUED, RelationKind.DUPLICATE)
"""Links that are only noted; merging and converting are acts of their own, which leave theirs."""

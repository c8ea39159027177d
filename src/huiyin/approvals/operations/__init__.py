"""Every write of an approval: start, decide, stop; object, reopen; circulate, read."""

from huiyin.approvals.operations.circulating import (
    CannotCirculate,
    ReadAlready,
    circulate,
    drop_unread,
    note_read,
    withdraw_reader,
)
from huiyin.approvals.operations.signing import (
    ApprovalMovedOn,
    MeetingDecision,
    NotYourTurn,
    OpinionMissing,
    OwnDraft,
    PaperSignature,
    SigningDayWrong,
    TextIsStale,
    decide,
    start,
    stop,
)
from huiyin.approvals.operations.undoing import EFFECTS, NothingToObject, locked, object_to, reopen

__all__ = [
    "EFFECTS", "ApprovalMovedOn", "CannotCirculate", "MeetingDecision", "NotYourTurn", "NothingToObject",
    "OpinionMissing", "OwnDraft", "PaperSignature", "ReadAlready", "SigningDayWrong", "TextIsStale", "circulate",
    "decide", "drop_unread", "locked", "note_read", "object_to", "reopen", "start", "stop", "withdraw_reader",
]  # fmt: skip

"""Nouns and constraints of the casework engine, by what they are about."""

from huiyin.matters.models.acts import Act, Solicitation, StepMark
from huiyin.matters.models.bundles import FileBundle
from huiyin.matters.models.consents import ExternalConsent
from huiyin.matters.models.deadlines import ClockEvent, Deadline, Reminder
from huiyin.matters.models.emphasis import EMPHASIS_LABELS, Emphasis, EmphasisKind
from huiyin.matters.models.extensions import Extension
from huiyin.matters.models.joint import Countersignature, OpinionRequest, OutsideReply
from huiyin.matters.models.matter import ApprovalLink, Attachment, Item, Matter, Participant
from huiyin.matters.models.measures import Measure, MeasureNote
from huiyin.matters.models.outcomes import Commitment, Filing, Milestone, Rating, RatingCall
from huiyin.matters.models.polls import Poll, PollBallots, PollTally, PollVoter
from huiyin.matters.models.references import ExternalReference, OutsideSystem
from huiyin.matters.models.relations import Relation
from huiyin.matters.models.replies import Delivery, Reply, ReplyVersion
from huiyin.matters.models.revisits import Revisit
from huiyin.matters.models.superior import SuperiorOrder
from huiyin.matters.models.supervisions import Supervision, SupervisionReport
from huiyin.matters.models.undertakings import Adjustment, Reassignment, Undertaking
from huiyin.matters.models.upward import UpwardCopy

__all__ = [
    "EMPHASIS_LABELS",
    "Act",
    "Adjustment",
    "ApprovalLink",
    "Attachment",
    "ClockEvent",
    "Commitment",
    "Countersignature",
    "Deadline",
    "Delivery",
    "Emphasis",
    "EmphasisKind",
    "Extension",
    "ExternalConsent",
    "ExternalReference",
    "FileBundle",
    "Filing",
    "Item",
    "Matter",
    "Measure",
    "MeasureNote",
    "Milestone",
    "OpinionRequest",
    "OutsideReply",
    "OutsideSystem",
    "Participant",
    "Poll",
    "PollBallots",
    "PollTally",
    "PollVoter",
    "Rating",
    "RatingCall",
    "Reassignment",
    "Relation",
    "Reminder",
    "Reply",
    "ReplyVersion",
    "Revisit",
    "Solicitation",
    "StepMark",
    "SuperiorOrder", "Supervision",
    "SupervisionReport",
    "Undertaking",
    "UpwardCopy",
]  # fmt: skip

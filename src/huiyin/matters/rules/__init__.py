"""What may happen: the tables of moves (moves.py), and the words of the engine (words.py). No Django."""

from huiyin.matters.rules.moves import (
    AFTER_SIGNING as AFTER_SIGNING,
)
from huiyin.matters.rules.moves import (
    MOVES as MOVES,
)
from huiyin.matters.rules.moves import (
    OPEN as OPEN,
)
from huiyin.matters.rules.moves import (
    REPLY_MOVES as REPLY_MOVES,
)
from huiyin.matters.rules.moves import (
    REPLY_STATUS_LABELS as REPLY_STATUS_LABELS,
)
from huiyin.matters.rules.moves import (
    STATUS_LABELS as STATUS_LABELS,
)
from huiyin.matters.rules.moves import (
    STEP_LABELS as STEP_LABELS,
)
from huiyin.matters.rules.moves import (
    UNDERTAKING_MOVES as UNDERTAKING_MOVES,
)
from huiyin.matters.rules.moves import (
    UNDERTAKING_STATUS_LABELS as UNDERTAKING_STATUS_LABELS,
)
from huiyin.matters.rules.moves import (
    MatterMovedOn as MatterMovedOn,
)
from huiyin.matters.rules.moves import (
    ReplyStatus as ReplyStatus,
)
from huiyin.matters.rules.moves import (
    ReplyStep as ReplyStep,
)
from huiyin.matters.rules.moves import (
    Status as Status,
)
from huiyin.matters.rules.moves import (
    Step as Step,
)
from huiyin.matters.rules.moves import (
    StepNotAllowed as StepNotAllowed,
)
from huiyin.matters.rules.moves import (
    UndertakingStatus as UndertakingStatus,
)
from huiyin.matters.rules.moves import (
    UndertakingStep as UndertakingStep,
)
from huiyin.matters.rules.moves import (
    next_reply_status as next_reply_status,
)
from huiyin.matters.rules.moves import (
    next_status as next_status,
)
from huiyin.matters.rules.moves import (
    next_undertaking_status as next_undertaking_status,
)
from huiyin.matters.rules.stages import (
    StageFacts as StageFacts,
)
from huiyin.matters.rules.stages import (
    StageShown as StageShown,
)
from huiyin.matters.rules.stages import (
    four_stages as four_stages,
)
from huiyin.matters.rules.words import (
    ACT_KIND_LABELS as ACT_KIND_LABELS,
)
from huiyin.matters.rules.words import (
    DELIVERY_MODE_LABELS as DELIVERY_MODE_LABELS,
)
from huiyin.matters.rules.words import (
    GRADE_LABELS as GRADE_LABELS,
)
from huiyin.matters.rules.words import (
    HANDLER_ROLE_LABELS as HANDLER_ROLE_LABELS,
)
from huiyin.matters.rules.words import (
    IN_PERSON as IN_PERSON,
)
from huiyin.matters.rules.words import (
    MATTER_OUTCOME_LABELS as MATTER_OUTCOME_LABELS,
)
from huiyin.matters.rules.words import (
    MODE_LABELS as MODE_LABELS,
)
from huiyin.matters.rules.words import (
    NOT_ANSWERED as NOT_ANSWERED,
)
from huiyin.matters.rules.words import (
    OF_RECORD as OF_RECORD,
)
from huiyin.matters.rules.words import (
    OPINION_STATE_LABELS as OPINION_STATE_LABELS,
)
from huiyin.matters.rules.words import (
    OUTCOME_LABELS as OUTCOME_LABELS,
)
from huiyin.matters.rules.words import (
    PROBLEM_CLASS_LABELS as PROBLEM_CLASS_LABELS,
)
from huiyin.matters.rules.words import (
    RATING_SOURCE_LABELS as RATING_SOURCE_LABELS,
)
from huiyin.matters.rules.words import (
    RETURNED as RETURNED,
)
from huiyin.matters.rules.words import (
    SEALED_AWAY as SEALED_AWAY,
)
from huiyin.matters.rules.words import (
    STAGE_LABELS as STAGE_LABELS,
)
from huiyin.matters.rules.words import (
    URGENCY_LABELS as URGENCY_LABELS,
)
from huiyin.matters.rules.words import (
    VISIBILITY_LABELS as VISIBILITY_LABELS,
)
from huiyin.matters.rules.words import (
    WITH_THE_PROPOSER as WITH_THE_PROPOSER,
)
from huiyin.matters.rules.words import (
    WITHDRAWN as WITHDRAWN,
)
from huiyin.matters.rules.words import (
    ActKind as ActKind,
)
from huiyin.matters.rules.words import (
    DeliveryMode as DeliveryMode,
)
from huiyin.matters.rules.words import (
    Grade as Grade,
)
from huiyin.matters.rules.words import (
    HandlerRole as HandlerRole,
)
from huiyin.matters.rules.words import (
    Mode as Mode,
)
from huiyin.matters.rules.words import (
    OpinionState as OpinionState,
)
from huiyin.matters.rules.words import (
    Outcome as Outcome,
)
from huiyin.matters.rules.words import (
    ProblemClass as ProblemClass,
)
from huiyin.matters.rules.words import (
    RatingSource as RatingSource,
)
from huiyin.matters.rules.words import (
    Stage as Stage,
)
from huiyin.matters.rules.words import (
    Urgency as Urgency,
)
from huiyin.matters.rules.words import (
    Visibility as Visibility,
)
from huiyin.matters.rules.words import (
    act_title as act_title,
)

"""The words a rule book may choose from; the text of a book names them by value."""

from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """From the widest to the most specific: a later one wins."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    CITY = "city"
    LOCAL = "local"


LEVEL_LABELS: Final = {
    Level.NATIONAL: "国家",
    Level.PROVINCIAL: "省级",
    Level.CITY: "市级",
    Level.LOCAL: "本院",
}


class RoleCode(StrEnum):
    """The posts of organisations.rules.Role, by value; a test keeps the two alike."""

    HANDLER = "handler"
    DEPARTMENT_HEAD = "department_head"
    DEPUTY_CHIEF = "deputy_chief"
    CHIEF = "chief"
    OFFICE_HEAD = "office_head"
    LIAISON_OFFICER = "liaison_officer"
    LIAISON_OFFICE = "liaison_office"
    PETITION_OFFICER = "petition_officer"
    CASE_MANAGEMENT = "case_management"
    DISCLOSURE_OFFICER = "disclosure_officer"
    SECRECY_REVIEWER = "secrecy_reviewer"
    REGISTRY = "registry"
    PUBLICITY = "publicity"
    RECEPTION = "reception"
    INTEGRITY = "integrity"
    INSPECTOR = "inspector"


class StepKind(StrEnum):
    """A step of a chain is written, decided or carried out."""

    DRAFT = "draft"
    DECIDE = "decide"
    ACT = "act"


class Who(StrEnum):
    """Which holders of the role are meant."""

    LEAD_DEPARTMENT = "lead_department"
    ASSISTING_DEPARTMENTS = "assisting_departments"
    IN_CHARGE = "in_charge"
    OWN_OFFICER = "own_officer"
    ANYONE = "anyone"


class Condition(StrEnum):
    """When a step of a chain or a paper is needed."""

    ALWAYS = "always"
    HAS_ASSISTANTS = "has_assistants"
    WITH_OTHER_ORGANS = "with_other_organs"
    IS_KEY = "is_key"
    HAS_MEETING = "has_meeting"
    HAS_CORRESPONDENCE = "has_correspondence"


class Mark(StrEnum):
    """The day that a step of a chain fixes on the paper."""

    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    ISSUED = "issued"
    DELIVERED = "delivered"
    FILED = "filed"


class Consent(StrEnum):
    """What an extension or a withdrawal needs from outside, besides what our own leader and the signers decide.

    EXPLAINED: nobody's leave, but a written explanation to whoever brought the matter."""

    NOT_NEEDED = "not_needed"
    EXPLAINED = "explained"
    ASSIGNING_ORGAN = "assigning_organ"


class Per(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


PER_LABELS: Final = {Per.MONTH: "每月", Per.QUARTER: "每季度", Per.HALF_YEAR: "每半年", Per.YEAR: "每年"}


class Whom(StrEnum):
    """Who owes what a cadence asks for."""

    EACH_DEPUTY = "each_deputy"
    EACH_OFFICER = "each_officer"
    OFFICE = "office"
    LEADERS = "leaders"


class OutcomeCode(StrEnum):
    RESOLVED = "resolved"
    IN_PROGRESS = "in_progress"
    NOT_FEASIBLE = "not_feasible"
    FOR_REFERENCE = "for_reference"


class StageCode(StrEnum):
    PRE_CONSULT = "pre_consult"
    MID_CONSULT = "mid_consult"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow_up"


class ProblemClassCode(StrEnum):
    INDIVIDUAL = "individual"
    COMMON = "common"
    LONG_TERM = "long_term"


class Dimension(StrEnum):
    ATTITUDE = "attitude"
    RESULT = "result"
    OVERALL = "overall"


class RedoTrigger(StrEnum):
    RATING = "rating"
    ORDER = "order"


class ReplyMode(StrEnum):
    """A letter to every signer, or one to the lead deputy who passes it on; or to each, through the lead if agreed."""

    EACH = "each"
    LEAD = "lead"
    AGREED = "agreed"


class UndertakingRole(StrEnum):
    SOLE = "sole"
    LEAD = "lead"
    ASSIST = "assist"
    SEPARATE = "separate"

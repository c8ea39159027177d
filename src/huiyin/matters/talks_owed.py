"""Talks the books require before a letter goes up, and which are missing (代表法 art. 51; S3-18, S3-27…S3-30)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.matters.drafting import REPLY
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Act, Matter, Reply, Solicitation
from huiyin.matters.rules import IN_PERSON, WITH_THE_PROPOSER, ActKind, Mode, Stage
from huiyin.matters.stages import begun_anew_on
from huiyin.regulations.books import RequiredContact
from huiyin.regulations.books.vocabulary import StageCode
from huiyin.regulations.queries import stack_for

BEFORE_THE_LETTER: Final = {None: None, StageCode.PRE_CONSULT: Stage.BEFORE, StageCode.MID_CONSULT: Stage.DURING}
"""Stages that lie before an answer; feedback and the visit afterwards follow it."""
_MODES: Final = {
    Mode.FACE_TO_FACE: "meet", Mode.VISIT: "visit", Mode.PHONE: "phone", Mode.SURVEY: "investigate"
}  # fmt: skip
_KINDS: Final = {ActKind.VISIT: "visit", ActKind.SOLICIT: "solicit", ActKind.FEED_BACK: "feed_back"}


@dataclass(frozen=True)
class TalkOwed:
    """A talk a book requires that is neither on record nor excused. unexplained: one that failed and wants the note of
    the office head, which would stand in its place (practice 14)."""

    contact: RequiredContact
    unexplained: bool

    @property
    def sentence(self) -> str:
        """What is missing, by which rule, and what to do."""
        if self.unexplained:
            todo = "已记录未能进行，还缺办公室负责人的说明，请他在沟通记录上补写"
        else:
            todo = (
                "还没有送；请先在文稿页送征求意见稿，收到答复的登记答复"
                if self.contact.matters
                else "还没有记录；请先沟通并记录，代表婉拒或者外出的记录原因，由办公室负责人说明"
            )
        return f"“{self.contact.title}”（{self.contact.basis}）{todo}。"


def talks_owed(reply: Reply, on: date) -> list[TalkOwed]:
    """The talks an answer of ours still lacks on a day; none for opinions to a lead unit and for second letters."""
    matter = reply.matter
    if reply.kind != REPLY:
        return []
    required = [
        each
        for each in stack_for(matter.procuratorate, on=on).required_contacts(on)
        if each.stage in BEFORE_THE_LETTER and matter.handler_role in each.applies_to and _is_of(each, matter)
    ]
    if not required:
        return []
    since = begun_anew_on(matter)
    talks = [act for act in matter.acts.filter(kind__in=WITH_THE_PROPOSER) if _counts(act, since)]
    owed = list(_missing(required, talks, is_draft_given=False))
    if not any(_may_be_draft(each.contact) for each in owed):
        return owed
    given = Solicitation.objects.filter(reply_version__reply__matter=matter, reply_version__reply__round=matter.round)
    return list(_missing(required, talks, is_draft_given=given.exists()))


def _is_of(contact: RequiredContact, matter: Matter) -> bool:
    """Whether a rule speaks of this kind of matter; one that names none speaks of those whose answers are rated."""
    kind = kind_of(matter)
    if not contact.matters:
        return kind.is_rated
    return not {kind.code, f"{kind.code}:{kind.variety(matter)}"}.isdisjoint(contact.matters)


def _counts(act: Act, since: date | None) -> bool:
    return since is None or act.stage == Stage.BEFORE or act.happened_on >= since


def _missing(required: Iterable[RequiredContact], talks: list[Act], *, is_draft_given: bool) -> Iterable[TalkOwed]:
    for contact in required:
        fitting = [act for act in talks if _fits(act, contact)]
        standing = [act for act in fitting if act.held or act.head_note]
        by_draft = is_draft_given and _may_be_draft(contact)
        if len(standing) + by_draft < contact.at_least:
            yield TalkOwed(contact, unexplained=len(fitting) > len(standing))


def _may_be_draft(contact: RequiredContact) -> bool:
    """Whether a draft given for comment (征求意见稿) is such a contact."""
    is_fitting = not contact.kinds or "solicit" in contact.kinds
    return is_fitting and contact.stage != StageCode.PRE_CONSULT


def _fits(act: Act, contact: RequiredContact) -> bool:
    stage = BEFORE_THE_LETTER[contact.stage]
    if stage is not None and act.stage != stage:
        return False
    return not contact.kinds or not _codes(act).isdisjoint(contact.kinds)


def _codes(act: Act) -> set[str]:
    """The kinds of contact of the books that a record answers to; whoever was visited was met."""
    found = {_MODES.get(Mode(act.mode), ""), _KINDS.get(ActKind(act.kind), "")}
    return found | ({"meet"} if act.mode in IN_PERSON else set())

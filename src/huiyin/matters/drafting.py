"""What a new letter begins with, and what still keeps a draft from going up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from huiyin.gongwen.structure import Block, Heading, block_of, lines_of
from huiyin.kernel.numerals import chinese_ordinal
from huiyin.kernel.text import clip, unfilled
from huiyin.matters.kinds import kind_of
from huiyin.matters.letters import LetterText
from huiyin.matters.models import Matter, Reply, ReplyVersion, Undertaking
from huiyin.matters.parts import assisting, lead_parts, parts_of
from huiyin.matters.rules import OPINION_STATE_LABELS, OUTCOME_LABELS, HandlerRole, OpinionState, Outcome
from huiyin.regulations.books import Outcome as BookOutcome
from huiyin.regulations.books import Stack
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules.wording import day_text

OPINION: Final = "opinion"
REPLY: Final = "reply"
SECOND: Final = "second"
ANSWERS: Final = frozenset({REPLY, SECOND})
"""Letters to those who brought the matter: rated, with an outcome and promises; an opinion has none of these."""
_CITED: Final = 60


def letter_kind(matter: Matter) -> str:
    """An assisted matter ends with our opinion to the lead unit, any other with an answer (practice 17)."""
    return OPINION if matter.handler_role == HandlerRole.ASSIST else REPLY


def running_reply(matter: Matter) -> Reply | None:
    """The letter of the matter's present round, if it was begun."""
    replies = matter.replies.exclude(status="voided").filter(round=matter.round, kind=letter_kind(matter))
    return replies.select_related("approval", "number", "signed_by__staff", "matter__procuratorate").first()


def latest(reply: Reply) -> ReplyVersion:
    """The newest text of a letter."""
    return reply.versions.select_related("author__staff").order_by("-number")[0]


def text_of(version: ReplyVersion) -> LetterText:
    """The text of a version."""
    return LetterText.from_json(version.content)


def prefilled(matter: Matter) -> LetterText:
    """A letter with everything the matter already knows: title, salutation, opening, thanks, copies, contact."""
    wording = kind_of(matter).wording(matter)
    lead = next(iter(lead_parts(matter)), None)
    contact = lead.handler if lead and lead.handler else None
    is_reply = letter_kind(matter) == REPLY
    asked = [item.text for item in matter.items.order_by("position")] or wording.headings
    headings = (f"{chinese_ordinal(position)}、关于{text}" for position, text in enumerate(asked, start=1))
    body: tuple[Block, ...] = tuple(
        block_of(line) for line in (_opening(matter, wording.opening), *headings) if line and is_reply
    )
    return LetterText(
        title=wording.title if is_reply else wording.opinion_title,
        salutation=wording.salutation if is_reply else f"{wording.addressee_of_opinion or '主办单位'}：",
        body=body,
        closing=wording.thanks if is_reply else "",
        attachments=(wording.rating_form,) if is_reply and wording.rating_form else (),
        contact_name=contact.staff.name if contact else "",
        contact_phone=(contact.office_phone if contact else "") or matter.procuratorate.phone,
        copies=wording.copies,
        publish=None,
    )


_NOW_ANSWERED: Final = "现答复如下"


def _opening(matter: Matter, opening: str) -> str:
    """As the kind begins its letters; a joint reply names the other organs, a separate one says whose part it is."""
    joint = [part.who for part in parts_of(matter) if part.is_joint]
    if joint:
        return opening.replace(_NOW_ANSWERED, f"我院会同{'、'.join(joint)}共同研究办理，现联合答复如下")
    if matter.handler_role == HandlerRole.SEPARATE:
        return opening.replace(_NOW_ANSWERED, "现就由我院办理的部分答复如下")
    return opening


def with_mark(text: LetterText, matter: Matter, on: date) -> LetterText:
    """The text with the local letter that the book prints for its outcome."""
    is_marked = bool(text.outcome) and kind_of(matter).is_rated
    found = outcome_rule(stack_for(matter.procuratorate, on=on), text.outcome, on) if is_marked else None
    return replace(text, mark=found.mark if found else "")


def outcome_rule(stack: Stack, outcome: str, on: date) -> BookOutcome | None:
    """What the books in force say of an outcome."""
    return next((entry for entry in stack.outcomes(on) if entry.code == outcome), None)


def reason_title(matter: Matter, text: LetterText, on: date) -> str:
    """The class of reason a letter gives, in the words of the books in force; its code where they no longer have it."""
    if not text.reason_code:
        return ""
    named = {each.code: each.title for each in stack_for(matter.procuratorate, on=on).reasons(text.outcome, on)}
    return named.get(text.reason_code, text.reason_code)


def problems(reply: Reply, text: LetterText, on: date) -> list[str]:
    """Everything that keeps a draft from going up, each a sentence; none: it may go."""
    found = [*_words_missing(text), *marks_left(text, before="送审")]
    if text.body and is_unwritten(reply, text):
        found.append("正文还没有写答复内容，请写明办理情况。")
    if reply.kind in ANSWERS:
        found += _outcome_missing(reply.matter, text, on)
    if reply.kind == SECOND:  # reports on what was promised; assistants' opinions stood in the first letter
        return found
    return [*found, *kind_of(reply.matter).lacking(reply.matter), *_unanswered(reply, text), *_uncited(reply, text)]


def _words_missing(text: LetterText) -> Iterator[str]:
    wanted: Mapping[str, Any] = {
        "标题": text.title, "称谓": text.salutation, "正文": text.body, "联系人": text.contact_name,
        "联系电话": text.contact_phone,
    }  # fmt: skip
    for name, given in wanted.items():
        if not given:
            yield f"{name}还是空的，请填写。"


def is_unwritten(reply: Reply, text: LetterText) -> bool:
    """Whether the body says nothing beyond what the letter began with and headings; a numbered sentence is no heading,
    and a second letter begins with what was done."""
    began = text_of(reply.versions.order_by("number")[0]).body[: 1 if reply.kind == SECOND else None]
    return all(block in began or (isinstance(block, Heading) and "。" not in block.text) for block in text.body)


def marks_left(text: LetterText, *, before: str) -> Iterator[str]:
    """Placeholders by line and column: line 1 of the body is its first paragraph (domain S4-72)."""
    parts = {"标题": text.title, "称谓": text.salutation, "正文": text.typed_body, "结束语": text.closing}
    parts |= {f"附件《{annex.title}》": "\n".join(lines_of(annex.blocks)) for annex in text.annexes}
    parts |= {"附件名称": "\n".join(text.attachments), "办理结果说明": text.reason}
    parts |= {"承诺事项": "\n".join(each.text for each in text.promises), "联系人": text.contact_name}
    parts |= {"联系电话": text.contact_phone, "抄送": "\n".join(text.copies)}
    return unfilled(parts, before=before)


def _outcome_missing(matter: Matter, text: LetterText, on: date) -> Iterator[str]:
    if not text.outcome:
        yield "还没有选择办理结果。"
        return
    label = OUTCOME_LABELS[Outcome(text.outcome)]
    stack = stack_for(matter.procuratorate, on=on)
    rule, reasons = outcome_rule(stack, text.outcome, on), stack.reasons(text.outcome, on)
    if text.outcome == Outcome.NOT_FEASIBLE or (rule and rule.reason_required):
        if not text.reason.strip():
            yield f"办理结果为“{label}”的，必须写明原因。"
        if reasons and not text.reason_code:
            yield f"办理结果为“{label}”的，还要选择原因类别。"
    if text.reason_code and text.reason_code not in {each.code for each in reasons}:
        yield f"所选的原因类别不用于“{label}”，请重新选择或者改为不选。"
    if (text.outcome == Outcome.IN_PROGRESS or (rule and rule.commitment_required)) and not text.promises:
        yield f"办理结果为“{label}”的，必须列出承诺事项和完成时间。"
    for promise in text.promises:
        if promise.due_on <= on:
            yield f"承诺“{clip(promise.text, 20)}”的完成时间{day_text(promise.due_on)}已经过去，请改为以后的日期。"
    if text.publish is None:
        yield "还没有选择本答复是否公开。"


def _unanswered(reply: Reply, text: LetterText) -> Iterator[str]:
    """A request answered as in progress is answered with a promise of its own (practice 18)."""
    promised = {each.item for each in text.promises}
    for item in reply.matter.items.filter(outcome=Outcome.IN_PROGRESS).exclude(pk__in=[key for key in promised if key]):
        yield f"第{item.position}项要求的结果为“{OUTCOME_LABELS[Outcome.IN_PROGRESS]}”，请列出这一项的承诺和完成时间。"


def _uncited(reply: Reply, text: LetterText) -> Iterator[str]:
    paragraphs = lines_of(text.body)
    for part in assisting(parts_of(reply.matter)):
        if part.is_joint:  # signs the letter itself
            continue
        if part.opinion_state == OpinionState.NONE:
            yield f"{part.who}的协办意见还没有收到。请催办，或者催办后经院领导同意在答复中注明。"
        elif cited_at(reply, part, paragraphs) is None:
            state = OPINION_STATE_LABELS[OpinionState(part.opinion_state)]
            yield f"请指明正文哪一段写明了{part.who}的协办意见（{state}）：先保存，再在文稿页“协办意见”一栏点选。"


def citation(paragraphs: list[str], number: int) -> dict[str, str]:
    """How a pointer to a paragraph is kept: by its words, so that paragraphs put before it do not move it."""
    return {"text": paragraphs[number - 1][:_CITED]}


def cited_at(reply: Reply, part: Undertaking, paragraphs: list[str]) -> int | None:
    """The number of the paragraph that states an assistant's opinion; None when not pointed to, or rewritten since."""
    pointed = reply.citations.get(str(part.pk))
    if not pointed:
        return None
    return next((at for at, line in enumerate(paragraphs, start=1) if line.startswith(pointed["text"])), None)

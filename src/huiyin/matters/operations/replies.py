"""Drafting a letter: begun prefilled, saved version by version, uploaded as .docx, pointed at assisting opinions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F, Max

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import read
from huiyin.gongwen.reader import read_letter_text
from huiyin.gongwen.structure import lines_of
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.drafting import citation, latest, letter_kind, prefilled, running_reply, text_of, with_mark
from huiyin.matters.letters import LetterText
from huiyin.matters.models import Matter, Reply, ReplyVersion
from huiyin.matters.operations.undertakings import target
from huiyin.matters.parts import assisting, parts_of
from huiyin.matters.rules import MatterMovedOn, ReplyStatus, Status
from huiyin.matters.tasks import render
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require


class NotDrafting(Refusal):
    """The letter is on its road, or the matter is not in hand."""

    code = "matters.not_drafting"


class NoSuchParagraph(Refusal):
    """The paragraph pointed to is not in the letter."""

    code = "matters.no_such_paragraph"


@operation
def create_draft(*, matter: Matter, actor: PostActor, at: datetime) -> Reply:
    """Begin the letter of the present round, prefilled; begun already: that one.

    Raises NotAllowed, NotDrafting."""
    require(actor, "matters.draft_letter", matter)
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)  # of two who begin, the second finds it begun
    reply = running_reply(matter)
    made = reply is None
    if reply is None:
        if matter.status != Status.IN_HAND:
            raise NotDrafting("承办部门签收以后才能起草，请先签收。")
        text = prefilled(matter)
        reply = Reply.objects.create(
            matter=matter, kind=letter_kind(matter), round=matter.round, copies=list(text.copies),
            created_by=actor.post, created_at=at,
        )  # fmt: skip
        add_version(reply, text, kind="draft", author=actor.post, at=at)
    record("matters.letter_begun", actor=actor, target=target(matter), at=at, reply=reply.pk, again=not made)
    return reply


@operation
def save_version(
    *, reply: Reply, text: LetterText, note: str = "", actor: PostActor, version: int, at: datetime
) -> ReplyVersion:
    """Save what was typed in the browser as the next version. Raises NotAllowed, NotDrafting, MatterMovedOn."""
    require(actor, "matters.draft_letter", reply.matter)
    made = _save(reply, text, actor, version, at, note=note)
    record("matters.letter_saved", actor=actor, target=target(reply.matter), at=at, reply=reply.pk, number=made.number)
    return made


@operation
def upload_version(
    *, reply: Reply, file: StoredFile, note: str = "", actor: PostActor, version: int, at: datetime
) -> ReplyVersion:
    """Take the text of an uploaded .docx as the next version; the file is kept beside it.

    Raises NotAllowed, CannotRead, NotDrafting, MatterMovedOn."""
    require(actor, "matters.draft_letter", reply.matter)
    text = text_of(latest(reply)).with_file(read_letter_text(read(file)))
    made = _save(reply, text, actor, version, at, note=note, file=file)
    facts = {"reply": reply.pk, "number": made.number, "file": file.public_id}
    record("matters.letter_uploaded", actor=actor, target=target(reply.matter), at=at, **facts)
    return made


@operation
def cite_opinions(
    *, reply: Reply, paragraphs: Mapping[int, int | None], actor: PostActor, version: int, at: datetime
) -> Reply:
    """Point to the paragraph that states each assistant's opinion: undertaking id → paragraph number, from 1.

    Raises NotAllowed, NoSuchParagraph, NotDrafting, MatterMovedOn."""
    require(actor, "matters.draft_letter", reply.matter)
    lines = lines_of(text_of(latest(reply)).body)
    known = {part.pk: part for part in assisting(parts_of(reply.matter))}
    citations = {}
    for key, number in paragraphs.items():
        if number is None or key not in known:
            continue
        if not 1 <= number <= len(lines):
            raise NoSuchParagraph(
                f"正文只有{len(lines)}段，没有第{number}段，请重新指明{known[key].who}的意见所在段落。"
            )
        citations[str(key)] = citation(lines, number)
    write_draft(reply, version=version, citations=citations)
    record("matters.opinions_cited", actor=actor, target=target(reply.matter), at=at, reply=reply.pk, cited=citations)
    return reply


def _save(
    reply: Reply, text: LetterText, actor: PostActor, version: int, at: datetime, *, note: str,
    file: StoredFile | None = None,
) -> ReplyVersion:  # fmt: skip
    text = replace(with_mark(text, reply.matter, at.date()), says_promises=True)
    write_draft(
        reply, version=version, outcome=text.outcome, mark=text.mark, reason=text.reason,
        reason_code=text.reason_code, copies=list(text.copies),
    )  # fmt: skip
    return add_version(reply, text, kind="draft", author=actor.post, at=at, note=note, file=file)


def write_draft(reply: Reply, *, version: int, **updates: Any) -> None:
    """Change a letter that is still a draft, guarded by its version. Raises NotDrafting, MatterMovedOn."""
    reply.refresh_from_db(fields=["status"])
    if reply.status != ReplyStatus.DRAFT:
        raise NotDrafting(f"这份文稿现在是“{reply.get_status_display()}”，不能再修改。需要修改的，请先撤回。")
    as_read = Reply.objects.filter(pk=reply.pk, version=version, status=ReplyStatus.DRAFT)
    if not as_read.update(version=F("version") + 1, **updates):
        raise MatterMovedOn("这份文稿刚刚由同事改动过，您写的内容还在页面上。请打开最新稿比对后再保存。")
    reply.refresh_from_db()


def add_version(
    reply: Reply, text: LetterText, *, kind: str, author: Post, at: datetime, note: str = "",
    file: StoredFile | None = None,
) -> ReplyVersion:  # fmt: skip
    """The next version of a letter; its PDF and .docx follow after the commit. Always inside an operation."""
    last = reply.versions.aggregate(last=Max("number"))["last"] or 0
    version = ReplyVersion.objects.create(
        reply=reply, number=last + 1, kind=kind, content=text.to_json(), digest=text.digest, file=file,
        source="docx" if file else "browser", note=clip(note, 200), author=author, created_at=at,
    )  # fmt: skip
    render.enqueue(version_id=version.pk, at=at.isoformat())
    return version

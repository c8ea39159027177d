"""Making the PDF and .docx of letters after the commit that asked for them; safe to run twice.

The slow part runs outside every transaction. Where PDF is not available the .docx is kept and the page offers browser
print; the sweep makes the PDF as soon as it can be made."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from huiyin.audit.actors import SYSTEM
from huiyin.audit.scope import operation, record
from huiyin.files.operations import store
from huiyin.gongwen import pdf
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.structure import Letter
from huiyin.matters.drafting import OPINION, latest, text_of
from huiyin.matters.joint import signers, signing_organs
from huiyin.matters.kinds import publish
from huiyin.matters.letters import printed
from huiyin.matters.models import Reply, ReplyVersion
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.feedback import feedback_forms


def letter_of_version(version: ReplyVersion) -> Letter:
    """One version as printed: without number, signer and day."""
    organ, *cosigning = signing_organs(version.reply)
    return printed(text_of(version), organ=organ, cosigning=cosigning)


def letter_of(reply: Reply) -> Letter:
    """The letter as it leaves: number, signer, day, the form to rate it enclosed."""
    enclosures = () if reply.kind == OPINION else feedback_forms(reply)
    organ, *cosigning = signing_organs(reply)
    return printed(
        text_of(latest(reply)),
        organ=organ,
        cosigning=cosigning,
        number=str(reply.number) if reply.number else "",
        signer=signers(reply),
        signed_on=reply.signed_on,
        enclosures=enclosures,
    )


def render_version(version_id: int, *, at: datetime) -> bool:
    """Make what a version lacks; returns whether anything was made."""
    versions = ReplyVersion.objects.select_related("reply__matter__procuratorate")
    version = versions.filter(pk=version_id).first()
    if version is None or not _lacks(version):
        return False
    name = f"{version.reply.matter.number}第{version.number}稿"
    keep_rendered(paper=version, files=_made(version, letter_of_version(version)), name=name, at=at)
    return True


def render_reply(reply_id: int, *, at: datetime) -> bool:
    """Make what a numbered letter lacks; returns whether anything was made."""
    replies = Reply.objects.select_related("matter__procuratorate", "number", "signed_by__staff")
    reply = replies.filter(pk=reply_id).exclude(number=None).first()
    if reply is None or not _lacks(reply):
        return False
    keep_rendered(paper=reply, files=_made(reply, letter_of(reply)), name=str(reply.number), at=at)
    return True


def render_missing(*, at: datetime, limit: int = 50) -> int:
    """Sweep: make what is missing, the newest first; returns how many papers were made."""
    lacking = Q(docx=None) if pdf.available() else Q(docx=None) | Q(pdf=None)
    replies = Reply.objects.filter(lacking).exclude(number=None).order_by("-id").values_list("pk", flat=True)
    made = sum(render_reply(key, at=at) for key in list(replies[:limit]))
    versions = ReplyVersion.objects.filter(lacking).order_by("-id").values_list("pk", flat=True)
    return made + sum(render_version(key, at=at) for key in list(versions[: max(limit - made, 0)]))


def _lacks(paper: Reply | ReplyVersion) -> bool:
    return paper.docx_id is None or (paper.pdf_id is None and pdf.available() is None)


def _made(paper: Reply | ReplyVersion, letter: Letter) -> dict[str, bytes]:
    files = {}
    if paper.docx_id is None:
        files["docx"] = write_docx(letter)
    if paper.pdf_id is None and pdf.available() is None:
        files["pdf"] = pdf.write_pdf(letter)
    return files


@operation
def keep_rendered(*, paper: Reply | ReplyVersion, files: dict[str, bytes], name: str, at: datetime) -> None:
    """Store what was made beside its paper; what another task stored meanwhile stays."""
    matter = paper.matter if isinstance(paper, Reply) else paper.reply.matter
    for kind, content in files.items():
        unmade = type(paper)._default_manager.filter(pk=paper.pk, **{f"{kind}__isnull": True})
        if isinstance(paper, Reply) and paper.number_id is not None:
            # The number may have been voided while the paper that bears it was made.
            unmade = unmade.filter(number=paper.number_id)
        if not unmade.exists():
            continue
        stored = store(
            content=content, name=f"{name}.{kind}", procuratorate=matter.procuratorate, actor_key=SYSTEM.key, at=at,
            rendered=True,
        )  # fmt: skip
        unmade.update(**{kind: stored})
    if isinstance(paper, Reply):
        publish(matter, at=at)
    record("matters.letter_rendered", actor=SYSTEM, target=target(matter), at=at, paper=name, kinds=sorted(files))

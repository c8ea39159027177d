"""Files chosen in a form are kept before the form is accepted, so that a refused form loses none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from huiyin.files.models import StoredFile
from huiyin.files.operations import FileRefused, drafts_of, examine, upload_draft
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, refused


@dataclass
class Kept:
    """Files of one field: those kept so far under the form's key, and why others were refused."""

    files: list[StoredFile] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def last(self) -> StoredFile | None:
        return self.files[-1] if self.files else None


def keep_uploads(request: StaffRequest, name: str, *, verb: str) -> Kept:
    """Keep what came in the file field `name` with this POST; gives everything kept for it under the request key."""
    key = _key(request.POST.get("request_key", ""))
    kept = Kept()
    if key is None:
        return kept
    for upload in request.FILES.getlist(name):
        try:
            examined = examine(content=upload.read(), name=upload.name or "")
        except FileRefused as refusal:
            kept.refusals.append(refused(request, verb, refusal))
            continue
        upload_draft(
            examined=examined,
            procuratorate=request.post.procuratorate,
            request_key=key,
            field=name,
            actor=request.actor,
            at=now(),
        )
    kept.files = drafts_of(key, request.actor.key, name)
    return kept


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

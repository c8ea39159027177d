"""Suggestions of which a part, or the whole, has left for a case inquiry."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from huiyin.files.models import StoredFile
from huiyin.matters.models import Matter
from huiyin.suggestions.models import Conversion
from huiyin.suggestions.operations.conversions import Consent, Split, decide_conversion, propose_conversion
from tests.support.once import kept
from tests.support.world import World

CASE: Final = "刘某合同诈骗案"


@kept
def converted_part(world: World, matter: Matter, at: datetime, *, who: str = "officer_wang") -> Conversion:
    """The case is gone, a proposal about notices stays."""
    split = Split(
        whole=False, case_title=CASE, question="该案为何迟迟没有结果，请说明进度。",
        rest_title="关于完善涉企案件办理进度告知的建议", rest_body="建议建立涉企案件进度定期告知制度。",
    )  # fmt: skip
    return _agreed(world, matter, at, split, who)


@kept
def converted_whole(world: World, matter: Matter, at: datetime, *, who: str = "officer_wang") -> Conversion:
    """All of it is gone, with the consent of the congress office."""
    scan = StoredFile.objects.create(
        public_id=f"consent-{matter.pk}", procuratorate=world.city, name="复函.pdf", path="consent", size=1,
        sha256="0" * 64, media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip
    split = Split(whole=True, case_title=CASE, question="该案为何迟迟没有结果，请说明进度。")
    consent = Consent(document_number="样人代函〔2026〕6号", dated_on=at.date(), scan=scan)
    return _agreed(world, matter, at, split, who, consent)


def _agreed(
    world: World, matter: Matter, at: datetime, split: Split, who: str, consent: Consent | None = None
) -> Conversion:
    made = propose_conversion(
        matter=matter, split=split, reason="涉及具体案件", request_key=uuid4(), actor=world.act(who), at=at
    )
    matter.refresh_from_db()
    return decide_conversion(
        conversion=made, agreed=True, opinion="同意。", consent=consent, actor=world.act("office_head"),
        version=matter.version, at=at,
    )  # fmt: skip

"""The copy of a handling to the office above, on record with its day and way (S0-85)."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Reply, UpwardCopy
from huiyin.matters.operations.undertakings import target
from huiyin.matters.upward import higher_signers
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


class NotOwedUpward(Refusal):
    """No higher deputy, no answer out yet, or the copy went up before."""

    code = "matters.not_owed_upward"


@operation
def send_upward(
    *,
    reply: Reply,
    organ: str,
    mode: str,
    sent_on: date,
    receipt: StoredFile | None = None,
    note: str = "",
    actor: PostActor,
    at: datetime,
) -> UpwardCopy:
    """Record that the office above has the copy. mode: a code of UPWARD_MODE_LABELS.

    Raises NotAllowed, NotOwedUpward."""
    require(actor, "matters.send_upward", reply.matter)
    Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    if UpwardCopy.objects.filter(reply=reply).exists():
        raise NotOwedUpward("这份答复的办理情况已经登记报送过了。")
    if reply.kind != "reply" or reply.issued_on is None or not higher_signers(reply).exists():
        raise NotOwedUpward("上级人大代表所提建议的答复印发以后，才需要报送上级院。")
    if not reply.issued_on <= sent_on <= at.date():
        raise NotOwedUpward("报送日期应在印发日与今天之间，请核对。")
    if not organ.strip():
        raise NotOwedUpward("请填写报送单位。")
    copy = UpwardCopy.objects.create(
        reply=reply, organ=clip(organ.strip(), 60), mode=mode, sent_on=sent_on, receipt=receipt, note=clip(note, 200),
        sent_by=actor.post, recorded_at=at,
    )  # fmt: skip
    record(
        "matters.sent_upward", actor=actor, target=target(reply.matter), at=at, reply=reply.pk, organ=copy.organ,
        mode=mode, on=sent_on,
    )  # fmt: skip
    return copy

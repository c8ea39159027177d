"""A paper is given to other leaders to read (圈阅); whether they read it holds up no signature (practice 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.approvals.models import Approval, Circulation
from huiyin.approvals.operations.signing import target_of
from huiyin.approvals.operations.undoing import locked
from huiyin.approvals.queries import readers_to_choose
from huiyin.approvals.registry import address_of, kind_of, seen_anew, tell
from huiyin.approvals.rules import ApprovalStatus
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require


class CannotCirculate(Refusal):
    """The paper is not given to read, or not to this post."""

    code = "approvals.cannot_circulate"


class ReadAlready(Refusal):
    """Read once, and that stands."""

    code = "approvals.read_already"


@operation
def circulate(*, approval: Approval, posts: Sequence[Post], actor: PostActor, at: datetime) -> list[Circulation]:
    """Give a paper to leaders who do not sign it, to read. Raises NotAllowed, CannotCirculate."""
    require(actor, "approvals.circulate", approval)
    approval = locked(approval.pk)
    kind = kind_of(approval.subject_kind)
    if not kind.circulates or approval.status not in {ApprovalStatus.RUNNING, ApprovalStatus.AGREED}:
        raise CannotCirculate("只有送审中的和已经签完的答复、会办意见、拟办单可以送圈阅。")
    if not posts:
        raise CannotCirculate("请勾选要送圈阅的院领导。")
    choosable = {post.pk for post in readers_to_choose(approval, at.date())}
    for post in posts:
        if post.pk not in choosable:
            raise CannotCirculate(f"{post.label}不能列为圈阅人：已经在审签环节或者圈阅人里，或者不是本院在任的院领导。")
    rows = Circulation.objects.bulk_create(
        Circulation(approval=approval, post=post, added_by=actor.post, added_at=at) for post in posts
    )
    for post in posts:
        tell(
            post=post, event_key=f"approval:{approval.pk}:circulated:{at:%Y%m%d%H%M%S}", title=f"请圈阅：{kind.label}",
            body=f"请您圈阅{approval.subject_label}。", at=at, link=address_of(approval),
            procuratorate=approval.procuratorate,
        )  # fmt: skip
    seen_anew(approval)
    readers = [post.label for post in posts]
    record("approvals.circulated", actor=actor, target=target_of(approval), at=at, readers=readers)
    return rows


@operation
def note_read(*, circulation: Circulation, remark: str = "", actor: PostActor, at: datetime) -> Circulation:
    """The leader has read the paper; a remark of his goes to who gave it to him. Raises NotAllowed, ReadAlready."""
    require(actor, "approvals.read", circulation)
    approval = locked(circulation.approval_id)
    remark = normalise(remark)[:300]
    unread = Circulation.objects.filter(pk=circulation.pk, read_at=None)
    if not unread.update(read_at=at, remark=remark, subject_hash=approval.subject_hash):
        raise ReadAlready("您已经圈阅过这份文稿，不用再点。")
    circulation.refresh_from_db()
    if remark:
        tell(
            post=circulation.added_by, event_key=f"circulation:{circulation.pk}:read", at=at,
            title=f"{actor.post.staff.name}圈阅并批注", link=address_of(approval), procuratorate=approval.procuratorate,
            body=f"{actor.post.label}圈阅了{approval.subject_label}，批注：{remark}。",
        )  # fmt: skip
    record("approvals.paper_read", actor=actor, target=target_of(approval), at=at, remark=bool(remark))
    return circulation


def drop_unread(approval: Approval) -> None:
    """The paper is given up: nobody need read it any more; who has read it has. Inside the operation giving it up."""
    Circulation.objects.filter(approval=approval, read_at=None).delete()


@operation
def withdraw_reader(*, circulation: Circulation, actor: PostActor, at: datetime) -> None:
    """Take back a paper given to the wrong reader; one that was read stays read. Raises NotAllowed, ReadAlready."""
    require(actor, "approvals.circulate", circulation.approval)
    approval, reader = locked(circulation.approval_id), circulation.post.label
    if not Circulation.objects.filter(pk=circulation.pk, read_at=None).delete()[0]:
        raise ReadAlready(f"{reader}已经圈阅，不能撤回；或者同事刚刚撤回过。")
    seen_anew(approval)
    record("approvals.reader_withdrawn", actor=actor, target=target_of(approval), at=at, reader=reader)

"""What the search index holds of a matter: its words, and the tokens of those whose sight it is in.

Tokens narrow a search inside the index; the register asks `open_to` again, so a stale token shows nobody anything."""

from __future__ import annotations

from typing import Final

from huiyin.approvals.models import Approval, ApprovalStep, Circulation
from huiyin.matters.answering import posts_answering
from huiyin.matters.models import Matter
from huiyin.matters.queries import running_parts
from huiyin.matters.rules import Status
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role
from huiyin.search import index

KIND: Final = "matter"
WHOLE_OFFICE: Final = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF})
AFTER_SIGNING: Final = frozenset({Status.SIGNED, Status.REPLIED, Status.CLOSED, Status.ARCHIVED})


def reindex(matter: Matter) -> None:
    """Write a matter's row of the index anew: after registering, routing, signing for, sending up for signature."""
    index.put(KIND, matter.pk, words_of(matter), tokens_of(matter))


def reindex_papers_of(approval: Approval) -> None:
    """The matters a paper is about, once others may see it."""
    for link in approval.matter_links.select_related("matter__procuratorate"):
        reindex(link.matter)


def words_of(matter: Matter) -> str:
    """Numbers, title, body and the names of those who brought it, one a line."""
    names = matter.participants.values_list("name", "delegation")
    people = " ".join(f"{name} {delegation}" for name, delegation in names)
    items = " ".join(matter.items.values_list("text", flat=True))
    return "\n".join([matter.number, matter.external_number, matter.title, people, items, matter.body])


def tokens_of(matter: Matter) -> list[str]:
    """Everyone whose sight the matter is in, as tokens."""
    tokens = {f"office:{matter.procuratorate_id}"}
    for department_id, handler_id in running_parts(matter).values_list("department_id", "handler_id"):
        tokens |= {f"department:{department_id}"} if department_id else set()
        tokens |= {f"post:{handler_id}"} if handler_id else set()
    signing = ApprovalStep.objects.filter(approval__matter_links__matter=matter, post__isnull=False)
    reading = Circulation.objects.filter(approval__matter_links__matter=matter).values_list("post_id", flat=True)
    posts = {matter.leader_id, matter.liaison_officer_id, *signing.values_list("post_id", flat=True), *reading}
    posts |= posts_answering(matter.pk)
    tokens |= {f"post:{post}" for post in posts if post}
    if Status(matter.status) in AFTER_SIGNING:
        tokens.add(f"registry:{matter.procuratorate_id}")
    return sorted(tokens)


def tokens_for(post: Post) -> list[str]:
    """The tokens a reader carries."""
    if post.role_enum in WHOLE_OFFICE:
        return [f"office:{post.procuratorate_id}"]
    tokens = [f"post:{post.pk}"]
    if post.role_enum is Role.DEPARTMENT_HEAD and post.department_id:
        tokens.append(f"department:{post.department_id}")
    if post.role_enum is Role.REGISTRY:
        tokens.append(f"registry:{post.procuratorate_id}")
    return tokens

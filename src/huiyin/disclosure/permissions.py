"""Who proposes, checks, approves and takes back (practice 9)."""

from __future__ import annotations

from typing import Any, Final

from huiyin.disclosure.models import Publication
from huiyin.matters.models import Matter
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role

OFFICE: Final = {Role.LIAISON_OFFICE, Role.OFFICE_HEAD}
LEADERS: Final = {Role.CHIEF, Role.DEPUTY_CHIEF}
READERS: Final = OFFICE | LEADERS | {Role.SECRECY_REVIEWER, Role.DEPARTMENT_HEAD, Role.HANDLER, Role.LIAISON_OFFICER}


def declare_verbs() -> None:
    """Called once, from DisclosureConfig.ready()."""
    declare("disclosure.list", "查看答复公开", roles=READERS)
    declare("disclosure.view", "查看公开申请", roles=READERS, check=_sees)
    declare("disclosure.propose", "提出公开答复", roles=OFFICE, check=_opens)
    declare("disclosure.check", "作公开前的保密和隐私审查", roles={Role.SECRECY_REVIEWER}, check=_sees)
    declare("disclosure.approve", "批准公开", roles=LEADERS, check=_leads)
    declare("disclosure.take_back", "撤下公开的答复", roles=OFFICE | LEADERS, check=_sees)


def _sees(actor: PostActor, publication: Any) -> bool:
    assert isinstance(publication, Publication)
    return Publication.objects.open_to(actor.post).filter(pk=publication.pk).exists()


def _leads(actor: PostActor, publication: Any) -> bool:
    """The chief, or the leader in charge of the matter."""
    assert isinstance(publication, Publication)
    in_charge = actor.post.role_enum is Role.CHIEF or publication.matter.leader_id == actor.post.pk
    return in_charge and _sees(actor, publication)


def _opens(actor: PostActor, matter: Any) -> bool:
    assert isinstance(matter, Matter)
    return Matter.objects.open_to(actor.post).filter(pk=matter.pk).exists()

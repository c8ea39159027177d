"""Who may do what to a person of the register. A post acts on persons of its own office only; an officer on those
entrusted to it (practice 4)."""

from __future__ import annotations

from typing import Any, Final

from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role
from huiyin.people.models import Person

WHOLE_REGISTER: Final = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF})
THROUGH_WORK: Final = frozenset({Role.DEPUTY_CHIEF, Role.DEPARTMENT_HEAD, Role.HANDLER})
SEES_CONTACTS: Final = WHOLE_REGISTER | {Role.LIAISON_OFFICER}
OFFICERS: Final = frozenset({Role.LIAISON_OFFICER, Role.LIAISON_OFFICE})  # may look after deputies
KEEPERS: Final = {Role.LIAISON_OFFICE}
CARERS: Final = KEEPERS | {Role.LIAISON_OFFICER}


def declare_verbs() -> None:
    """Called once, from PeopleConfig.ready()."""
    declare("people.list", "查看代表委员", roles=WHOLE_REGISTER | THROUGH_WORK | {Role.LIAISON_OFFICER})
    declare("people.export", "导出代表委员名册", roles=KEEPERS | {Role.OFFICE_HEAD})
    declare("people.export_full", "导出完整号码的名册", roles={Role.OFFICE_HEAD})
    declare("people.import", "导入代表名册", roles=KEEPERS)
    declare("people.enter", "录入代表委员", roles=KEEPERS)
    declare("people.change", "修改代表委员资料", roles=CARERS, check=cares_for)
    declare("people.add_mandate", "增加代表委员的身份", roles=KEEPERS, check=cares_for)
    declare("people.change_mandate", "更正代表委员的身份", roles=KEEPERS, check=cares_for)
    declare("people.end_mandate", "终止代表委员的身份", roles=KEEPERS, check=cares_for)
    declare("people.assign_officer", "指定联络员", roles=KEEPERS, check=cares_for)
    declare("people.set_contact_point", "登记联系方式", roles=CARERS, check=cares_for)
    declare("people.erase_contact_point", "删除联系方式", roles=CARERS, check=cares_for)
    declare("people.reveal_contact", "查看完整号码", roles=CARERS | {Role.OFFICE_HEAD}, check=cares_for)
    declare("people.find_by_phone", "按手机号查找代表委员", roles=KEEPERS | {Role.PETITION_OFFICER})


def cares_for(actor: PostActor, person: Any) -> bool:
    """Whether the person is of the actor's office, and entrusted to them where they are a liaison officer."""
    assert isinstance(person, Person)
    if person.procuratorate_id != actor.post.procuratorate_id:
        return False
    if actor.post.role_enum is Role.LIAISON_OFFICER:
        return person.mandates.filter(liaison_officer=actor.post).exists()
    return True


def sees_contacts(post: Post) -> bool:
    """Whether lists show this post phones at all, masked (practice 43)."""
    return post.role_enum in SEES_CONTACTS

"""What every write to the register asks first."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django.db.models import F

from huiyin.audit.actors import Target
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Post, Procuratorate
from huiyin.people.ethnicities import ETHNICITIES
from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.models import Person
from huiyin.people.permissions import OFFICERS
from huiyin.people.rules import CONGRESS_LEVEL_LABELS, MANDATE_LABELS, SEX_LABELS, TERM_KINDS, clean_name

EARLIEST_BIRTH: Final = 1900
LAST_TERM: Final = 99


class PersonMovedOn(Refusal):
    """A colleague or an earlier click was faster."""

    code: ClassVar[str] = "people.person_moved_on"


class FactsWrong(Refusal):
    """Something said of a person cannot be so."""

    code: ClassVar[str] = "people.facts_wrong"


class MandateWrong(Refusal):
    """Something said of a mandate cannot be so."""

    code: ClassVar[str] = "people.mandate_wrong"


class NoLiaisonOfficer(Refusal):
    """The post cannot look after deputies."""

    code: ClassVar[str] = "people.no_liaison_officer"


def move(person: Person, *, version: int, **changes: Any) -> None:
    """Write changes to the person as it was read, and its next version. Raises PersonMovedOn."""
    as_read = Person.objects.filter(pk=person.pk, version=version)
    if not as_read.update(version=F("version") + 1, **changes):
        raise PersonMovedOn(f"{person.name}的资料刚才已被同事修改，或者您点了两次。请刷新页面，看过最新内容再改。")
    person.version = version + 1
    for name, value in changes.items():
        setattr(person, name, value)


def checked_person(facts: PersonFacts, on: date) -> PersonFacts:
    """The facts with the name cleaned. Raises FactsWrong."""
    name = clean_name(facts.name)
    if not name:
        raise FactsWrong("请填写姓名。")
    if facts.sex not in SEX_LABELS:
        raise FactsWrong("性别只能是男、女或者不填。")
    if facts.ethnicity and facts.ethnicity not in ETHNICITIES:
        raise FactsWrong("民族不在国家标准的名称里，请从列表中选择。")
    if facts.birth_year is not None and not EARLIEST_BIRTH <= facts.birth_year <= on.year:
        raise FactsWrong(f"出生年应在{EARLIEST_BIRTH}到{on.year}之间，请核对。")
    return PersonFacts(**{**vars(facts), "name": name})


def check_mandate(facts: MandateFacts, office: Procuratorate, on: date) -> None:
    """Raises MandateWrong, NoLiaisonOfficer."""
    if facts.kind not in MANDATE_LABELS or (facts.level and facts.level not in CONGRESS_LEVEL_LABELS):
        raise MandateWrong("没有这种身份或者层级，请从列表中选择。")
    if facts.kind in TERM_KINDS and not (facts.level and facts.term):
        raise MandateWrong("人大代表、政协委员要写明层级和届次。")
    if facts.term is not None and not 1 <= facts.term <= LAST_TERM:
        raise MandateWrong(f"届次应是1到{LAST_TERM}之间的数字。")
    if facts.until_on is not None and facts.until_on <= facts.from_on:
        raise MandateWrong("止日应晚于起日，请核对。")
    if facts.body is not None and facts.body.procuratorate_id != office.pk:
        raise MandateWrong("所选机关不在本院的外部单位名单里，请重新选择。")
    check_officer(facts.liaison_officer, office, on)


def check_officer(officer: Post | None, office: Procuratorate, on: date) -> None:
    """Raises NoLiaisonOfficer unless the post is a liaison officer's of this office, held on that day."""
    if officer is None:
        return
    held = officer.from_on <= on and (officer.until_on is None or officer.until_on > on)
    if officer.procuratorate_id != office.pk or officer.role_enum not in OFFICERS or not held:
        raise NoLiaisonOfficer("联络员应是本院在任的代表联络员，或者代表委员联络办公室人员，请重新选择。")


def target_of(person: Person) -> Target:
    """The person as audit names it."""
    return Target(kind="people.person", key=str(person.pk), label=person.name)

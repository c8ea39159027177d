"""Every write to the register of persons, the facts it takes, and the two reads that leave a record."""

from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.operations.contacts import erase_contact_point, find_by_phone, reveal_contact, set_contact_point
from huiyin.people.operations.exports import note_export, note_full_export
from huiyin.people.operations.mandates import add_mandate, assign_officer, change_mandate, end_mandate
from huiyin.people.operations.persons import change_person, enter_person

__all__ = [
    "MandateFacts",
    "PersonFacts",
    "add_mandate",
    "assign_officer",
    "change_mandate",
    "change_person",
    "end_mandate",
    "enter_person",
    "erase_contact_point",
    "find_by_phone",
    "note_export",
    "note_full_export",
    "reveal_contact",
    "set_contact_point",
]

"""Every write of the room, one subject a file."""

from huiyin.organisations.operations.bodies import (
    BodyFacts,
    change_body,
    enter_body,
    resume_body,
    reveal_body_phone,
    stop_body,
)
from huiyin.organisations.operations.offices import (
    change_department,
    change_office,
    close_department,
    enter_department,
    enter_office,
    reopen_department,
)
from huiyin.organisations.operations.posts import change_post, close_post, open_post, put_in_charge
from huiyin.organisations.operations.seats import appoint_seat, vacate_seat
from huiyin.organisations.operations.signing import change_password, note_sign_in, note_sign_out, reset_password, unlock
from huiyin.organisations.operations.staff import change_staff, disable_staff, enable_staff, enter_staff
from huiyin.organisations.operations.substitutions import add_substitution, end_substitution

__all__ = [
    "BodyFacts",
    "add_substitution",
    "appoint_seat",
    "change_body",
    "change_department",
    "change_office",
    "change_password",
    "change_post",
    "change_staff",
    "close_department",
    "close_post",
    "disable_staff",
    "enable_staff",
    "end_substitution",
    "enter_body",
    "enter_department",
    "enter_office",
    "enter_staff",
    "note_sign_in",
    "note_sign_out",
    "open_post",
    "put_in_charge",
    "reopen_department",
    "reset_password",
    "resume_body",
    "reveal_body_phone",
    "stop_body",
    "unlock",
    "vacate_seat",
]

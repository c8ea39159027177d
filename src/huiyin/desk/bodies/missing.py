"""What a page says that needs a body to choose while the office has none in use."""

from __future__ import annotations

from huiyin.organisations.permissions import may
from huiyin.organisations.queries import assigner_choices
from huiyin.web.pages import StaffRequest


def no_assigner(request: StaffRequest) -> dict[str, bool]:
    """Context for `desk/bodies/missing.html`: whether nobody could have assigned anything, and who may mend that."""
    return {
        "no_assigner": not assigner_choices(request.post.procuratorate),
        "enters_bodies": may(request.actor, "organisations.enter_body"),
    }

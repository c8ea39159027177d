"""Reading a sealed inquiry: an act on record, answered with the content itself.

Nothing of it stays behind: a page asked for again is sealed again. Only a form refused within a quarter of an hour
brings the content back beside what was typed, by a signed word it carries."""

from __future__ import annotations

from typing import Final

from django.core.signing import BadSignature, TimestampSigner

from huiyin.organisations.models import Post
from huiyin.suggestions.models import CaseInquiry

SECONDS: Final = 15 * 60
_signer: Final = TimestampSigner(salt="desk.inquiries.opened")


def word_for(inquiry: CaseInquiry, post: Post) -> str:
    """What a form of the opened page carries."""
    return _signer.sign(f"{inquiry.pk}:{post.pk}")


def is_open(word: str, inquiry: CaseInquiry, post: Post) -> bool:
    """Whether this post opened this inquiry a moment ago."""
    try:
        return _signer.unsign(word, max_age=SECONDS) == f"{inquiry.pk}:{post.pk}"
    except BadSignature:
        return False

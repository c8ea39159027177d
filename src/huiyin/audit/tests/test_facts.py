"""What a record says of encrypted values."""

from __future__ import annotations

import re

import pytest

from huiyin.audit.facts import changes, hidden, values
from huiyin.organisations.models import CongressBody

pytestmark = pytest.mark.pure


def body(**facts):
    return CongressBody(pk=1, procuratorate_id=3, name="样本市人大代工委", contact_phone="10000009001", **facts)


class TestHidden:
    def test_gives_equal_values_equal_digests(self):
        assert hidden("t.c", "10000009001") == hidden("t.c", "10000009001") != hidden("t.c", "10000009002")

    def test_gives_the_same_value_another_digest_elsewhere(self):
        assert hidden("t.c", "10000009001") != hidden("t.d", "10000009001")

    def test_leaves_empty_empty(self):
        assert hidden("t.c", None) == hidden("t.c", "") == ""


class TestValues:
    def test_hide_encrypted_fields_by_themselves(self):
        facts = values(body(), "name", "contact_phone", "procuratorate")
        assert facts["name"] == "样本市人大代工委"
        assert facts["procuratorate"] == 3
        assert re.fullmatch("#[0-9a-f]{24}", facts["contact_phone"])


class TestChanges:
    def test_name_what_would_change_only(self):
        found = changes(body(), {"name": "新名", "contact_phone": "10000009001"})
        assert found == {"name": ["样本市人大代工委", "新名"]}

    def test_show_that_a_hidden_value_changed(self):
        old, new = changes(body(), {"contact_phone": "10000009002"})["contact_phone"]
        assert old != new
        assert old.startswith("#")

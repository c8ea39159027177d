import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from huiyin.kernel.ids import new_code, new_public_id, payload_digest

pytestmark = pytest.mark.pure


class TestNewPublicId:
    def test_carries_128_bits_in_url_safe_characters(self):
        assert re.fullmatch("[A-Za-z0-9_-]{22}", new_public_id())

    def test_does_not_come_twice(self):
        assert len({new_public_id() for _ in range(1000)}) == 1000


class TestNewCode:
    @pytest.mark.parametrize("digits", [4, 6, 8])
    def test_has_the_digits_asked_for(self, digits):
        assert all(re.fullmatch(f"[0-9]{{{digits}}}", new_code(digits)) for _ in range(100))


class TestPayloadDigest:
    def test_stands_for_ever(self):
        payload = {"title": "关于样例的建议", "day": date(2026, 6, 8), "n": [1, None, True]}
        assert payload_digest(payload) == "fc59f59342567d2e714356bb0f3eaa55cb5bdd7eb70f59399cc671628c7c7e6b"

    def test_does_not_depend_on_the_order_of_keys(self):
        assert payload_digest({"a": 1, "b": 2}) == payload_digest({"b": 2, "a": 1})

    def test_depends_on_the_order_of_a_list(self):
        assert payload_digest([1, 2]) != payload_digest([2, 1])

    def test_is_one_for_one_moment_in_two_zones(self):
        shanghai = datetime(2026, 6, 8, 8, tzinfo=timezone(timedelta(hours=8)))
        assert payload_digest(shanghai) == payload_digest(datetime(2026, 6, 8, tzinfo=UTC))

    def test_takes_decimals_and_uuids(self):
        assert payload_digest([Decimal("1.50"), UUID(int=1)]) == payload_digest(["1.50", str(UUID(int=1))])

    @pytest.mark.parametrize("payload", [datetime(2026, 6, 8), object(), {1, 2}, b"x"])
    def test_refuses_what_has_no_canonical_form(self, payload):
        with pytest.raises(TypeError):
            payload_digest(payload)

    def test_refuses_what_is_no_number(self):
        with pytest.raises(ValueError):
            payload_digest(float("nan"))

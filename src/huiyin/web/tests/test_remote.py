"""Where a request came from."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from huiyin.audit.models import Record
from huiyin.config.environment import Environment
from huiyin.web.remote import last_untrusted

PROXY, NETWORK = "10.1.2.3", (ip_network("10.1.2.0/24"), ip_network("fd00::/8"))
SIGN_IN = "/desk/sign-in/"


class TestTheAddressOfARequest:
    @pytest.mark.parametrize(
        ("peer", "forwarded", "found"),
        [
            ("192.0.2.9", "", "192.0.2.9"),
            (PROXY, "", PROXY),  # a health check of the proxy itself
            (PROXY, "192.0.2.9", "192.0.2.9"),
            (PROXY, "198.51.100.1, 192.0.2.9", "192.0.2.9"),
            (PROXY, "192.0.2.9, 10.1.2.7", "192.0.2.9"),  # two proxies of ours
            (PROXY, "10.1.2.8, 10.1.2.7", "10.1.2.8"),  # a machine beside the proxies
            (PROXY, "192.0.2.9:51234", "192.0.2.9"),
            (PROXY, "[2001:db8::9]:51234", "2001:db8::9"),
            (PROXY, "2001:db8::9", "2001:db8::9"),
            (PROXY, "::ffff:192.0.2.9", "192.0.2.9"),
            ("::ffff:10.1.2.3", "192.0.2.9", "192.0.2.9"),
            ("fd00::1", "2001:db8::9", "2001:db8::9"),
        ],
    )
    def test_is_the_last_hop_that_is_no_proxy_of_ours(self, peer, forwarded, found):
        assert last_untrusted(peer, forwarded, NETWORK) == found

    @pytest.mark.parametrize(
        ("peer", "forwarded", "found"),
        [
            ("203.0.113.5", "192.0.2.9", "203.0.113.5"),  # straight to us, past the proxy
            ("203.0.113.5", "192.0.2.9, 10.1.2.7", "203.0.113.5"),
            (PROXY, "10.1.2.7, 203.0.113.5", "203.0.113.5"),  # names a proxy of ours as its own origin
            (PROXY, "192.0.2.9, nowhere", PROXY),
            (PROXY, "192.0.2.9, 203.0.113.5, ,", "203.0.113.5"),
            (PROXY, "unknown", PROXY),
            (PROXY, "' or 1=1", PROXY),
            ("nowhere", "192.0.2.9", "nowhere"),
        ],
    )
    def test_is_nothing_a_sender_can_write(self, peer, forwarded, found):
        assert last_untrusted(peer, forwarded, NETWORK) == found

    def test_is_the_peer_where_no_proxy_is_named(self):
        assert last_untrusted(PROXY, "192.0.2.9", ()) == PROXY


class TestBehindAProxyOfOurs:
    @pytest.fixture
    def far(self, settings):
        settings.HUIYIN_TRUSTED_PROXIES = NETWORK
        return lambda address: Client(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": address})

    def test_audit_names_who_came(self, far, world):
        far("192.0.2.9").post(SIGN_IN, {"login": "officer_wang", "password": "not-this-one"})
        assert {row.remote for row in Record.objects.all()} == {"192.0.2.9"}

    def test_so_do_the_failed_sign_ins_that_lock(self, far, world):
        from axes.models import AccessAttempt

        far("192.0.2.9").post(SIGN_IN, {"login": "officer_wang", "password": "not-this-one"})
        assert AccessAttempt.objects.get().ip_address == "192.0.2.9"

    def test_codes_are_paced_for_each_deputy_not_for_the_proxy(self, far, db, settings):
        settings.HUIYIN_ACCESS = settings.HUIYIN_ACCESS | {"per_address": [(3600, 1)]}
        for last in (1, 2, 3):
            asked = far(f"192.0.2.{last}").post("/sign-in/", {"phone": f"1000000000{last}"})
            assert asked.status_code == 302
        assert far("192.0.2.3").post("/sign-in/", {"phone": "10000000004"}).status_code == 422
        spoofed = far("192.0.2.77, 192.0.2.3").post("/sign-in/", {"phone": "10000000005"})
        assert "太频繁" in spoofed.content.decode()


class TestTheSettingOfASite:
    def test_takes_addresses_and_networks(self, monkeypatch):
        monkeypatch.setenv("HUIYIN_TRUSTED_PROXIES", "127.0.0.1, 10.1.2.0/24,fd00::/8")
        assert Environment.read().proxies == (ip_network("127.0.0.1"), *NETWORK)

    def test_trusts_nobody_by_itself(self, monkeypatch):
        monkeypatch.delenv("HUIYIN_TRUSTED_PROXIES", raising=False)
        assert Environment.read().proxies == ()

    @pytest.mark.parametrize("said", ["proxy.example", "10.1.2.3/24", "10.1.2.0/33", "*"])
    def test_refuses_what_is_neither(self, monkeypatch, said):
        monkeypatch.setenv("HUIYIN_TRUSTED_PROXIES", said)
        with pytest.raises(ImproperlyConfigured, match="HUIYIN_TRUSTED_PROXIES"):
            Environment.read()

import pytest

from huiyin.kernel.crypto import blind_index, index_id_number, index_phone, index_text
from huiyin.kernel.keyring import IndexAlgorithm, KeyRing

pytestmark = pytest.mark.pure

SECRET = bytes(range(32))


def ring_of(algorithm):
    return KeyRing((), algorithm, SECRET)


class TestBlindIndex:
    """These digests stand in databases: a change of any of them makes stored rows unfindable."""

    @pytest.mark.parametrize(
        ("algorithm", "digest"),
        [
            (IndexAlgorithm.HMAC_SHA_256, "2f815d68f602b1979d4c06823849a6e971a47f855bd071c18572879292370100"),
            (IndexAlgorithm.HMAC_SM3, "52dfebb2ffa7951a26d316b07f03dd5598020e5ff064fc7047bbced9a5482def"),
        ],
    )
    def test_is_frozen(self, algorithm, digest):
        assert blind_index(ring_of(algorithm), "people_contactpoint.value", "10000000001") == digest

    def test_differs_between_columns(self):
        ring = KeyRing.new()
        assert blind_index(ring, "a.b", "甲") != blind_index(ring, "a.c", "甲")

    def test_differs_between_houses(self):
        assert blind_index(KeyRing.new(), "a.b", "甲") != blind_index(KeyRing.new(), "a.b", "甲")

    def test_outlives_a_rotation(self):
        ring = KeyRing.new()
        assert blind_index(ring.rotate(), "a.b", "甲") == blind_index(ring, "a.b", "甲")

    def test_of_nothing_is_empty(self):
        assert blind_index(KeyRing.new(), "a.b", "") == ""


class TestNormalisers:
    @pytest.mark.parametrize(
        ("text", "normal"),
        [
            ("10000000001", "10000000001"),
            ("+86 100-0000-0001", "10000000001"),
            ("0086 10000000001", "10000000001"),
            ("８６１０００００００００１", "10000000001"),
            ("(0999) 800-0001", "09998000001"),
            ("12309", "12309"),
            ("无", ""),
        ],
    )
    def test_phone(self, text, normal):
        assert index_phone(text) == normal

    @pytest.mark.parametrize(
        ("text", "normal"),
        [
            ("99999919600229002x", "99999919600229002X"),
            ("999999 19600229 002Ｘ", "99999919600229002X"),
            ("e-00000001", "E00000001"),
        ],
    )
    def test_id_number(self, text, normal):
        assert index_id_number(text) == normal

    @pytest.mark.parametrize(
        ("text", "normal"),
        [
            (" 赵 示例\u3000", "赵示例"),
            ("阿样例·买示例", "阿样例\u00b7买示例"),
            ("阿样例•买示例", "阿样例\u00b7买示例"),
            ("阿样例・买示例", "阿样例\u00b7买示例"),
            ("阿样例･买示例", "阿样例\u00b7买示例"),
            ("Ｚｈａｏ\u200b Shili\x00", "zhaoshili"),
            ("\U00020000", "\U00020000"),
        ],
    )
    def test_free_text(self, text, normal):
        assert index_text(text) == normal

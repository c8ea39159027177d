import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.crypto import NotDecryptable, UnknownKey, decrypt, encrypt, key_id_of
from huiyin.kernel.keyring import Algorithm, KeyRing, Suite

pytestmark = pytest.mark.pure

PLACE = "people_contactpoint.value"


@pytest.fixture(params=list(Suite))
def ring(request):
    return KeyRing.new(request.param)


class TestEncrypt:
    @given(text=st.text(st.characters(exclude_categories=["Cs"])), suite=st.sampled_from(Suite))
    def test_comes_back_as_it_was(self, text, suite):
        ring = KeyRing.new(suite)
        assert decrypt(ring, encrypt(ring, text, PLACE), PLACE) == text

    def test_gives_other_bytes_every_time(self, ring):
        assert encrypt(ring, "10000000001", PLACE) != encrypt(ring, "10000000001", PLACE)

    def test_says_in_its_header_how_it_was_made(self):
        ring = KeyRing.new(Suite.CHINESE).rotate()
        assert encrypt(ring, "甲", PLACE)[:4] == bytes((1, Algorithm.SM4_GCM, 0, 2))

    def test_holds_nothing_readable(self, ring):
        assert b"10000000001" not in encrypt(ring, "10000000001", PLACE)


class TestDecrypt:
    def test_refuses_another_place(self, ring):
        with pytest.raises(NotDecryptable, match="not written for"):
            decrypt(ring, encrypt(ring, "甲", PLACE), "people_person.name")

    def test_refuses_another_key_of_the_same_number(self, ring):
        with pytest.raises(NotDecryptable):
            decrypt(KeyRing.new(Suite.INTERNATIONAL), encrypt(ring, "甲", PLACE), PLACE)

    def test_names_a_key_it_does_not_hold(self, ring):
        with pytest.raises(UnknownKey, match="no key 2"):
            decrypt(ring, encrypt(ring.rotate(), "甲", PLACE), PLACE)

    def test_notices_every_flipped_bit(self, ring):
        ciphertext = encrypt(ring.rotate(), "甲", PLACE)
        for position in range(len(ciphertext)):
            changed = bytearray(ciphertext)
            changed[position] ^= 1
            with pytest.raises((NotDecryptable, UnknownKey)):
                decrypt(ring, bytes(changed), PLACE)

    @pytest.mark.parametrize("rubbish", [b"", b"\x01", b"\x01\x01\x00\x01" + b"0" * 27, b"\x02" * 60])
    def test_refuses_what_is_no_ciphertext(self, ring, rubbish):
        with pytest.raises(NotDecryptable, match="no ciphertext"):
            decrypt(ring, rubbish, PLACE)


class TestRotation:
    def test_still_reads_what_the_old_key_wrote(self, ring):
        old = encrypt(ring, "甲", PLACE)
        assert decrypt(ring.rotate(), old, PLACE) == "甲"

    def test_writes_with_the_new_key(self, ring):
        assert key_id_of(encrypt(ring.rotate().rotate(), "甲", PLACE)) == 3

    def test_may_go_over_to_the_other_algorithms(self):
        ring = KeyRing.new(Suite.INTERNATIONAL)
        old, newer = encrypt(ring, "甲", PLACE), ring.rotate(Suite.CHINESE)
        assert newer.current_key.algorithm is Algorithm.SM4_GCM
        assert decrypt(newer, old, PLACE) == decrypt(newer, encrypt(newer, "甲", PLACE), PLACE) == "甲"

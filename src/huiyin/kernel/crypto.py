"""Encryption of single values, and blind indexes to find them by.

A ciphertext is version (1 byte), algorithm (1), key id (2, big-endian), nonce (12), then data with its 16-byte tag.
Header and the caller's place ("table.column") are authenticated with the data, so nothing moves or is re-labelled."""

import os
import re
import unicodedata
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .keyring import Algorithm, DataKey, IndexAlgorithm, KeyRing, UnknownKey

__all__ = ["KeyRing", "NotDecryptable", "UnknownKey", "blind_index", "decrypt", "encrypt", "index_mark", "key_id_of"]

_VERSION: Final = 1
_HEADER: Final = 4
_NONCE: Final = 12
_TAG: Final = 16
_CIPHERS: Final = {Algorithm.AES_256_GCM: algorithms.AES, Algorithm.SM4_GCM: algorithms.SM4}
_HASHES: Final = {IndexAlgorithm.HMAC_SHA_256: hashes.SHA256, IndexAlgorithm.HMAC_SM3: hashes.SM3}


class NotDecryptable(Exception):  # noqa: N818  # a fact about the value, like Django's DoesNotExist
    """The ciphertext was changed, belongs to another place, or its key is another one than the ring holds."""


def encrypt(ring: KeyRing, plaintext: str, aad: str) -> bytes:
    """The text under the ring's current key, bound to `aad`; twice the same text never gives the same bytes."""
    key = ring.current_key
    header = bytes((_VERSION, key.algorithm)) + key.key_id.to_bytes(2)
    nonce = os.urandom(_NONCE)
    cipher = Cipher(_CIPHERS[key.algorithm](key.secret), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(header + aad.encode())
    return header + nonce + cipher.update(plaintext.encode()) + cipher.finalize() + cipher.tag


def decrypt(ring: KeyRing, ciphertext: bytes, aad: str) -> str:
    """The text again. Raises NotDecryptable; UnknownKey when the ring never held the key it was written with."""
    key = _key_of(ring, ciphertext)
    header, nonce = ciphertext[:_HEADER], ciphertext[_HEADER : _HEADER + _NONCE]
    data, tag = ciphertext[_HEADER + _NONCE : -_TAG], ciphertext[-_TAG:]
    cipher = Cipher(_CIPHERS[key.algorithm](key.secret), modes.GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(header + aad.encode())
    try:
        return (cipher.update(data) + cipher.finalize()).decode()
    except InvalidTag:
        raise NotDecryptable(f"not written for {aad}, or changed since") from None


def key_id_of(ciphertext: bytes) -> int:
    """Which key a ciphertext was written with; a rotation looks for those that are not the current one."""
    if len(ciphertext) < _HEADER + _NONCE + _TAG or ciphertext[0] != _VERSION:
        raise NotDecryptable("no ciphertext of this house")
    return int.from_bytes(ciphertext[2:_HEADER])


def _key_of(ring: KeyRing, ciphertext: bytes) -> DataKey:
    key = ring.key(key_id_of(ciphertext))
    if ciphertext[1] != key.algorithm:
        raise NotDecryptable("the algorithm mark does not fit the key")
    return key


def blind_index(ring: KeyRing, column: str, normalised: str) -> str:
    """Keyed digest (64 hex characters) of a normalised value within a column ("table.column").

    Its key outlives every rotation of the data keys; a new one needs every index computed anew. An empty value gives
    "", which no search asks for."""
    if not normalised:
        return ""
    mac = hmac.HMAC(ring.index_secret, _HASHES[ring.index_algorithm]())
    mac.update(column.encode() + b"\x00" + normalised.encode())
    return mac.finalize().hex()


def index_mark(ring: KeyRing) -> str:
    """Sixteen characters that differ between index keys and tell nothing about them."""
    return blind_index(ring, "key ring", "index key")[:16]


# Frozen: a change here makes every stored index unfindable. tests/test_blind_index.py holds the vectors.
_DOTS: Final = str.maketrans(dict.fromkeys("·•‧∙⋅・", "\u00b7"))


def index_phone(text: str) -> str:
    """A phone number's digits, the country code 86 left out."""
    digits = "".join(re.findall("[0-9]", unicodedata.normalize("NFKC", text)))
    return digits[-11:] if re.fullmatch("(?:00)?86[0-9]{11}", digits) else digits


def index_id_number(text: str) -> str:
    """An identity number's (or other document's) letters and digits in capitals."""
    return "".join(re.findall("[0-9A-Z]", unicodedata.normalize("NFKC", text).upper()))


def index_text(text: str) -> str:
    """Free text such as a name: half-width, case-folded, without spaces, every middle dot as U+00B7."""
    compact = "".join(unicodedata.normalize("NFKC", text).casefold().translate(_DOTS).split())
    return "".join(character for character in compact if unicodedata.category(character) not in {"Cc", "Cf"})

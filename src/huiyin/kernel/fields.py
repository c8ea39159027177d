"""Model fields for what must not stand readable in the database; the only Django file of the kernel.

The keys come from `settings.HUIYIN_KEY_RING`: a `KeyRing`, a callable without arguments that returns one (such as
`KeyRingFile`), or the dotted path to either. It is asked on every read and write, never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string

from .crypto import KeyRing, decrypt, encrypt

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

if TYPE_CHECKING:
    _TextField = models.TextField[_ST, _GT]
    _CharField = models.CharField[_ST, _GT]
else:
    # The stubs make fields generic in what is set and got; Django itself does not.
    _TextField = {(_ST, _GT): models.TextField}
    _CharField = {(_ST, _GT): models.CharField}


def key_ring() -> KeyRing:
    """The ring the settings name. Raises TypeError when they name something else."""
    ring: object = settings.HUIYIN_KEY_RING
    if isinstance(ring, str):
        ring = import_string(ring)
    if not isinstance(ring, KeyRing) and callable(ring):
        ring = ring()
    if not isinstance(ring, KeyRing):
        raise TypeError(f"HUIYIN_KEY_RING gives {type(ring).__name__}, not a KeyRing")
    return ring


class EncryptedTextField(_TextField[_ST, _GT]):
    """Text that the database holds as ciphertext only; Python reads and writes str.

    Each value is bound to "table.column": rows moved elsewhere do not open, and a renamed table or column needs its
    values encrypted anew in the same migration. Empty text is stored as empty bytes, None as NULL. Equal texts have
    different ciphertexts, so the only lookup is isnull; search through a BlindIndexField beside it. Write values, not
    expressions: `Value("…")` without this field as its output_field would pass by the encryption."""

    def get_internal_type(self) -> str:
        """Stored in the database's binary type."""
        return "BinaryField"

    @property
    def aad(self) -> str:
        """What binds a value to its place."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> Any:
        """None for every lookup but isnull, upon which Django names the field and the lookup in a FieldError."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_prep_value(self, value: Any) -> Any:
        """The ciphertext of a str. Raises TypeError for bytes, which would be encrypted twice."""
        if value is None:
            return None
        if not value:  # also the b"" that migrations use as the default of a binary column
            return b""
        if isinstance(value, bytes | memoryview):
            raise TypeError(f"{self.name} takes text, not bytes")
        return encrypt(key_ring(), str(value), self.aad)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """The ciphertext as the database driver wants its bytes."""
        value = super().get_db_prep_value(value, connection, prepared)
        # Database is the driver module, which the stubs do not know.
        return connection.Database.Binary(value) if isinstance(value, bytes) else value  # type: ignore[attr-defined]

    def from_db_value(self, value: Any, expression: object, connection: BaseDatabaseWrapper) -> str | None:
        """The text of a stored ciphertext. Raises NotDecryptable."""
        if value is None:
            return None
        stored = bytes(value)
        return decrypt(key_ring(), stored, self.aad) if stored else ""


class BlindIndexField(_CharField[_ST, _GT]):
    """Keyed digest of a normalised value, by which an encrypted column is found; empty when there is none.

    A plain column: the owner's operation fills it through `crypto.blind_index`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        ours: dict[str, Any] = {"max_length": 64, "db_index": True, "blank": True, "default": "", "editable": False}
        super().__init__(*args, **(ours | kwargs))

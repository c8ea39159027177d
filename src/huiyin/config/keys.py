"""The installation's key ring, kept under its home with mode 0600."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from huiyin.kernel.keyring import KeyRing, KeyRingFile, Suite

_path = settings.HUIYIN_HOME / "keys.json"
KeyRing.load_or_create(_path, Suite.INTERNATIONAL)
ring = KeyRingFile(_path)


def ring_file() -> KeyRingFile:
    """The file behind the setting, to change it. Raises TypeError where the setting names no file."""
    named = settings.HUIYIN_KEY_RING
    found = import_string(named) if isinstance(named, str) else named
    if not isinstance(found, KeyRingFile):
        raise TypeError(f"HUIYIN_KEY_RING gives {type(found).__name__}, not a KeyRingFile")
    return found

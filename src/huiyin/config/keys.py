"""The installation's key ring, kept under its home with mode 0600."""

from __future__ import annotations

from django.conf import settings

from huiyin.kernel.keyring import KeyRing, KeyRingFile, Suite

_path = settings.HUIYIN_HOME / "keys.json"
KeyRing.load_or_create(_path, Suite.INTERNATIONAL)
ring = KeyRingFile(_path)

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "huiyin.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self, dispatch_uid="huiyin.audit.guards")


def _install(using: str, **sent: Any) -> None:
    """Guards come after every migration: rebuilding a table drops them on SQLite."""
    from django.db import connections

    from huiyin.audit.raw_sql import install_guards

    install_guards(connections[using])

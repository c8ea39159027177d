from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationsConfig(AppConfig):
    name = "huiyin.organisations"
    verbose_name = "机构与岗位"

    def ready(self) -> None:
        from huiyin.organisations.permissions import declare_own

        declare_own()
        post_migrate.connect(_install, sender=self, dispatch_uid="huiyin.organisations.guards")


def _install(using: str, **sent: Any) -> None:
    """Guards come after every migration: rebuilding a table drops them on SQLite."""
    from django.db import connections

    from huiyin.organisations.raw_sql import install_guards

    install_guards(connections[using])

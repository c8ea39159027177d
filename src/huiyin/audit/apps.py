from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "huiyin.audit"
    verbose_name = "审计"

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "huiyin.approvals"
    verbose_name = "审批"

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "huiyin.approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from huiyin.approvals.handover import register_handover
        from huiyin.approvals.permissions import declare_verbs

        declare_verbs()
        register_handover()

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "huiyin.statistics"
    verbose_name = "统计"

    def ready(self) -> None:
        from huiyin.statistics import permissions

        permissions.declare_verbs()

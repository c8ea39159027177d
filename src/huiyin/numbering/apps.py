from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "huiyin.numbering"
    verbose_name = "编号"

    def ready(self) -> None:
        from huiyin.numbering import permissions

        permissions.declare_all()

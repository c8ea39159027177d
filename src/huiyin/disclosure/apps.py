from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "huiyin.disclosure"
    verbose_name = "公开"

    def ready(self) -> None:
        from huiyin.disclosure import permissions

        permissions.declare_verbs()

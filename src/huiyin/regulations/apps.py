from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "huiyin.regulations"
    verbose_name = "制度"

    def ready(self) -> None:
        from huiyin.regulations.permissions import declare_verbs

        declare_verbs()

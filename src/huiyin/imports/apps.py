from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "huiyin.imports"
    verbose_name = "导入"

    def ready(self) -> None:
        from huiyin.files.permissions import register_sight
        from huiyin.imports.permissions import declare_verbs, may_open_file

        declare_verbs()
        register_sight(may_open_file)

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "huiyin.people"
    verbose_name = "人员"

    def ready(self) -> None:
        from huiyin.people import deputies_import, permissions

        permissions.declare_verbs()
        deputies_import.register_import()

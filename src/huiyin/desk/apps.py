from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huiyin.desk"

    def ready(self) -> None:
        from huiyin.desk.messages.navigation import entries as bell
        from huiyin.web.context import add_navigation

        add_navigation(bell, 15)

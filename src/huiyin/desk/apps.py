from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huiyin.desk"

    def ready(self) -> None:
        from huiyin.desk.books.navigation import entries as books
        from huiyin.desk.home import own_waiting
        from huiyin.desk.matters import navigation, own_sections
        from huiyin.desk.messages.navigation import entries as bell
        from huiyin.desk.staff.navigation import FIRST_PAGES
        from huiyin.desk.staff.navigation import entries as staff
        from huiyin.organisations.permissions import EVERY_ROLE, declare
        from huiyin.web.context import add_navigation
        from huiyin.web.pages import name_first_pages

        add_navigation(staff, 80)
        name_first_pages(FIRST_PAGES)

        add_navigation(bell, 15)
        add_navigation(books, 60)
        add_navigation(navigation.entries, 10)
        add_navigation(navigation.later_entries, 55)
        declare("desk.home", "查看今日工作", roles=EVERY_ROLE)
        own_sections.add_own()
        own_waiting.add_own()

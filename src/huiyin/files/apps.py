from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "huiyin.files"
    verbose_name = "文件"

    def ready(self) -> None:
        from huiyin.files import permissions

        permissions.declare_all()

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "huiyin.imports"
    verbose_name = "导入"

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "huiyin.numbering"
    verbose_name = "编号"

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "huiyin.matters"
    verbose_name = "事项"

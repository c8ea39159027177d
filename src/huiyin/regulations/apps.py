from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "huiyin.regulations"
    verbose_name = "制度"

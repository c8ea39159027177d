from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "huiyin.portal"
    verbose_name = "代表委员手机端"

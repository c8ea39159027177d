from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "huiyin.exchange"
    verbose_name = "交换"

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "huiyin.messaging"
    verbose_name = "消息"

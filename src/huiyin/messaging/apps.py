from django.apps import AppConfig
from django.core.checks import register


class MessagingConfig(AppConfig):
    name = "huiyin.messaging"
    verbose_name = "消息"

    def ready(self) -> None:
        from huiyin.exchange.registry import register_sender
        from huiyin.messaging.checks import texter_is_sound
        from huiyin.messaging.permissions import declare_verbs
        from huiyin.messaging.rebinding import follow
        from huiyin.messaging.tasks import send_code
        from huiyin.people.registry import register_replaced

        declare_verbs()
        register(texter_is_sound)
        register_sender(send_code)
        register_replaced(follow)

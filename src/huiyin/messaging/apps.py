from django.apps import AppConfig
from django.core.checks import register


class MessagingConfig(AppConfig):
    name = "huiyin.messaging"
    verbose_name = "消息"

    def ready(self) -> None:
        from functools import partial

        from huiyin.approvals.registry import register_teller
        from huiyin.exchange.registry import register_sender
        from huiyin.messaging.checks import texter_is_sound
        from huiyin.messaging.operations import queue
        from huiyin.messaging.permissions import declare_verbs
        from huiyin.messaging.rebinding import follow
        from huiyin.messaging.rules import Lane
        from huiyin.messaging.tasks import send_code
        from huiyin.people.registry import register_replaced

        declare_verbs()
        register(texter_is_sound)
        register_sender(send_code)
        register_replaced(follow)
        register_teller(partial(queue, lane=Lane.STATUTORY))

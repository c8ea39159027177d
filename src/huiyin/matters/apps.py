from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "huiyin.matters"
    verbose_name = "事项"

    def ready(self) -> None:
        from huiyin.matters import permissions
        from huiyin.matters.operations import recompute
        from huiyin.regulations import registry

        permissions.declare_verbs()
        registry.register_recompute(recompute.NAME, recompute.recompute)
        registry.register_preview(recompute.NAME, recompute.preview)

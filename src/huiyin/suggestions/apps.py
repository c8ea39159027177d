from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "huiyin.suggestions"
    verbose_name = "建议"

    def ready(self) -> None:
        from huiyin.approvals import registry as approvals
        from huiyin.suggestions import kind, permissions
        from huiyin.suggestions.operations.propose import SUBJECT_KIND

        permissions.declare_verbs()
        kind.register_kinds()
        approvals.register(
            approvals.SubjectKind(code=SUBJECT_KIND, label="拟办单", url=lambda key: f"/desk/proposals/{key}/")
        )

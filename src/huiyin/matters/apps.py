from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "huiyin.matters"
    verbose_name = "事项"

    def ready(self) -> None:
        from huiyin.approvals import registry as approvals
        from huiyin.exchange.registry import register_slip
        from huiyin.exchange.shapes import VOTE, check_vote
        from huiyin.files.permissions import register_sight
        from huiyin.matters import (
            clock_permissions,
            entering_permissions,
            file_sight,
            follow_handover,
            follow_permissions,
            handover,
            indexing,
            joint_permissions,
            letter_permissions,
            letter_places,
            permissions,
            person_sight,
        )
        from huiyin.matters.operations import extensions, polls, recompute, replies_signing
        from huiyin.people.registry import register_met
        from huiyin.regulations import registry

        permissions.declare_verbs()
        letter_permissions.declare_letter_verbs()
        follow_permissions.declare_follow_verbs()
        clock_permissions.declare_clock_verbs()
        joint_permissions.declare_joint_verbs()
        entering_permissions.declare_entering_verbs()
        register_sight(file_sight.sees)
        register_met(person_sight.met)
        register_slip(VOTE, check_vote, polls.handle_vote, secret=True)
        handover.register_handover()
        follow_handover.register_follow_handover()
        approvals.register(
            approvals.SubjectKind(
                code=replies_signing.SUBJECT,
                label="文稿",
                url="/desk/replies/{}/sign/".format,
                page="/desk/replies/{}/".format,
                circulates=True,
                whereabouts=letter_places.whereabouts,
                seen_anew=indexing.reindex_papers_of,
            )
        )
        approvals.register(
            approvals.SubjectKind(
                code=extensions.SUBJECT, label="延期申请", url="/desk/extensions/{}/".format,
                seen_anew=indexing.reindex_papers_of,
            )
        )  # fmt: skip
        registry.register_recompute(recompute.NAME, recompute.recompute)
        registry.register_preview(recompute.NAME, recompute.preview, recompute.count, recompute.remaining)

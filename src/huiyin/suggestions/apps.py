from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "huiyin.suggestions"
    verbose_name = "建议"

    def ready(self) -> None:
        from huiyin.approvals import registry as approvals
        from huiyin.exchange import registry as exchange
        from huiyin.exchange.shapes import RATING, check_rating
        from huiyin.files.permissions import register_sight
        from huiyin.matters import filing_documents, indexing
        from huiyin.matters.operations.measures import keep_open
        from huiyin.regulations import registry as regulations
        from huiyin.suggestions import (
            cards,
            common_permissions,
            common_queries,
            congress_permissions,
            handover,
            kind,
            list_import,
            papers,
            permissions,
            progress_permissions,
            proposal_list,
            public_interest_permissions,
            public_interest_queries,
            queries,
            ratings,
            receipts_import,
            study_permissions,
        )
        from huiyin.suggestions.operations import (
            common_problems,
            congress,
            congress_dues,
            inquiries,
            propose,
            public_interest_dues,
        )

        permissions.declare_verbs()
        study_permissions.declare_study_verbs()
        congress_permissions.declare_congress_verbs()
        regulations.register_recompute(congress_dues.NAME, congress_dues.recompute)
        regulations.register_recompute(public_interest_dues.NAME, public_interest_dues.recompute)
        public_interest_permissions.declare_transfer_verbs()
        register_sight(public_interest_queries.sees_transfer_paper)
        approvals.register(
            approvals.SubjectKind(code=congress.SUBJECT_KIND, label="向常委会的报告", url="/desk/congress/{}/".format)
        )
        progress_permissions.declare_progress_verbs()
        kind.register_kinds()
        list_import.register_import()
        proposal_list.register_import()
        receipts_import.register_import()
        common_permissions.declare_common_verbs()
        keep_open(common_problems.why_task_goes_on)
        register_sight(common_queries.sees_rule)
        register_sight(queries.sees_scan)
        register_sight(queries.sees_minutes)
        register_sight(queries.sees_withdrawal)
        register_sight(queries.sees_inquiry_file)
        exchange.register_slip(RATING, check_rating, ratings.handle)
        exchange.register_opened(cards.publish_for)
        handover.register_handover()
        filing_documents.register_papers(papers.withdrawal_papers)
        filing_documents.register_sheet(propose.SUBJECT_KIND, papers.sheet_in_file)
        approvals.register(
            approvals.SubjectKind(
                code=propose.SUBJECT_KIND,
                label="拟办单",
                url="/desk/proposals/{}/".format,
                circulates=True,
                seen_anew=indexing.reindex_papers_of,
            )
        )
        approvals.register(
            approvals.SubjectKind(
                code=inquiries.SUBJECT_KIND, label="案件咨询答复意见", url="/desk/inquiries/{}/".format
            )
        )

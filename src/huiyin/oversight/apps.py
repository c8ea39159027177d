from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "huiyin.oversight"
    verbose_name = "审议意见和监督"

    def ready(self) -> None:
        from huiyin.matters import answering, filing_documents
        from huiyin.oversight import handover, kind, papers, permissions, queries

        permissions.declare_verbs()
        kind.register_kinds()
        handover.register_handover()
        way = answering.Answering(held=queries.held_by, posts=queries.answering_posts)
        answering.register_answering(way)
        filing_documents.register_papers(papers.sheet_in_file)

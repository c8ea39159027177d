from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huiyin.desk"

    def ready(self) -> None:
        from huiyin.desk.acts import sections as acts
        from huiyin.desk.approvals.navigation import entries as approvals
        from huiyin.desk.bodies.navigation import entries as bodies
        from huiyin.desk.books.navigation import entries as books
        from huiyin.desk.commitments.navigation import entries as ledger
        from huiyin.desk.common_problems import sections as common_problems
        from huiyin.desk.congress import sections as congress
        from huiyin.desk.emphasis import sections as emphasis
        from huiyin.desk.entries import sections as entered
        from huiyin.desk.extensions import sections as extensions
        from huiyin.desk.home import beginning, own_waiting
        from huiyin.desk.inquiries import converting
        from huiyin.desk.joint import sections as joint
        from huiyin.desk.matters import navigation, own_sections
        from huiyin.desk.measures import sections as measures
        from huiyin.desk.merging import sections as merging
        from huiyin.desk.messages.navigation import entries as bell
        from huiyin.desk.oversight import sections as oversight
        from huiyin.desk.papers.navigation import entries as papers
        from huiyin.desk.people.navigation import entries as people
        from huiyin.desk.polls import sections as polls
        from huiyin.desk.progress import sections as progress
        from huiyin.desk.proposals.navigation import entries as first_half
        from huiyin.desk.public_interest import sections as public_interest
        from huiyin.desk.publications import sections as publications
        from huiyin.desk.ratings import sections as ratings
        from huiyin.desk.replies import sections as replies
        from huiyin.desk.replies import waiting
        from huiyin.desk.returns import sections as returns
        from huiyin.desk.revisits import sections as revisits
        from huiyin.desk.staff.navigation import FIRST_PAGES
        from huiyin.desk.staff.navigation import entries as staff
        from huiyin.desk.statistics.navigation import entries as figures
        from huiyin.desk.superior import sections as superior
        from huiyin.desk.supervisions import sections as supervisions
        from huiyin.desk.upward import sections as upward
        from huiyin.desk.withdrawals import sections as withdrawals
        from huiyin.organisations.permissions import EVERY_ROLE, declare
        from huiyin.web.context import add_navigation, name_search
        from huiyin.web.pages import name_first_pages

        add_navigation(staff, 80)
        name_first_pages(FIRST_PAGES)

        add_navigation(bell, 15)
        add_navigation(first_half, 12)
        add_navigation(people, 40)
        add_navigation(bodies, 40)
        add_navigation(books, 60)
        add_navigation(navigation.entries, 10)
        name_search(navigation.search)
        add_navigation(navigation.later_entries, 55)
        declare("desk.home", "查看今日工作", roles=EVERY_ROLE)
        own_sections.add_own()
        own_waiting.add_own()
        beginning.add_own()
        add_navigation(approvals, 12)
        add_navigation(ledger, 14)
        add_navigation(progress.entries, 39)
        add_navigation(papers, 40)
        add_navigation(publications.entries, 42)
        add_navigation(figures, 45)
        for subject in (
            acts, common_problems, congress, converting, emphasis, entered, extensions, joint, merging, oversight,
            polls, progress, public_interest, publications, replies, ratings, returns, superior, supervisions, revisits,
            measures, upward, waiting, withdrawals,
        ):  # fmt: skip
            subject.add_own()

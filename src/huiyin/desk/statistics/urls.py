from django.urls import path

from huiyin.desk.statistics import overview, records, report_acts, reports, studies

app_name = "statistics"
urlpatterns = [
    path("statistics/", overview.overview, name="overview"),
    path("statistics/export/", overview.export, name="export"),
    path("statistics/records/", records.of_period, name="records"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.begin, name="begin"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/records/", records.of_report, name="report_records"),
    path("reports/<int:pk>/corrections/", reports.corrected, name="corrections"),
    path("reports/<int:pk>/corrections/paper/<str:kind>/", reports.corrections_paper, name="corrections_paper"),
    path("reports/<int:pk>/paper/<str:kind>/", reports.paper, name="paper"),
    path("reports/<int:pk>/edit/", report_acts.edit, name="edit"),
    path("reports/<int:pk>/issue/", report_acts.issue, name="issue"),
    path("reports/<int:pk>/drop/", report_acts.drop, name="drop"),
    path("reports/<int:pk>/beside/", report_acts.beside, name="beside"),
    path("studies/", studies.studies, name="studies"),
    path("studies/new/", studies.enter, name="enter_study"),
    path("studies/<int:pk>/", studies.study, name="study"),
    path("studies/<int:pk>/correct/", studies.correct, name="correct_study"),
]

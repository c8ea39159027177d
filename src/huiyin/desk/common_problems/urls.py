from django.urls import path

from huiyin.desk.common_problems import views

app_name = "common_problems"
urlpatterns = [
    path("common-problems/", views.problems, name="list"),
    path("common-problems/export/", views.export, name="export"),
    path("common-problems/new/", views.open_new, name="open"),
    path("common-problems/<int:pk>/", views.problem, name="detail"),
    path("common-problems/<int:pk>/gather/", views.gather, name="gather"),
    path("common-problems/<int:pk>/gathered/<int:gathered>/release/", views.release, name="release"),
    path("common-problems/<int:pk>/discuss/", views.discuss, name="discuss"),
    path("common-problems/<int:pk>/analyse/", views.analyse, name="analyse"),
    path("common-problems/<int:pk>/institutionalise/", views.institutionalise, name="institutionalise"),
    path("common-problems/<int:pk>/end/", views.end, name="end"),
]

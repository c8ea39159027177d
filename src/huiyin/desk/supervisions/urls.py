from django.urls import path

from huiyin.desk.supervisions import acting, views, writing

app_name = "supervisions"
urlpatterns = [
    path("supervisions/", views.supervisions, name="list"),
    path("supervisions/new/", writing.propose, name="propose"),
    path("supervisions/<int:pk>/", views.supervision, name="detail"),
    path("supervisions/<int:pk>/order/", acting.order, name="order"),
    path("supervisions/<int:pk>/acknowledge/", acting.acknowledge, name="acknowledge"),
    path("supervisions/<int:pk>/report/", acting.report, name="report"),
    path("supervisions/<int:pk>/judge/", acting.judge, name="judge"),
    path("supervisions/<int:pk>/withdraw/", acting.withdraw, name="withdraw"),
    path("supervisions/<int:pk>/paper/<str:kind>/", views.paper, name="paper"),
]

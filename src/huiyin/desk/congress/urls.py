from django.urls import path

from huiyin.desk.congress import acts, views

app_name = "congress"
urlpatterns = [
    path("congress/", views.reports, name="list"),
    path("congress/new/", views.begin, name="begin"),
    path("congress/<int:pk>/", views.report, name="detail"),
    path("congress/<int:pk>/edit/", views.edit, name="edit"),
    path("congress/<int:pk>/paper/<str:kind>/", views.paper, name="paper"),
    path("congress/<int:pk>/submit/", acts.submit, name="submit"),
    path("congress/<int:pk>/decide/", acts.decide, name="decide"),
    path("congress/<int:pk>/resign/", acts.resign, name="resign"),
    path("congress/<int:pk>/number/", acts.number, name="number"),
    path("congress/<int:pk>/send/", acts.send, name="send"),
    path("congress/<int:pk>/conclude/", acts.conclude, name="conclude"),
    path("congress/<int:pk>/drop/", acts.drop, name="drop"),
]

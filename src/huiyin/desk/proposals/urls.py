from django.urls import path

from huiyin.desk.proposals import deciding, views

app_name = "proposals"
urlpatterns = [
    path("proposals/", views.sheets, name="list"),
    path("proposals/draft/", views.draft, name="draft"),
    path("proposals/<int:pk>/", views.sheet, name="detail"),
    path("proposals/<int:pk>/fill/", views.fill, name="fill"),
    path("proposals/<int:pk>/send/", views.send, name="send"),
    path("proposals/<int:pk>/recall/", views.recall, name="recall"),
    path("proposals/<int:pk>/drop/", views.drop, name="drop"),
    path("proposals/<int:pk>/decide/", deciding.decide, name="decide"),
]

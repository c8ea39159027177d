from django.urls import path

from huiyin.desk.papers import views

app_name = "papers"
urlpatterns = [
    path("papers/", views.choose, name="choose"),
    path("papers/receipts/<str:kind>/", views.receipts, name="receipts"),
    path("papers/suggestions/<str:kind>/", views.suggestions, name="suggestions"),
    path("proposals/<int:pk>/paper/<str:kind>/", views.proposal, name="proposal"),
    path("undertakings/<int:pk>/notice/<str:kind>/", views.notice, name="notice"),
]

from django.urls import path

from huiyin.desk.extensions import acts, clock, views

app_name = "extensions"
urlpatterns = [
    path("matters/<int:pk>/extension/", views.ask, name="ask"),
    path("matters/<int:pk>/suspension/", clock.suspend, name="suspend"),
    path("matters/<int:pk>/resumption/", clock.resume, name="resume"),
    path("extensions/<int:pk>/", views.extension, name="detail"),
    path("extensions/<int:pk>/decide/", acts.decide, name="decide"),
    path("extensions/<int:pk>/send/", acts.send, name="send"),
    path("extensions/<int:pk>/answer/", acts.answer, name="answer"),
    path("extensions/<int:pk>/tell/", acts.tell, name="tell"),
    path("extensions/<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("extensions/<int:pk>/form/<str:kind>/", views.form_paper, name="form"),
    path("extensions/<int:pk>/letter/<str:kind>/", views.letter, name="letter"),
]

from django.urls import path

from huiyin.desk.undertakings import acts, views

app_name = "undertakings"
urlpatterns = [
    path("undertakings/", views.undertakings, name="list"),
    path("undertakings/<int:pk>/", views.undertaking, name="detail"),
    path("undertakings/<int:pk>/sign-for/", acts.sign_for, name="sign_for"),
    path("undertakings/<int:pk>/change-handler/", acts.change_handler, name="change_handler"),
    path("undertakings/<int:pk>/ask-adjustment/", acts.ask_adjustment, name="ask_adjustment"),
    path("undertakings/<int:pk>/note-adjustment/", acts.note_adjustment, name="note_adjustment"),
    path("undertakings/<int:pk>/decide-adjustment/", acts.decide_adjustment, name="decide_adjustment"),
    path("undertakings/<int:pk>/propose-reassignment/", acts.propose_reassignment, name="propose_reassignment"),
    path("undertakings/<int:pk>/decide-reassignment/", acts.decide_reassignment, name="decide_reassignment"),
]

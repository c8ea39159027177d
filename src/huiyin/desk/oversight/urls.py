from django.urls import path

from huiyin.desk.oversight import acting, entering, listing

app_name = "oversight"
urlpatterns = [
    path("oversight/", listing.listed, name="list"),
    path("oversight/export/", listing.export, name="export"),
    path("oversight/new/", entering.enter, name="enter"),
    path("oversight/<int:pk>/correct/", entering.correct, name="correct"),
    path("oversight/<int:pk>/paper/<slug:kind>/", listing.paper, name="paper"),
    path("oversight/<int:pk>/opinions/new/", acting.note, name="note"),
    path("oversight/opinions/<int:pk>/answer/", acting.answer, name="answer"),
    path("oversight/opinions/<int:pk>/take-up/", acting.take_up, name="take_up"),
    path("oversight/<int:pk>/settle/", acting.settle_matter, name="settle"),
    path("oversight/<int:pk>/result/", acting.result, name="result"),
]

from django.urls import path

from huiyin.desk.matters import changing, entering, export, page, register, relating, stepping

app_name = "matters"
urlpatterns = [
    path("matters/", register.register, name="list"),
    path("matters/export/", export.export, name="export"),
    path("matters/new/", entering.enter, name="enter"),
    path("matters/new/proposal/", entering.enter_proposal, name="enter_proposal"),
    path("matters/<int:pk>/", page.matter_page, name="detail"),
    path("matters/<int:pk>/classify/", changing.classify_matter, name="classify"),
    path("matters/<int:pk>/correct/", changing.correct, name="correct"),
    path("matters/<int:pk>/items/", changing.items, name="items"),
    path("matters/<int:pk>/steps/", stepping.steps, name="steps"),
    path("matters/<int:pk>/relations/new/", relating.link, name="relate"),
    path("matters/<int:pk>/relations/<int:relation>/remove/", relating.unlink, name="unrelate"),
    path("matters/<int:pk>/attach/", changing.attach, name="attach"),
]

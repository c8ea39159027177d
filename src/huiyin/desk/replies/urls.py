from django.urls import path

from huiyin.desk.replies import issuing, numbers, reading, signing, soliciting, undoing, writing

app_name = "replies"
urlpatterns = [
    path("matters/<int:pk>/letter/", writing.begin, name="begin"),
    path("replies/", reading.letters, name="list"),
    path("replies/numbers/", numbers.register, name="numbers"),
    path("replies/numbers/export/", numbers.export, name="export_numbers"),
    path("replies/<int:pk>/", reading.detail, name="detail"),
    path("replies/<int:pk>/paper/<str:name>/", reading.paper, name="paper"),
    path("replies/<int:pk>/print/<str:name>/", reading.print_paper, name="print"),
    path("replies/<int:pk>/versions/<int:number>/<str:kind>/", reading.version_paper, name="version"),
    path("replies/<int:pk>/versions/<int:number>/print/<str:kind>/", reading.print_version, name="print_version"),
    path("replies/<int:pk>/edit/", writing.edit, name="edit"),
    path("replies/<int:pk>/upload/", writing.upload, name="upload"),
    path("replies/<int:pk>/cite/", writing.cite, name="cite"),
    path("replies/<int:pk>/submit/", writing.send_up, name="submit"),
    path("replies/<int:pk>/recall/", writing.call_back, name="recall"),
    path("replies/<int:pk>/solicit/", soliciting.give, name="solicit"),
    path("solicitations/<int:pk>/answer/", soliciting.answer, name="answer"),
    path("replies/<int:pk>/sign/", signing.sign, name="sign"),
    path("replies/<int:pk>/proofread/", issuing.proof, name="proofread"),
    path("replies/<int:pk>/send-back/", undoing.back_to_signer, name="send_back"),
    path("replies/<int:pk>/void-number/", undoing.give_up_number, name="void_number"),
    path("replies/<int:pk>/void/", undoing.give_up_letter, name="void"),
    path("replies/<int:pk>/number/", issuing.number, name="number"),
    path("replies/<int:pk>/seal/", issuing.set_seal, name="seal"),
    path("replies/<int:pk>/issue/", issuing.send_out, name="issue"),
    path("replies/<int:pk>/deliver/", issuing.hand_over, name="deliver"),
    path("replies/<int:pk>/uploaded/", issuing.entered_outside, name="uploaded"),
]

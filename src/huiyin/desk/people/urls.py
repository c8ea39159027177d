"""Deputies and members."""

from django.urls import path

from huiyin.desk.people import contacts, entering, mandates, page, register

app_name = "people"
urlpatterns = [
    path("people/", register.list_people, name="list"),
    path("people/export/", register.export, name="export"),
    path("people/export/full/", register.export_full, name="export_full"),
    path("people/phone/", register.find_by_phone, name="find_by_phone"),
    path("people/new/", entering.enter, name="enter"),
    path("people/<int:pk>/", page.detail, name="detail"),
    path("people/<int:pk>/edit/", entering.change, name="change"),
    path("people/<int:pk>/mandates/new/", mandates.add, name="add_mandate"),
    path("people/<int:pk>/contacts/new/", contacts.set_point, name="set_contact_point"),
    path("mandates/<int:pk>/edit/", mandates.change, name="change_mandate"),
    path("mandates/<int:pk>/end/", mandates.end, name="end_mandate"),
    path("mandates/<int:pk>/officer/", mandates.assign, name="assign_officer"),
    path("contacts/<int:pk>/reveal/", contacts.reveal, name="reveal_contact"),
    path("contacts/<int:pk>/erase/", contacts.erase, name="erase_contact_point"),
    path("contacts/<int:pk>/bind/", contacts.bind, name="bind"),
    path("bindings/<int:pk>/end/", contacts.unbind, name="end_binding"),
]

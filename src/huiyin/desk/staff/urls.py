"""Staff and posts."""

from django.urls import path

from huiyin.desk.staff import colleagues, locks, offices, people, rights

app_name = "staff"
urlpatterns = [
    path("staff/", people.list_staff, name="list"),
    path("staff/new/", people.enter_staff, name="enter"),
    path("staff/<int:pk>/", people.person, name="person"),
    path("staff/<int:pk>/edit/", people.change_staff, name="change_staff"),
    path("staff/<int:pk>/disable/", people.disable_staff, name="disable"),
    path("staff/<int:pk>/enable/", people.enable_staff, name="enable"),
    path("staff/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("staff/<int:pk>/posts/new/", people.open_post, name="open_post"),
    path("posts/<int:pk>/close/", people.close_post, name="close_post"),
    path("posts/<int:pk>/charge/", people.put_in_charge, name="put_in_charge"),
    path("posts/<int:pk>/edit/", people.change_post, name="change_post"),
    path("offices/", offices.list_offices, name="offices"),
    path("offices/new/", offices.enter_office, name="enter_office"),
    path("offices/<int:pk>/edit/", offices.change_office, name="change_office"),
    path("departments/new/", offices.enter_department, name="enter_department"),
    path("departments/<int:pk>/edit/", offices.change_department, name="change_department"),
    path("departments/<int:pk>/close/", offices.close_department, name="close_department"),
    path("departments/<int:pk>/reopen/", offices.reopen_department, name="reopen_department"),
    path("seats/", people.list_seats, name="seats"),
    path("rights/", rights.list_rights, name="rights"),
    path("locks/", locks.list_locks, name="locks"),
    path("locks/<int:pk>/unlock/", locks.unlock, name="unlock"),
    path("colleagues/", colleagues.list_colleagues, name="colleagues"),
    path("colleagues/<int:pk>/substitute/", colleagues.add_substitution, name="add_substitution"),
    path("substitutions/<int:pk>/end/", colleagues.end_substitution, name="end_substitution"),
]

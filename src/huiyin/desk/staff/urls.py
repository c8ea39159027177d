"""Staff and posts."""

from django.urls import path

from huiyin.desk.staff import colleagues, locks, people, rights

app_name = "staff"
urlpatterns = [
    path("staff/", people.list_staff, name="list"),
    path("staff/new/", people.enter_staff, name="enter"),
    path("staff/<int:pk>/", people.person, name="person"),
    path("staff/<int:pk>/disable/", people.disable_staff, name="disable"),
    path("staff/<int:pk>/enable/", people.enable_staff, name="enable"),
    path("staff/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("staff/<int:pk>/posts/new/", people.open_post, name="open_post"),
    path("posts/<int:pk>/close/", people.close_post, name="close_post"),
    path("posts/<int:pk>/charge/", people.put_in_charge, name="put_in_charge"),
    path("departments/new/", people.enter_department, name="enter_department"),
    path("offices/new/", people.enter_office, name="enter_office"),
    path("seats/", people.list_seats, name="seats"),
    path("rights/", rights.list_rights, name="rights"),
    path("locks/", locks.list_locks, name="locks"),
    path("locks/<int:pk>/unlock/", locks.unlock, name="unlock"),
    path("colleagues/", colleagues.list_colleagues, name="colleagues"),
    path("colleagues/<int:pk>/substitute/", colleagues.add_substitution, name="add_substitution"),
    path("substitutions/<int:pk>/end/", colleagues.end_substitution, name="end_substitution"),
]

from django.urls import path

from huiyin.desk.books import calendars, changing, library, reading, recomputing, stacking

app_name = "books"
urlpatterns = [
    path("books/", reading.books, name="list"),
    path("books/load/", changing.load_book, name="load"),
    path("books/library/", library.shelf, name="library"),
    path("books/library/take/", library.take, name="take"),
    path("books/compare/", library.compare, name="compare"),
    path("books/stack/", stacking.set_stack, name="stack"),
    path("books/stack/ahead/", stacking.ahead, name="stack_ahead"),
    path("books/recomputations/", recomputing.recomputations, name="recomputations"),
    path("books/<int:pk>/", reading.book, name="detail"),
    path("books/<int:pk>/text/", reading.text, name="text"),
    path("books/<int:pk>/moves/", changing.preview, name="moves"),
    path("books/<int:pk>/put-in-force/", changing.put_in_force, name="put_in_force"),
    path("books/<int:pk>/refuse/", changing.refuse_version, name="refuse"),
    path("calendar/", calendars.year, name="calendar"),
    path("calendar/load/", calendars.load_year, name="load_year"),
    path("calculate/", reading.calculate, name="calculate"),
]

from django.urls import path

from huiyin.desk.acts import opinions, views

app_name = "acts"
urlpatterns = [
    path("matters/<int:pk>/acts/new/", views.record, name="record"),
    path("acts/<int:pk>/", views.detail, name="detail"),
    path("acts/<int:pk>/note/", views.note, name="note"),
    path("acts/<int:pk>/paper/<str:kind>/", views.paper, name="paper"),
    path("undertakings/<int:pk>/urge/", opinions.urge_assistant, name="urge"),
    path("undertakings/<int:pk>/opinion/", opinions.give, name="opinion"),
    path("undertakings/<int:pk>/leave-out/", opinions.leave, name="leave_out"),
]

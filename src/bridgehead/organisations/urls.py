from django.urls import path

from bridgehead.organisations import views

app_name = "organisations"
urlpatterns = [
    path("my/firm/", views.my_firms, name="my_firms"),
    path("my/firm/new/", views.firm_new, name="firm_new"),
    path("my/firm/<slug:slug>/", views.firm_edit, name="firm"),
    path("my/firm/<slug:slug>/people/", views.member_add, name="member_add"),
    path("my/firm/<slug:slug>/people/<int:pk>/remove/", views.member_remove, name="member_remove"),
]

from django.urls import path

from bridgehead.fairs.views import pavilion, public

app_name = "fairs"
_PAVILION = "desk/programmes/<slug:slug>/pavilion/"
urlpatterns = [
    path(_PAVILION, pavilion.pavilion, name="pavilion"),
    path(f"{_PAVILION}edit/", pavilion.edit, name="edit"),
    path(f"{_PAVILION}fill/", pavilion.fill, name="fill"),
    path(f"{_PAVILION}arrange/", pavilion.arrange, name="arrange"),
    path(f"{_PAVILION}assign/", pavilion.assign_remaining, name="assign_remaining"),
    path(f"{_PAVILION}stands/new/", pavilion.stand, name="stand_new"),
    path(f"{_PAVILION}stands/<int:pk>/", pavilion.stand, name="stand"),
    path(f"{_PAVILION}stands/<int:pk>/remove/", pavilion.remove_stand, name="stand_remove"),
    path("fairs/<slug:slug>/", public.exhibitors, name="exhibitors"),
]

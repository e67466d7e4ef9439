from django.urls import path

from bridgehead.matchmaking.views import buyer, desk, maker, timetable

app_name = "matchmaking"
DESK = "desk/programmes/<slug:slug>/"
urlpatterns = [
    path(f"{DESK}matchmaking/", desk.desk, name="desk"),
    path(f"{DESK}matchmaking/set-up/", desk.set_up, name="set_up"),
    path(f"{DESK}matchmaking/firms/", desk.take_over, name="take_over"),
    path(f"{DESK}matchmaking/buyers/new/", desk.new_buyer, name="new_buyer"),
    path(f"{DESK}matchmaking/invite/", desk.invite_all, name="invite_all"),
    path(f"{DESK}matchmaking/remind/", desk.remind, name="remind"),
    path(f"{DESK}matchmaking/parties/<int:pk>/", desk.edit_party, name="edit_party"),
    path(f"{DESK}matchmaking/parties/<int:pk>/invite/", desk.invite, name="invite"),
    path(f"{DESK}matchmaking/parties/<int:pk>/answer/", desk.set_state, name="set_state"),
    path(f"{DESK}timetable/", timetable.timetable, name="timetable"),
    path(f"{DESK}timetable/compute/", timetable.compute, name="compute"),
    path(f"{DESK}timetable/instance.json", timetable.instance, name="instance"),
    path(f"{DESK}timetable/<int:pk>/publish/", timetable.publish, name="publish"),
    path(f"{DESK}timetable/<int:pk>/timetable.xlsx", timetable.xlsx, name="xlsx"),
    path(f"{DESK}timetable/meetings/<int:pk>/cancel/", timetable.cancel, name="cancel"),
    path("my/matchmaking/", maker.list_mine, name="my_list"),
    path("my/matchmaking/<slug:slug>/", maker.page, name="my"),
    path("my/matchmaking/<slug:slug>/autosave/", maker.autosave, name="my_autosave"),
    path("my/matchmaking/<slug:slug>/calendar.ics", maker.calendar, name="my_calendar"),
    path("my/matchmaking/<slug:slug>/meetings/<uuid:uid>/cancel/", maker.cancel, name="my_cancel"),
    path("b/<str:token>/", buyer.page, name="buyer"),
    path("b/<str:token>/answer/", buyer.answer, name="buyer_answer"),
    path("b/<str:token>/autosave/", buyer.autosave, name="buyer_autosave"),
    path("b/<str:token>/calendar.ics", buyer.calendar, name="buyer_calendar"),
    path("b/<str:token>/meetings/<uuid:uid>/cancel/", buyer.cancel, name="buyer_cancel"),
]

from django.urls import path

from bridgehead.calls.urls_desk import urlpatterns as desk
from bridgehead.calls.views import maker, objecting, public, receipts, sharing, team, writing

app_name = "calls"
urlpatterns = [
    *desk,
    path("calls/", public.call_list, name="public_calls"),
    path("calls/open.atom", sharing.feed, name="public_feed"),
    path("calls/open.json", sharing.listing, name="public_json"),
    path("calls/open.ics", sharing.calendar, name="public_calendar"),
    path("calls/<slug:slug>/", public.call_detail, name="public_call"),
    path("calls/<slug:slug>/results/", public.call_results, name="public_results"),
    path("calls/<slug:slug>/closing.ics", sharing.call_calendar, name="public_call_calendar"),
    path("calls/<slug:slug>/picture.png", sharing.picture, name="public_picture"),
    path("calls/<slug:slug>/files/<int:pk>/", public.call_file, name="public_file"),
    path("calls/<slug:slug>/apply/", maker.apply, name="apply"),
    path("my/applications/", maker.my_applications, name="my_applications"),
    path("my/applications/<int:pk>/", maker.my_application, name="my_application"),
    path("my/applications/<int:pk>/edit/", writing.edit, name="my_application_edit"),
    path("my/applications/<int:pk>/autosave/", writing.autosave, name="my_application_autosave"),
    path("my/applications/<int:pk>/upload/", writing.upload, name="my_application_upload"),
    path("my/applications/<int:pk>/submit/", maker.submit, name="my_application_submit"),
    path("my/applications/<int:pk>/receipts/<int:sequence>/", receipts.mine, name="my_receipt"),
    path("my/applications/<int:pk>/day.ics", maker.day_calendar, name="my_day"),
    path("my/applications/<int:pk>/team/", team.team, name="my_team"),
    path("my/applications/<int:pk>/team/<int:member>/remind/", team.remind, name="my_team_remind"),
    path("my/applications/<int:pk>/team/<int:member>/remove/", team.remove, name="my_team_remove"),
    path("team/<str:token>/", team.answer, name="team_answer"),
    path("receipts/", receipts.check, name="receipt_check"),
    path("my/applications/<int:pk>/withdraw/", maker.withdraw, name="my_application_withdraw"),
    path("my/applications/<int:pk>/objection/", objecting.objection, name="my_objection"),
    path("my/awards/<int:pk>/accept/", maker.award_accept, name="my_award_accept"),
    path("my/awards/<int:pk>/withdraw/", maker.award_withdraw, name="my_award_withdraw"),
]

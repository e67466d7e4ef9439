from django.urls import path

from bridgehead.calls.urls_desk import urlpatterns as desk
from bridgehead.calls.views import maker, public, writing

app_name = "calls"
urlpatterns = [
    *desk,
    path("calls/", public.call_list, name="public_calls"),
    path("calls/<slug:slug>/", public.call_detail, name="public_call"),
    path("calls/<slug:slug>/apply/", maker.apply, name="apply"),
    path("my/applications/", maker.my_applications, name="my_applications"),
    path("my/applications/<int:pk>/", maker.my_application, name="my_application"),
    path("my/applications/<int:pk>/edit/", writing.edit, name="my_application_edit"),
    path("my/applications/<int:pk>/autosave/", writing.autosave, name="my_application_autosave"),
    path("my/applications/<int:pk>/submit/", maker.submit, name="my_application_submit"),
    path("my/applications/<int:pk>/withdraw/", maker.withdraw, name="my_application_withdraw"),
    path("my/awards/<int:pk>/accept/", maker.award_accept, name="my_award_accept"),
    path("my/awards/<int:pk>/withdraw/", maker.award_withdraw, name="my_award_withdraw"),
]

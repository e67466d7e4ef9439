from django.urls import path

from bridgehead.portal.views import audit, desk, members, personas, public

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("my/", desk.my, name="my"),
    path("desk/programmes/<slug:slug>/", desk.cockpit, name="cockpit"),
    path("desk/audit/", audit.trail, name="audit"),
    path("desk/people/", members.members, name="members"),
    path("desk/people/<int:pk>/remove/", members.remove, name="member_remove"),
    path("demo/", personas.choose, name="personas"),
    path("demo/<slug:key>/", personas.sign_in, name="persona"),
]

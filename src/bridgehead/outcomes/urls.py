from django.urls import path

from bridgehead.outcomes.views import desk, public

app_name = "outcomes"
urlpatterns = [
    path("desk/programmes/<slug:slug>/results/", desk.programme, name="programme"),
    path("desk/programmes/<slug:slug>/results.<str:format>", desk.download, name="download"),
    path("results/", public.index, name="index"),
    path("results/<slug:slug>/", public.programme, name="public"),
]

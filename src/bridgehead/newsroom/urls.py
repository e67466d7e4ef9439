from django.urls import path

from bridgehead.newsroom.views import desk, public

app_name = "newsroom"
urlpatterns = [
    path("news/", public.news, name="list"),
    path("news/<slug:host>/<str:slug>/", public.release, name="release"),
    path("news/<slug:host>/<str:slug>/figures/", public.figures, name="figures"),
    path("desk/news/", desk.desk, name="desk"),
    path("desk/news/import/", desk.upload, name="upload"),
    path("desk/news/import/take/", desk.take, name="take"),
    path("desk/programmes/<slug:slug>/news/", desk.programme, name="programme"),
]

from django.urls import path

from bridgehead.programmes.views import desk, settings, strategies

app_name = "programmes"
urlpatterns = [
    path("desk/programmes/", desk.programmes, name="list"),
    path("desk/new-programme/", desk.new_programme, name="new"),
    path("desk/programmes/<slug:slug>/settings/", settings.settings, name="settings"),
    path("desk/programmes/<slug:slug>/settings/edit/", desk.edit_programme, name="edit"),
    path("desk/programmes/<slug:slug>/statements/new/", settings.new_statement, name="new_statement"),
    path("desk/programmes/<slug:slug>/statements/<int:pk>/", settings.edit_statement, name="edit_statement"),
    path(
        "desk/programmes/<slug:slug>/statements/<int:pk>/delete/",
        settings.delete_statement,
        name="delete_statement",
    ),
    path("desk/strategies/", strategies.strategies, name="strategies"),
    path("desk/strategies/new/", strategies.new_strategy, name="new_strategy"),
    path("desk/strategies/<int:pk>/", strategies.edit_strategy, name="edit_strategy"),
    path("desk/strategies/<int:pk>/projects/new/", strategies.new_project, name="new_project"),
    path("desk/projects/<int:pk>/", strategies.edit_project, name="edit_project"),
]

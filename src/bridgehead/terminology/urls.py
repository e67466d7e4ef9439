from django.urls import path

from bridgehead.terminology.views import desk, downloads, exchange, inbox, proposals, public, writing

app_name = "terminology"
urlpatterns = [
    path("dictionary/", public.dictionary, name="dictionary"),
    path("dictionary/index/", public.index, name="index"),
    path("dictionary/suggest/", public.suggestion, name="suggest"),
    path("dictionary/embed/", public.embed, name="embed"),
    path("dictionary/downloads/", downloads.downloads, name="downloads"),
    path("dictionary/downloads/<slug:name>/", downloads.published, name="published"),
    path("dictionary/downloads/<slug:name>/ask/", downloads.ask, name="ask"),
    path("dictionary/cards/<path:code>/", public.card, name="card"),
    path("dictionary/concepts/<path:code>/", public.concept, name="concept"),
    path("desk/terms/", desk.desk, name="desk"),
    path("desk/terms/new/", desk.new, name="desk_new"),
    path("desk/terms/checks/", desk.check, name="checks"),
    path("desk/terms/meeting.hwpx", desk.meeting, name="meeting"),
    path("desk/terms/suggestions/", inbox.inbox, name="inbox"),
    path("desk/terms/suggestions/<int:pk>/", inbox.answer, name="answer"),
    path("desk/terms/writing/", writing.writing, name="writing"),
    path("desk/terms/avoid/", inbox.words_to_avoid, name="avoid"),
    path("desk/terms/import/", exchange.take_in, name="import"),
    path("desk/terms/import/take/", exchange.take, name="take"),
    path("desk/terms/export/", exchange.give_out, name="export"),
    path("desk/terms/export/<slug:format>/", exchange.download, name="download"),
    path("desk/terms/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("desk/terms/proposals/<int:pk>/review/", proposals.review_it, name="review"),
    path("desk/terms/proposals/<int:pk>/approve/", proposals.approve_it, name="approve"),
    path("desk/terms/proposals/<int:pk>/return/", proposals.return_it, name="return"),
    path("desk/terms/proposals/<int:pk>/undo/", proposals.undo_it, name="undo"),
    path("desk/terms/<int:pk>/", desk.concept, name="desk_concept"),
    path("desk/terms/<int:pk>/edit/", desk.section, name="desk_frame"),
    path("desk/terms/<int:pk>/edit/<str:name>/", desk.section, name="desk_section"),
    path("desk/terms/<int:pk>/discuss/", desk.discuss, name="discuss"),
]

"""The addresses of the office's and the reviewers' pages; urls.py adds those of the firms and the public."""

from django.urls import path

from bridgehead.calls.views import reviewer
from bridgehead.calls.views.officer import applications, calls, reviewers, selection, writing

PROGRAMME, CALL, APPLICATION = (
    "desk/programmes/<slug:slug>/",
    "desk/calls/<slug:slug>/",
    "desk/applications/<int:pk>/",
)

urlpatterns = [
    path(f"{PROGRAMME}calls/", calls.calls, name="desk_calls"),
    path(f"{PROGRAMME}calls/new/", writing.new, name="desk_new_call"),
    path(f"{PROGRAMME}applications/", calls.applications_of_programme, name="programme_applications"),
    path(f"{PROGRAMME}selection/", calls.selection_of_programme, name="programme_selection"),
    path(CALL, calls.call, name="desk_call"),
    path(f"{CALL}basics/", writing.basics, name="desk_basics"),
    path(f"{CALL}texts/", writing.texts, name="desk_texts"),
    path(f"{CALL}questions/", writing.questions, name="desk_questions"),
    path(f"{CALL}scoring/", writing.scoring, name="desk_scoring"),
    path(f"{CALL}preview/", writing.preview, name="desk_preview"),
    path(f"{CALL}publish/", calls.publish, name="desk_publish"),
    path(f"{CALL}extend/", calls.extend, name="desk_extend"),
    path(f"{CALL}copy/", calls.copy, name="desk_copy"),
    path(f"{CALL}applications/", applications.applications, name="desk_applications"),
    path(f"{CALL}applications/export/", applications.export, name="desk_export"),
    path(APPLICATION, applications.application, name="desk_application"),
    path(f"{APPLICATION}shortlist/", applications.shortlist, name="desk_shortlist"),
    path(f"{APPLICATION}return/", applications.return_for_completion, name="desk_return"),
    path(f"{APPLICATION}decline/", applications.decline, name="desk_decline"),
    path(f"{APPLICATION}assign/", reviewers.assign_one, name="desk_assign_one"),
    path(f"{CALL}reviewers/", reviewers.reviewers, name="desk_reviewers"),
    path(f"{CALL}reviewers/assign/", reviewers.assign, name="desk_assign"),
    path("desk/reviews/<int:pk>/unassign/", reviewers.unassign, name="desk_unassign"),
    path(f"{CALL}selection/", selection.selection, name="desk_selection"),
    path(f"{CALL}selection/decide/", selection.decide, name="desk_decide"),
    path(f"{CALL}selection/<int:pk>/", selection.change, name="desk_change"),
    path(f"{CALL}selection/mails/", selection.mails, name="desk_mails"),
    path(f"{CALL}selection/release/", selection.release, name="desk_release"),
    path(f"{CALL}selection/paper/", selection.download, name="desk_paper"),
    path("desk/awards/<int:pk>/withdraw/", selection.withdraw, name="desk_withdraw_award"),
    path("review/", reviewer.reviews, name="reviews"),
    path("review/<int:pk>/", reviewer.review, name="review"),
    path("review/<int:pk>/save/", reviewer.save, name="review_save"),
    path("review/<int:pk>/conflict/", reviewer.conflict, name="review_conflict"),
]

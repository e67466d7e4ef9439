from django.urls import path

from bridgehead.floor.views import app, files, follow_up, maker, officer, wins

DESK = "desk/programmes/<slug:slug>/consultations/"
WAVES = "desk/programmes/<slug:slug>/follow-up/"
WINS = "desk/programmes/<slug:slug>/wins/"
MINE = "my/floor/<slug:slug>/"

app_name = "floor"
urlpatterns = [
    path("my/floor/", maker.programmes, name="my_floor"),
    path("my/floor/app/", app.shell, name="app"),
    path("my/floor/app/worker.js", app.worker, name="app_worker"),
    path("my/floor/app/app.webmanifest", app.manifest, name="app_manifest"),
    path("my/floor/app/hello/", app.hello, name="app_hello"),
    path("my/floor/app/sync/", app.sync, name="app_sync"),
    path("my/floor/app/photos/<uuid:pk>/", app.photo, name="app_photo"),
    path("my/floor/phones/", app.phones, name="my_phones"),
    path("my/floor/phones/<int:pk>/sign-out/", app.phone_sign_out, name="my_phone_sign_out"),
    path(MINE, maker.log, name="my_log"),
    path(f"{MINE}decisions/", app.decisions, name="my_decisions"),
    path(f"{MINE}decisions/<int:pk>/", app.decide_field, name="my_decide"),
    path(f"{MINE}<uuid:pk>/", maker.consultation, name="my_consultation"),
    path(f"{MINE}<uuid:pk>/withdraw/", maker.withdraw, name="my_withdraw"),
    path(f"{MINE}<uuid:pk>/restore/", maker.restore, name="my_restore"),
    path(f"{MINE}<uuid:pk>/stage/", maker.stage, name="my_stage"),
    path(f"{MINE}<uuid:pk>/stage/<int:record>/confirm/", maker.confirm, name="my_confirm"),
    path(f"{MINE}<uuid:pk>/stage/<int:record>/evidence/", wins.my_evidence, name="my_evidence"),
    path(WINS, wins.wins, name="wins"),
    path(f"{WINS}<int:pk>/ask/", wins.ask, name="win_ask"),
    path(f"{WINS}<int:pk>/evidence/", wins.evidence, name="win_evidence"),
    path(f"{WINS}<int:pk>/check/", wins.check, name="win_check"),
    path("w/<str:token>/", wins.win, name="win"),
    path("w/<str:token>/fresh/", wins.win_fresh, name="win_fresh"),
    path(DESK, officer.consultations, name="consultations"),
    path(f"{DESK}new/", officer.new, name="consultation_new"),
    path(f"{DESK}export.xlsx", files.export, {"format": "xlsx"}, name="consultations_xlsx"),
    path(f"{DESK}export.csv", files.export, {"format": "csv"}, name="consultations_csv"),
    path(f"{DESK}import/", files.upload, name="import"),
    path(f"{DESK}import/template.xlsx", files.template, name="import_template"),
    path(f"{DESK}import/<int:batch>/", files.preview, name="import_preview"),
    path(f"{DESK}<uuid:pk>/", officer.consultation, name="consultation"),
    path(f"{DESK}<uuid:pk>/edit/", officer.edit, name="consultation_edit"),
    path(f"{DESK}<uuid:pk>/withdraw/", officer.withdraw, name="consultation_withdraw"),
    path(f"{DESK}<uuid:pk>/restore/", officer.restore, name="consultation_restore"),
    path(f"{DESK}<uuid:pk>/stage/", officer.stage, name="stage"),
    path(f"{DESK}<uuid:pk>/stage/<int:record>/withdraw/", officer.stage_withdraw, name="stage_withdraw"),
    path(WAVES, follow_up.waves, name="follow_up"),
    path(f"{WAVES}plan/", follow_up.plan, name="follow_up_plan"),
    path(f"{WAVES}calls/", follow_up.calls, name="calls"),
    path(f"{WAVES}calls/<int:follow_up>/", follow_up.call, name="call"),
    path(f"{DESK}board/", follow_up.board, name="board"),
    path(f"{WAVES}<int:wave>/send/", follow_up.send, name="follow_up_send"),
    path(f"{WAVES}remind/<int:follow_up>/", follow_up.remind_firm, name="follow_up_remind"),
    path("f/<str:token>/", follow_up.answer, name="answer"),
    path("f/<str:token>/save/", follow_up.answer_save, name="answer_save"),
    path("f/<str:token>/done/", follow_up.answer_done, name="answer_done"),
]

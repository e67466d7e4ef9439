from django.urls import path, re_path

from bridgehead.questions.views import builder, files, uploads

app_name = "questions"
urlpatterns = [
    path("desk/questions/", builder.set_list, name="sets"),
    path("desk/questions/new/", builder.set_new, name="set_new"),
    path("desk/questions/<int:pk>/", builder.set_detail, name="set"),
    path("desk/questions/<int:pk>/add/", builder.question_new, name="question_new"),
    path("desk/questions/<int:pk>/copy/", builder.set_copy, name="set_copy"),
    re_path(
        r"^desk/questions/(?P<pk>\d+)/preview/(?P<language>ko|en)/$", builder.set_preview, name="set_preview"
    ),
    path("desk/questions/question/<int:pk>/", builder.question_edit, name="question_edit"),
    path("desk/questions/question/<int:pk>/move/", builder.question_move, name="question_move"),
    path("desk/questions/question/<int:pk>/delete/", builder.question_delete, name="question_delete"),
    path("files/uploads/<uuid:pk>/", uploads.upload, name="upload"),
    path("files/<uuid:pk>/", files.download, name="file"),
]

from django.urls import path

from bridgehead.certification.views import badges, desk, maker, public, schemes

app_name = "certification"
urlpatterns = [
    path("certificates/", public.register, name="register"),
    path("certificates/verify/", public.verify, name="verify"),
    path("certificates/verify/offline/", public.offline, name="offline"),
    path("certificates/schemes/<slug:slug>/", public.scheme, name="scheme"),
    path("certificates/schemes/<slug:slug>/mark/", public.mark_rules, name="mark_rules"),
    path("certificates/firms/<slug:slug>/", public.firm, name="firm"),
    path("certificates/badges/<int:pk>/", public.badge, name="badge"),
    path("certificates/badges/<int:pk>/<str:form>.pdf", public.badge_paper, name="badge_paper"),
    path("certificates/<slug:number>/", public.certificate, name="certificate"),
    path("certificates/<slug:number>/complain/", public.complain, name="complain"),
    path("certificates/<slug:number>/<str:form>.pdf", public.paper, name="paper"),
    path("my/certificates/", maker.cases, name="my_cases"),
    path("my/certificates/apply/<slug:slug>/", maker.apply, name="apply"),
    path("my/certificates/<int:pk>/", maker.case, name="my_case"),
    path("my/certificates/<int:pk>/<slug:deed>/", maker.act, name="my_deed"),
    path("desk/programmes/<slug:slug>/badges/", badges.badges, name="badges"),
    path("desk/certification/badges/<int:pk>/take-back/", badges.take_back, name="badge_take_back"),
    path("desk/certification/", desk.cases, name="cases"),
    path("desk/certification/impartiality/", desk.impartiality, name="impartiality"),
    path("desk/certification/schemes/<slug:slug>/", schemes.scheme, name="desk_scheme"),
    path("desk/certification/schemes/<slug:slug>/draft/", schemes.begin, name="scheme_begin"),
    path("desk/certification/schemes/<slug:slug>/publish/", schemes.publish, name="scheme_publish"),
    path("desk/certification/criteria/<int:pk>/", schemes.criterion, name="criterion"),
    path("desk/certification/criteria/<int:pk>/limit/", schemes.limit_new, name="limit_new"),
    path("desk/certification/limits/<int:pk>/", schemes.limit, name="limit"),
    path("desk/certification/limits/<int:pk>/remove/", schemes.limit_remove, name="limit_remove"),
    path("desk/certification/<int:pk>/", desk.case, name="case"),
    path("desk/certification/<int:pk>/<slug:deed>/", desk.act, name="deed"),
]

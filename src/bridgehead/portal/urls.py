from django.urls import path
from django.views.generic import TemplateView

from bridgehead.portal.views import personas

app_name = "portal"
urlpatterns = [
    path("", TemplateView.as_view(template_name="portal/home.html"), name="home"),
    path("desk/", TemplateView.as_view(template_name="portal/home.html"), name="desk"),
    path("my/", TemplateView.as_view(template_name="portal/home.html"), name="my"),
    path("desk/programmes/<slug:slug>/", TemplateView.as_view(template_name="portal/home.html"), name="cockpit"),
    path("demo/", personas.choose, name="personas"),
    path("demo/<slug:key>/", personas.sign_in, name="persona"),
]

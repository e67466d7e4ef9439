"""Addresses without a language: what stands in signed files has to stay where it is."""

from django.urls import path

from bridgehead.certification.views import files

urlpatterns = [
    path("certificates/<slug:host>/did.json", files.did_document, name="certification_did"),
    path("certificates/<slug:host>/status/<slug:name>.json", files.status_list, name="certification_status"),
    path("certificates/verify.html", files.standalone, name="certification_standalone"),
    path("certificates/badges/<int:pk>.json", files.badge, name="certification_badge"),
    path("certificates/badges/<int:pk>/qr.svg", files.badge_qr, name="certification_badge_qr"),
    path(
        "certificates/schemes/<slug:slug>/sample-mark.svg",
        files.sample_mark,
        name="certification_sample_mark",
    ),
    path("certificates/<slug:number>.json", files.signed, name="certification_signed"),
    path("certificates/<slug:number>/mark.svg", files.mark, name="certification_mark"),
    path("certificates/<slug:number>/qr.svg", files.qr, name="certification_qr"),
]

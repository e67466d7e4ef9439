"""Addresses without a language: concepts in every language name the same picture."""

from django.urls import path

from bridgehead.terminology.views import downloads

urlpatterns = [path("dictionary/pictures/<slug:digest>/", downloads.picture, name="dictionary_picture")]

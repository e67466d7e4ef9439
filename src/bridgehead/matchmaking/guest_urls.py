"""Buyers' pages in the languages only they have. The names to reverse are those of `matchmaking`: with the language active,
they give these addresses."""

from django.urls import path

from bridgehead.matchmaking.urls import BUYER

app_name = "guests"
urlpatterns = [path(route, view, name=name) for route, view, name in BUYER]

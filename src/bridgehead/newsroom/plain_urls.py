"""Addresses without a language: the feed, the pictures, and the editor, whose language is the person's own."""

from django.urls import include, path
from wagtail.admin import urls as editor
from wagtail.utils.urlpatterns import decorate_urlpatterns

from bridgehead.newsroom.views.door import door
from bridgehead.newsroom.views.public import atom, picture

urlpatterns = [
    path("feed/atom/", atom, name="newsroom_feed"),
    path("media/images/<path:path>", picture, name="newsroom_picture"),
    path("newsroom/", include(decorate_urlpatterns(editor.urlpatterns, door))),
]

from django.apps import AppConfig


class FloorConfig(AppConfig):
    name = "bridgehead.floor"
    label = "floor"

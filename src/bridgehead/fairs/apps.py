from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "bridgehead.fairs"
    label = "fairs"

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "bridgehead.kit"
    label = "kit"

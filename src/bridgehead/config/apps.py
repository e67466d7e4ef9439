from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "bridgehead.config"
    label = "config"

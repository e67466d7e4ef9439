from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "bridgehead.calls"
    label = "calls"

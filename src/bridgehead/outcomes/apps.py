from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "bridgehead.outcomes"
    label = "outcomes"

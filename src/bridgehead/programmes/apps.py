from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "bridgehead.programmes"
    label = "programmes"

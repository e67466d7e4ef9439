from django.apps import AppConfig


class TerminologyConfig(AppConfig):
    name = "bridgehead.terminology"
    label = "terminology"

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "bridgehead.jobs"
    label = "jobs"

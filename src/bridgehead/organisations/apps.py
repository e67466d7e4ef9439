from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "bridgehead.organisations"
    label = "organisations"

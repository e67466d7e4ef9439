from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "bridgehead.portal"
    label = "portal"

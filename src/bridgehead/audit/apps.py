from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bridgehead.audit"
    label = "audit"

from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "bridgehead.mailing"
    label = "mailing"

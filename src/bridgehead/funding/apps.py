from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "bridgehead.funding"
    label = "funding"

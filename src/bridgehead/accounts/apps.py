from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bridgehead.accounts"
    label = "accounts"

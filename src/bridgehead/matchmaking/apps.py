from django.apps import AppConfig


class MatchmakingConfig(AppConfig):
    name = "bridgehead.matchmaking"
    label = "matchmaking"

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "bridgehead.questions"
    label = "questions"

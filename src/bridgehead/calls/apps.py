from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "bridgehead.calls"
    label = "calls"

    def ready(self) -> None:
        from bridgehead.calls.queries.applying import may_read_file  # noqa: PLC0415 (needs the models)
        from bridgehead.questions.queries import register_owner  # noqa: PLC0415

        register_owner("calls.application", may_read_file)

"""The JSON of `bridgehead results PROGRAMME --json`, which others rely on."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from bridgehead.kit.money import decimal_string
from bridgehead.outcomes.queries import Results
from bridgehead.outcomes.rules import Rung


def as_json(found: Results) -> dict[str, Any]:
    ceiling = found.ceiling
    return {
        "programme": found.programme.slug,
        "currency": found.currency,
        "as_of": timezone.localtime(found.as_of, ZoneInfo("Asia/Seoul")).isoformat(),
        "planned": found.planned,
        "firms": found.firms,
        "ladder": {stage: _rung(rung, found.currency) for stage, rung in found.ladder.rungs.items()},
        "confirmed_wins": _rung(found.wins, found.currency),
        "budget": {
            "currency": "KRW",
            "total": decimal_string(found.balance.total, "KRW"),
            "committed": decimal_string(found.balance.committed, "KRW"),
            "spent": decimal_string(found.balance.spent, "KRW"),
        },
        "ceiling": ceiling
        and {
            "currency": "KRW",
            "amount": decimal_string(ceiling.amount, "KRW"),
            "effective": ceiling.effective_from.isoformat(),
        },
        "excluded": [{"reason": "no currency rate for the date", "count": found.without_rate}],
    }


def _rung(rung: Rung, currency: str) -> dict[str, Any]:
    return {"count": rung.count, "amount": decimal_string(rung.amount, currency)}

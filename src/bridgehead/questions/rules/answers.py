"""What counts as an answer to each kind of question, and when a question is asked at all.

`clean_value` takes what a person typed or what is stored, and gives what JSON stores; cleaning twice changes nothing.
"""

import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.kit.money import WITHOUT_CENTS
from bridgehead.questions.models import Question

Kind = Question.Kind
Answers = dict[str, Any]

LONGEST = {Kind.SHORT_TEXT: 200, Kind.LONG_TEXT: 4000}
LONGEST_CELL = 300
MOST_ROWS = 100


def max_length(question: Question) -> int:
    return int(question.options.get("max_length") or LONGEST[Kind(question.kind)])


def currency(question: Question) -> str:
    return str(question.options.get("currency") or "KRW")


def choice_values(question: Question) -> list[str]:
    return [str(choice["value"]) for choice in question.options.get("choices", [])]


def columns(question: Question) -> list[dict[str, str]]:
    return list(question.options.get("columns", []))


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """True unless the question depends on another answer that is not one of those it waits for."""
    condition = question.condition
    if not condition:
        return True
    given = answers.get(condition["key"])
    return any(value in condition["in"] for value in (given if isinstance(given, list) else [given]))


def asked(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[Question]:
    """The questions in force; one that depends on a question not asked is not asked either."""
    found: list[Question] = []
    hidden: set[str] = set()
    for question in questions:
        if is_asked(question, answers) and question.condition.get("key") not in hidden:
            found.append(question)
        else:
            hidden.add(question.key)
    return found


def _text(question: Question, raw: Any) -> str:
    """Browsers send CRLF for every line end; what is stored and counted has LF."""
    text = str(raw).replace("\r\n", "\n").replace("\x00", "").strip()
    longest = max_length(question)
    if len(text) > longest:
        raise ValidationError(
            ngettext(
                "Shorten this text to %(longest)d character; it has %(length)d.",
                "Shorten this text to %(longest)d characters; it has %(length)d.",
                longest,
            )
            % {"longest": longest, "length": len(text)}
        )
    return text


def _decimal(raw: Any) -> Decimal:
    """Digits as people type them: "1,200,000", full-width digits, spaces."""
    text = unicodedata.normalize("NFKC", str(raw)).replace(",", "").replace(" ", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValidationError(_("Write a number in digits, such as 1200.")) from None
    if not number.is_finite() or abs(number.adjusted()) > 15:
        raise ValidationError(_("Write a number in digits, such as 1200."))
    return number


def _plain(number: Decimal) -> str:
    """One spelling per number: no exponent, no trailing zeros, no minus zero."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _number(question: Question, raw: Any) -> str:
    number = _decimal(raw)
    least, most = question.options.get("min"), question.options.get("max")
    if least not in (None, "") and number < Decimal(str(least)):
        raise ValidationError(_("This must be %(least)s or more.") % {"least": least})
    if most not in (None, "") and number > Decimal(str(most)):
        raise ValidationError(_("This must be %(most)s or less.") % {"most": most})
    return _plain(number)


def _money(question: Question, raw: Any) -> str:
    amount = _number(question, raw)
    if amount.startswith("-"):
        raise ValidationError(_("An amount cannot be less than nothing."))
    decimals = len(amount.partition(".")[2])
    if decimals and currency(question) in WITHOUT_CENTS:
        raise ValidationError(
            _("Write the amount in whole units of %(currency)s.") % {"currency": currency(question)}
        )
    if decimals > 2:
        raise ValidationError(_("Write the amount with two decimals at most."))
    return amount


def _date(question: Question, raw: Any) -> str:
    """ISO dates, and the way Korean offices write them: 2026.1.16. or 2026/1/16."""
    text = unicodedata.normalize("NFKC", str(raw)).strip().rstrip(".").replace(" ", "")
    parts = text.replace(".", "-").replace("/", "-").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValidationError(_("Write a date that exists, such as 2026-01-16.")) from None


def _choice(question: Question, raw: Any) -> str:
    if str(raw) not in choice_values(question):
        raise ValidationError(_("Choose one of the answers offered."))
    return str(raw)


def _choices(question: Question, raw: Any) -> list[str]:
    """In the order they are offered, each once."""
    given = {str(value) for value in (raw if isinstance(raw, list) else [raw])}
    offered = choice_values(question)
    if not given <= set(offered):
        raise ValidationError(_("Choose among the answers offered."))
    return [value for value in offered if value in given]


def _table(question: Question, raw: Any) -> list[dict[str, str]]:
    """Rows with every column as text; rows in which nothing is written are left out."""
    if not isinstance(raw, list):
        raise ValidationError(_("Fill in the table again: it did not arrive whole."))
    keys = [column["key"] for column in columns(question)]
    rows = [
        {key: str(row.get(key, "")).replace("\r\n", "\n").replace("\x00", "").strip() for key in keys}
        for row in raw
        if isinstance(row, dict)
    ]
    rows = [row for row in rows if any(row.values())]
    most = int(question.options.get("rows") or MOST_ROWS)
    if len(rows) > most:
        raise ValidationError(
            ngettext("At most %(most)d row fits here.", "At most %(most)d rows fit here.", most)
            % {"most": most}
        )
    if any(len(cell) > LONGEST_CELL for row in rows for cell in row.values()):
        raise ValidationError(_("Shorten each cell to %(longest)d characters.") % {"longest": LONGEST_CELL})
    return rows


def _file(question: Question, raw: Any) -> str:
    """The id of a stored attachment; the caller has made sure it belongs to these answers."""
    try:
        return str(uuid.UUID(str(raw)))
    except ValueError:
        raise ValidationError(_("Choose the file again: it did not arrive.")) from None


def _consent(question: Question, raw: Any) -> bool:
    return raw is True or str(raw) in {"on", "true", "True", "1"}


CLEANERS: dict[str, Callable[[Question, Any], Any]] = {
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.TABLE: _table,
    Kind.FILE: _file,
    Kind.CONSENT: _consent,
}


def is_empty(value: Any) -> bool:
    return value in (None, "", [], {}, False) or (isinstance(value, str) and not value.strip())


def clean_value(question: Question, raw: Any) -> Any:
    """The answer as JSON keeps it, or None where nothing was answered; ValidationError says what to mend."""
    if is_empty(raw):
        return None
    value = CLEANERS[question.kind](question, raw)
    return None if is_empty(value) else value


def read_decimal(value: Any) -> Decimal | None:
    """The number of a stored answer; None where a draft holds something else."""
    try:
        return _decimal(value)
    except ValidationError:
        return None


def read_date(value: Any) -> date | None:
    """The day of a stored answer; None where a draft holds something else."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def missing_message(question: Question) -> str:
    if question.kind == Kind.CONSENT:
        return _("Without this consent the form cannot be sent.")
    if question.kind == Kind.FILE:
        return _("Add the file asked for here.")
    return _("Answer this question.")


def problems(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, str]:
    """Question key → what is wrong with the stored answer, as the final check before sending; empty when all is well."""
    found: dict[str, str] = {}
    for question in asked(list(questions), answers):
        try:
            value = clean_value(question, answers.get(question.key))
        except ValidationError as error:
            found[question.key] = error.messages[0]
            continue
        if value is None and question.required:
            found[question.key] = missing_message(question)
    return found


def final(questions: Iterable[Question], answers: Mapping[str, Any]) -> Answers:
    """The answers as they are sent: cleaned, and without those to questions that were not asked."""
    cleaned = {
        question.key: clean_value(question, answers.get(question.key))
        for question in asked(list(questions), answers)
    }
    return {key: value for key, value in cleaned.items() if value is not None}

"""The commands others rely on: what goes to standard output, and how they end."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from tests.factories.floor import a_consultation, a_participant
from tests.factories.funding import a_ceiling, a_source
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    programme = a_programme(
        slug="gyeonggi-mwc-2025", title_en="Gyeonggi at MWC", results_as_of=datetime(2026, 2, 1, tzinfo=UTC)
    )
    firm = a_participant(programme)
    firm.awards.update(made_at=datetime(2025, 12, 1, tzinfo=UTC))
    logged = datetime(2026, 1, 18, 9, tzinfo=UTC)
    a_consultation(programme, firm, amount=Decimal(1000), pursued_amount=Decimal("400.50"), at=logged)
    a_consultation(programme, firm, amount=Decimal(7), currency="VND", at=logged)
    a_source(programme, amount=Decimal(500_000_000))
    a_ceiling(programme, 12_000_000)
    return programme


def test_results_as_json_has_the_shape_of_the_interface(programme, capsys):
    call_command("results", programme.slug, "--json")
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "programme": "gyeonggi-mwc-2025",
        "currency": "USD",
        "as_of": "2026-02-01T09:00:00+09:00",
        "planned": {},
        "firms": 1,
        "ladder": {
            "consultation": {"count": 2, "amount": "1000.00"},
            "pursued": {"count": 1, "amount": "400.50"},
            "signed": {"count": 0, "amount": "0.00"},
            "shipped": {"count": 0, "amount": "0.00"},
            "paid": {"count": 0, "amount": "0.00"},
        },
        "confirmed_wins": {"count": 0, "amount": "0.00"},
        "budget": {"currency": "KRW", "total": "500000000", "committed": "0", "spent": "0"},
        "ceiling": {"currency": "KRW", "amount": "12000000", "effective": "2025-01-01"},
        "excluded": [{"reason": "no currency rate for the date", "count": 1}],
    }


def test_results_of_an_empty_programme(capsys):
    programme = a_programme(result_currency="KRW")
    call_command("results", programme.slug, "--json", "--as-of", "2026-02-01T00:00:00+01:00")
    found = json.loads(capsys.readouterr().out)
    assert found["as_of"] == "2026-02-01T08:00:00+09:00"
    assert (found["firms"], found["ceiling"]) == (0, None)
    assert found["ladder"]["consultation"] == {"count": 0, "amount": "0"}


def test_results_as_of_an_earlier_moment(programme, capsys):
    call_command("results", programme.slug, "--json", "--as-of", "2026-01-18T08:59:59Z")
    assert json.loads(capsys.readouterr().out)["ladder"]["consultation"] == {"count": 0, "amount": "0.00"}


def test_results_for_people_state_every_stage(programme, capsys):
    call_command("results", programme.slug)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["consultation", "2", "USD", "1,000"],
        ["pursued", "1", "USD", "400.50"],
        ["signed", "0", "USD", "0"],
        ["shipped", "0", "USD", "0"],
        ["paid", "0", "USD", "0"],
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["results", "nobody"],
        ["results", "nobody", "--json"],
        ["report", "nobody", "--format", "csv", "-o", "x.csv"],
    ],
)
def test_unknown_programme_is_wrong_usage(words, capsys):
    with pytest.raises(CommandError, match="There is no programme “nobody”") as error:
        call_command(*words)
    assert error.value.returncode == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "moment", ["2026-02-01", "2026-02-01T00:00:00", "yesterday", "2026-02-30T00:00:00+09:00"]
)
def test_moment_without_zone_or_sense_is_wrong_usage(programme, moment):
    with pytest.raises(CommandError, match="--as-of"):
        call_command("results", programme.slug, "--as-of", moment)


def test_report_writes_the_file_and_nothing_to_standard_output(programme, tmp_path, capsys):
    path = tmp_path / "report.csv"
    call_command("report", programme.slug, "--format", "csv", "--lang", "en", "-o", str(path))
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{path}: {path.stat().st_size:,} bytes\n"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfstage,consultation,firm")


def test_report_into_a_folder_that_is_not_there_is_wrong_usage(programme, tmp_path):
    with pytest.raises(CommandError, match="Cannot write") as error:
        call_command("report", programme.slug, "--format", "csv", "-o", str(tmp_path / "no" / "report.csv"))
    assert error.value.returncode == 2


def test_report_in_an_unknown_format_is_wrong_usage(programme, tmp_path):
    with pytest.raises(CommandError, match="docx"):
        call_command("report", programme.slug, "--format", "docx", "-o", str(tmp_path / "report.docx"))

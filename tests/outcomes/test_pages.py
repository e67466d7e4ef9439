from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bridgehead.floor.actions.stages import reach_stage
from tests.factories.floor import a_consultation, a_participant
from tests.factories.organisations import a_host, a_user, maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme(title_en="Jongno at VICENZAORO")


@pytest.fixture
def firm(programme):
    return a_participant(programme, name_ko="소유", name_en="Soyou")


@pytest.fixture
def officer(client, programme):
    user = staff(programme.host)
    client.force_login(user)
    return user


def desk(programme, query=""):
    return f"/en/desk/programmes/{programme.slug}/results/{query}"


def file(programme, format, query=""):
    return f"/en/desk/programmes/{programme.slug}/results.{format}{query}"


def ladder(page):
    return {
        stage: (rung.count, rung.amount)
        for stage, rung in page.context["found"].ladder.rungs.items()
        if rung.count
    }


def test_desk_states_each_stage_and_breaks_it_down(client, officer, programme, firm):
    talk = a_consultation(programme, firm, amount=Decimal(1200), buyer_country="IT")
    reach_stage(
        consultation=talk,
        stage="signed",
        reached_on=date(2026, 2, 2),
        amount=Decimal(700),
        currency="USD",
        by=None,
    )
    page = client.get(desk(programme))
    assert ladder(page) == {
        "consultation": (1, Decimal(1200)),
        "pursued": (1, Decimal(700)),
        "signed": (1, Decimal(700)),
    }
    text = page.content.decode()
    for expected in ("USD 1,200", "USD 700", "Soyou", "Italy", "<svg"):
        assert expected in text


def test_desk_as_of_another_day_counts_until_its_end_at_the_fair(client, officer, programme, firm):
    programme.zone = "Europe/Rome"
    programme.save()
    late = datetime(2026, 1, 17, 23, 30, tzinfo=ZoneInfo("Europe/Rome"))
    a_consultation(programme, firm, at=late, amount=Decimal(5))
    assert ladder(client.get(desk(programme, "?as_of=2026-01-16"))) == {}
    assert ladder(client.get(desk(programme, "?as_of=2026-01-17"))) == {"consultation": (1, Decimal(5))}


def test_desk_as_of_nonsense_shows_the_programmes_own_moment(client, officer, programme, firm):
    a_consultation(programme, firm)
    for nonsense in ("2026-02-30", "yesterday", "2026-13-01", "%00"):
        page = client.get(desk(programme, f"?as_of={nonsense}"))
        assert (page.status_code, ladder(page)["consultation"][0]) == (200, 1)
        assert client.get(file(programme, "csv", f"?as_of={nonsense}")).status_code == 200


@pytest.mark.parametrize(
    ("format", "kind"),
    [
        ("hwpx", "application/hwp+zip"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("pdf", "application/pdf"),
        ("csv", "text/csv"),
    ],
)
def test_download_names_the_file_and_its_kind(client, officer, programme, firm, format, kind):
    a_consultation(programme, firm)
    answer = client.get(file(programme, format))
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Content-Disposition"] == f'attachment; filename="{programme.slug}-results-en.{format}"'
    assert len(answer.content) > 100


def test_download_in_an_unknown_format_is_not_there(client, officer, programme):
    assert client.get(file(programme, "docx")).status_code == 404


def test_cp949_file_is_made_where_everything_fits(client, officer, programme, firm):
    a_consultation(programme, firm)
    answer = client.get(file(programme, "csv", "?encoding=cp949"))
    assert "Soyou" in answer.content.decode("cp949")


def test_cp949_names_what_it_cannot_hold(client, officer, programme):
    a_consultation(programme, a_participant(programme, name_en="Müller 😀"))
    answer = client.get(file(programme, "csv", "?encoding=cp949"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "ü (U+00FC), 😀 (U+1F600)" in text
    assert "row 2, column “firm”" in text
    assert f'href="{file(programme, "csv")}"' in text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("officer", 200), ("operator", 200), ("finance", 200), ("auditor", 200), ("editor", 200),
        ("administrator", 200), ("reviewer", 404),
    ],
)  # fmt: skip
def test_desk_is_for_those_who_may_see_the_programme(client, programme, role, status):
    client.force_login(staff(programme.host, role))
    assert client.get(desk(programme)).status_code == status
    assert client.get(file(programme, "csv")).status_code == status


def test_strangers_get_404_and_the_anonymous_sign_in(client, programme, firm):
    for url in (desk(programme), file(programme, "csv")):
        assert client.get(url).url.startswith("/en/accounts/login/")
    for user in (staff(a_host()), maker_of(firm), a_user()):
        client.force_login(user)
        for url in (desk(programme), file(programme, "csv")):
            assert client.get(url).status_code == 404


def test_operator_of_the_entrusted_agency_sees_the_results(client):
    agency = a_host(kind="agency")
    programme = a_programme(operator=agency)
    client.force_login(staff(agency, "operator"))
    assert client.get(desk(programme)).status_code == 200


def test_public_page_names_no_buyer_and_compares_no_firms(client, programme, firm):
    a_consultation(programme, firm, buyer_name="Goldhaus Lindner", buyer_country="DE")
    text = client.get(f"/en/results/{programme.slug}/").content.decode()
    assert "Germany" in text
    assert "Goldhaus" not in text
    assert "Soyou" not in text


def test_public_page_of_a_private_programme_or_one_without_results_is_not_there(client):
    private, empty = a_programme(is_public=False), a_programme()
    a_consultation(private)
    for programme in (private, empty):
        assert client.get(f"/en/results/{programme.slug}/").status_code == 404


@pytest.mark.parametrize("url", ["/en/results/{slug}/", "/en/desk/programmes/{slug}/results/"])
def test_results_page_takes_the_same_queries_for_1_and_30_consultations(
    client, officer, programme, firm, url, django_assert_max_num_queries
):
    counts = []
    for more in (1, 29):
        for number in range(more):
            a_consultation(
                programme, firm, pursued_amount=Decimal(10), buyer_country=["IT", "FR", "DE"][number % 3]
            )
        with django_assert_max_num_queries(60) as captured:
            assert client.get(url.format(slug=programme.slug)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_list_of_results_takes_the_same_queries_for_1_and_3_programmes(client, django_assert_max_num_queries):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            a_consultation()
        with django_assert_max_num_queries(30) as captured:
            page = client.get("/en/results/")
        counts.append(len(captured))
    assert len(page.context["programmes"]) == 3
    assert counts[0] == counts[1]


def test_list_of_results_without_any_says_when_they_come(client):
    assert "No results yet" in client.get("/en/results/").content.decode()

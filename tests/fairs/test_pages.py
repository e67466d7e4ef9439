from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bridgehead.calls.models import Award
from bridgehead.fairs import actions, plan
from bridgehead.fairs.models import Pavilion, Stand
from tests.factories.calls import a_call, an_application, an_award
from tests.factories.fairs import a_pavilion, a_stand
from tests.factories.organisations import a_firm, a_host, a_user, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def url(name, *args):
    return reverse(f"fairs:{name}", args=args)


def test_plan_is_to_scale_with_a_grid_and_open_sides():
    stand = a_stand(x=Decimal("2.5"))
    drawn = plan.draw(stand.pavilion, [stand])
    [shape] = drawn.shapes
    assert (shape.x - drawn.room.x, shape.width, shape.height) == (250, 250, 300)
    assert (drawn.room.width, drawn.room.height, len(drawn.grid)) == (1000, 300, 9 + 2)
    assert len(drawn.walls) == 3
    assert drawn.bar.x2 - drawn.bar.x1 == 100


def test_plan_says_in_words_what_it_shows():
    award = an_award(firm=a_firm(name_ko="미추노이", name_en="Mitsunoi <V>"))
    stand = a_stand(a_pavilion(award.programme), award=award)
    drawn = plan.draw(stand.pavilion, [stand])
    svg = ElementTree.fromstring(render_to_string("fairs/_plan.html", {"plan": drawn}))
    assert svg.get("role") == "img"
    words = " ".join(svg.itertext())
    assert award.firm.name in words
    assert award.firm.name in drawn.description


def test_long_name_is_written_smaller_than_a_short_one():
    short, long = (
        a_stand(a_pavilion(award.programme), award=award)
        for award in (
            an_award(firm=a_firm(name_ko="가나", name_en="AB")),
            an_award(firm=a_firm(name_ko="가나다라마바사아자차카타파하가나다라", name_en="A" * 40)),
        )
    )
    sizes = [plan.draw(stand.pavilion, [stand]).shapes[0].words[1].size for stand in (short, long)]
    assert sizes[1] < sizes[0]


VIEWERS = {"officer", "operator", "finance", "editor", "auditor", "administrator"}
EDITORS = {"officer", "operator"}


@pytest.mark.parametrize(
    ("page", "roles"),
    [("pavilion", VIEWERS), ("edit", EDITORS), ("fill", EDITORS), ("stand_new", EDITORS), ("stand", EDITORS)],
)
def test_pavilion_pages_open_for_those_who_may_and_are_not_there_for_others(client, page, roles):
    stand = a_stand()
    programme = stand.pavilion.programme
    address = url(page, programme.slug, *([stand.pk] if page == "stand" else []))
    assert client.get(address).status_code == 302
    for role in VIEWERS | {"reviewer"}:
        client.force_login(staff(programme.host, role))
        assert client.get(address).status_code == (200 if role in roles else 404), role
    client.force_login(staff(a_host()))
    assert client.get(address).status_code == 404


def test_pavilion_page_takes_the_same_queries_for_one_stand_and_for_three(client):
    pavilion, counts = a_pavilion(), []
    client.force_login(staff(pavilion.programme.host))
    address = url("pavilion", pavilion.programme.slug)
    for codes in ((1,), (2, 3)):
        for n in codes:
            award = an_award(pavilion.programme)
            a_stand(pavilion, f"A{n}", x=Decimal(3 * (n - 1)), award=award)
            an_award(pavilion.programme)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_pavilion_is_created_filled_and_arranged_through_its_pages(client):
    award = an_award()
    slug = award.programme.slug
    client.force_login(staff(award.programme.host))
    assert client.get(url("pavilion", slug)).context["pavilion"] is None
    data = {"name_ko": "종로관", "width": "10", "depth": "3", "open_sides": ["s", "e"]}
    client.post(url("edit", slug), data)
    assert Pavilion.objects.get().open_sides == "se"
    client.post(url("fill", slug), {"number": "4", "rows": "1"})
    last = Stand.objects.get(code="A4")
    client.post(url("arrange", slug), {f"stand_{last.pk}": str(award.pk)})
    last.refresh_from_db()
    assert last.award == award
    client.post(url("stand_remove", slug, last.pk))
    client.post(url("assign_remaining", slug))
    assert Stand.objects.get(code="A1").award == award


def test_stand_that_overlaps_comes_back_with_what_was_typed(client):
    stand = a_stand()
    client.force_login(staff(stand.pavilion.programme.host))
    data = {"code": "B7", "kind": "firm", "x": "1", "y": "0", "width": "2", "depth": "2"}
    response = client.post(url("stand_new", stand.pavilion.programme.slug), data)
    assert response.status_code == 422
    assert b'value="B7"' in response.content
    again = client.post(url("stand_new", stand.pavilion.programme.slug), {**data, "code": "A1", "x": "5"})
    assert again.status_code == 422


def test_one_firm_for_two_stands_is_refused(client):
    award = an_award()
    pavilion = a_pavilion(award.programme)
    stands = actions.fill(pavilion=pavilion, number=2, rows=1, by=a_user())
    client.force_login(staff(award.programme.host))
    data = {f"stand_{stand.pk}": str(award.pk) for stand in stands}
    assert client.post(url("arrange", award.programme.slug), data).status_code == 422
    assert not Stand.objects.filter(award__isnull=False).exists()


def released(programme, **fields):
    call = a_call(programme, released_at=timezone.now(), **fields)
    return an_award(programme, application=an_application(call))


def test_exhibitors_are_the_accepted_firms_with_their_stands(client):
    programme = a_programme()
    award = released(programme)
    offered = an_award(programme, state=Award.State.OFFERED)
    withdrawn = an_award(programme, state=Award.State.WITHDRAWN)
    pavilion = a_pavilion(programme)
    a_stand(pavilion, award=award)
    a_stand(pavilion, "A2", x=Decimal(5), award=offered)
    page = client.get(url("exhibitors", programme.slug))
    assert [(one.award, one.stand.code) for one in page.context["exhibitors"]] == [(award, "A1")]
    text = page.content.decode()
    assert award.firm.name in text
    assert offered.firm.name not in text
    assert withdrawn.firm.name not in text


def test_exhibitors_are_secret_before_the_release_and_for_private_programmes(client):
    secret = a_programme()
    call = a_call(secret, opens_at=timezone.now() - timedelta(days=2))
    an_award(secret, application=an_application(call))
    assert client.get(url("exhibitors", secret.slug)).status_code == 404
    private = a_programme(is_public=False)
    released(private)
    assert client.get(url("exhibitors", private.slug)).status_code == 404
    assert client.get(url("exhibitors", a_programme().slug)).status_code == 404


def test_exhibitors_page_takes_the_same_queries_for_one_firm_and_for_three(client):
    programme, counts = a_programme(), []
    pavilion = a_pavilion(programme)
    for codes in ((1,), (2, 3)):
        for n in codes:
            a_stand(pavilion, f"A{n}", x=Decimal(3 * (n - 1)), award=an_award(programme))
        client.get(url("exhibitors", programme.slug))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("exhibitors", programme.slug))
        counts.append(len(queries))
    assert counts[0] == counts[1]

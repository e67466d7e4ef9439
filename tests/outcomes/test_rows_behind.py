"""Every figure of the results page opens the rows it counts."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from bridgehead.floor.actions.stages import reach_stage
from tests.factories.floor import a_consultation, a_participant
from tests.factories.organisations import staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


def test_stage_figure_opens_as_many_rows_as_it_states(client):
    programme = a_programme()
    firm = a_participant(programme)
    a_consultation(programme, firm, buyer_name="Only talked")
    a_consultation(programme, firm, buyer_name="Still pursued", pursued_amount=Decimal(5))
    won = a_consultation(programme, firm, buyer_name="Already signed", pursued_amount=Decimal(5))
    reach_stage(
        consultation=won, stage="signed", reached_on=won.held_on, amount=Decimal(4), currency="USD", by=None
    )
    client.force_login(staff(programme.host))
    page = client.get(reverse("outcomes:programme", args=[programme.slug])).content.decode()
    links = dict.fromkeys(re.findall(r'href="([^"]*/consultations/\?stage=[a-z]+)"', page))
    shown = {
        link.rsplit("=", 1)[1]: {
            name
            for name in ("Only talked", "Still pursued", "Already signed")
            if name in client.get(link).content.decode()
        }
        for link in links
    }
    assert shown == {
        "consultation": {"Only talked", "Still pursued", "Already signed"},
        "pursued": {"Still pursued", "Already signed"},
        "signed": {"Already signed"},
        "shipped": set(),
        "paid": set(),
    }

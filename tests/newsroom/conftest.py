"""One programme with known records, and the people of two offices."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bridgehead.floor.models import Consultation, StageRecord
from bridgehead.newsroom.actions.releases import create_release
from bridgehead.newsroom.models import ReleasePage

from ..factories.floor import a_consultation, a_participant
from ..factories.organisations import a_host, staff
from ..factories.programmes import a_programme

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def news(db):
    """Gyeonggi at MWC: three consultations of USD 1,000, 2,000 and 3,000 by two firms; one pursued for 500."""
    host = a_host(slug="gyeonggi", name_ko="경기도", name_en="Gyeonggi Province", contact="국제통상과")
    programme = a_programme(host, slug="mwc-2025", title_ko="MWC 2025", title_en="MWC 2025")
    first, second = a_participant(programme), a_participant(programme)
    talks = [
        a_consultation(programme, firm, amount=Decimal(amount), buyer_country=country)
        for firm, amount, country in ((first, 1000, "IT"), (first, 2000, "IT"), (second, 3000, "ES"))
    ]
    pursue(talks[0], Decimal(500))
    return SimpleNamespace(
        host=host,
        programme=programme,
        talks=talks,
        editor=staff(host, "editor"),
        officer=staff(host, "officer"),
    )


def pursue(talk: Consultation, amount: Decimal) -> StageRecord:
    return StageRecord.objects.create(
        consultation=talk,
        stage="pursued",
        reached_on=date(2026, 1, 18),
        amount=amount,
        currency="USD",
        recorded_at=timezone.now(),
    )


def a_release(news: SimpleNamespace, **fields) -> ReleasePage:
    """Published now, in Korean, without figures."""
    fields.setdefault("host", news.host)
    fields.setdefault("title", "경기도 소식")
    fields.setdefault("bullets", "첫째 소식\n- 세부 내용\n둘째 소식")
    fields.setdefault("body", "<p>본문입니다.</p>")
    fields.setdefault("language", "ko")
    fields.setdefault("published_at", timezone.now())
    fields.setdefault("by", news.editor)
    return create_release(**fields)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)

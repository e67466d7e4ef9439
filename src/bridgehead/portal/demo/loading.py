"""Loading the demo: each host's story in one transaction, skipped when it is there already."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import translation

from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import (
    catalogue,
    certification,
    coming_fair,
    gyeonggi,
    iksan,
    jongno,
    kocef,
    money,
    news,
)
from bridgehead.portal.demo.firms import GYEONGGI_ICT, JONGNO, make_firms
from bridgehead.portal.demo.hosts import make_hosts, make_people
from bridgehead.portal.demo.kinds import incubation, research, training, voucher_round, vouchers
from bridgehead.programmes.models import Programme
from bridgehead.terminology import shipped
from bridgehead.terminology.actions import publishing


@dataclass(frozen=True)
class Story:
    """`slug` is the programme whose presence says that the story was told."""

    name: str
    slug: str
    tell: Callable[[dict[str, Host]], None]


STORIES = [
    Story("jongno", jongno.SLUG, jongno.load),
    Story("jongno", coming_fair.SLUG, coming_fair.load),
    Story("iksan", iksan.SLUG, iksan.load),
    Story("gyeonggi", gyeonggi.SLUG, gyeonggi.load),
    Story("gyeonggi", kocef.SLUG, kocef.load),
    Story("gyeonggi", money.SLUG, money.load),
    Story("gyeonggi", vouchers.SLUG, vouchers.load),
    Story("gyeonggi", voucher_round.SLUG, voucher_round.load),
    Story("iksan", training.SLUG, training.load),
    Story("gyeonggi", research.SLUG, research.load),
    Story("gyeonggi", incubation.SLUG, incubation.load),
]
NAMES = sorted({story.name for story in STORIES})


def load(*, only: str = "", say: Callable[[str], object] = str) -> None:
    """Tell what is missing. `say` is called with one line per story."""
    with translation.override("ko"), transaction.atomic():
        hosts = make_hosts()
        make_firms(JONGNO, first_serial=1)
        make_firms(GYEONGGI_ICT, first_serial=101)
        make_people(hosts)
    for story in _wanted(only):
        if Programme.objects.filter(slug=story.slug).exists():
            say(f"{story.slug}: there already")
            continue
        with translation.override("ko"), transaction.atomic():
            story.tell(hosts)
        say(f"{story.slug}: loaded")
    if only in ("", "iksan"):
        with translation.override("ko"), transaction.atomic():
            say(certification.load(hosts))
    if not only:
        with translation.override("ko"), transaction.atomic():
            say(catalogue.load())
    if not only:
        with translation.override("ko"), transaction.atomic():
            say(news.load(hosts))
        say(f"dictionary: {len(shipped.load().new)} concepts loaded")
        publishing.ask_for_all()
    # Mails of the past were written on their days; they are sent when the transaction ends, which is today.
    Mail.objects.filter(sent_at__gt=F("created_at")).update(sent_at=F("created_at"))


def _wanted(only: str) -> Iterable[Story]:
    return [story for story in STORIES if only in ("", story.name)]

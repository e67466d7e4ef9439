"""The pages of a programme, which the rooms register as they are there; lower rooms never name higher ones."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class ProgrammePage:
    """One entry of a programme's side navigation. `url_name` takes the programme's slug."""

    order: int
    code: str
    label: Promise
    url_name: str
    permission: str


PROGRAMME_PAGES: list[ProgrammePage] = []


def register_programme_page(*, order: int, code: str, label: Promise, url_name: str, permission: str) -> None:
    """Called in a room's `AppConfig.ready`."""
    page = ProgrammePage(order, code, label, url_name, permission)
    if page not in PROGRAMME_PAGES:
        PROGRAMME_PAGES.append(page)
        PROGRAMME_PAGES.sort(key=lambda page: page.order)

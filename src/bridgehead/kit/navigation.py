"""The pages of a programme and about a firm, which the rooms register as they are there; lower rooms never name higher ones."""

from collections.abc import Callable, Iterable
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


@dataclass(frozen=True)
class FirmPage:
    """A public page about a firm. `url_name` takes the firm's slug; `those` says which of some firms have one."""

    order: int
    label: Promise
    url_name: str
    those: Callable[[Iterable[int]], set[int]]


FIRM_PAGES: list[FirmPage] = []


def register_firm_page(
    *, order: int, label: Promise, url_name: str, those: Callable[[Iterable[int]], set[int]]
) -> None:
    """Called in a room's `AppConfig.ready`."""
    page = FirmPage(order, label, url_name, those)
    if page not in FIRM_PAGES:
        FIRM_PAGES.append(page)
        FIRM_PAGES.sort(key=lambda page: page.order)


def firm_pages(firms: Iterable[int]) -> dict[int, list[FirmPage]]:
    """Firm → its pages in other rooms, one question to each room for all firms of a page."""
    wanted = list(firms)
    found: dict[int, list[FirmPage]] = {firm: [] for firm in wanted}
    for page in FIRM_PAGES:
        for firm in page.those(wanted):
            found[firm].append(page)
    return found

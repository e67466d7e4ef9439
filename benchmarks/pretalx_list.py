"""The organiser's list of submissions in pretalx: seconds of the server and queries, as JSON. Runs in pretalx's own environment.

    PRETALX_DATA_DIR=/tmp/empty DJANGO_SETTINGS_MODULE=pretalx.settings python pretalx_list.py 1000 5

`benchmarks/selection.py` makes that environment, throws it away and reads the line printed last.
"""

import json
import sys
import time
from datetime import date

import django

django.setup()

from django.conf import settings  # noqa: E402 (models need the set-up above)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretalx import __version__  # noqa: E402
from pretalx.event.models import Event, Organiser  # noqa: E402
from pretalx.person.models import User  # noqa: E402
from pretalx.submission.models import Submission  # noqa: E402


def main() -> None:
    count, times = int(sys.argv[1]), int(sys.argv[2])
    settings.ALLOWED_HOSTS = ["*"]
    # Without collected files; names are written without looking anything up, which is in pretalx's favour.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    with scopes_disabled():
        event = _event(count)
        person = User.objects.create_user(email="organiser@example.org", password="!", name="Organiser")
    person.is_administrator = True
    person.save()
    client = Client()
    client.force_login(person)
    address = f"/orga/event/{event.slug}/submissions/"
    page = client.get(address, follow=True)
    if page.status_code != 200 or "Workshop " not in page.content.decode():
        raise SystemExit(
            f"pretalx answered {page.status_code} without its list at {page.request['PATH_INFO']}"
        )
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries.captured_queries)  # now: the next request empties the log
    taken = []
    for _time in range(times):
        begun = time.perf_counter()
        client.get(address)
        taken.append(time.perf_counter() - begun)
    sys.stdout.write(json.dumps({"version": __version__, "seconds": min(taken), "queries": asked}) + "\n")


def _event(count: int) -> Event:
    organiser = Organiser.objects.create(name="Office", slug="office")
    event = Event.objects.create(
        organiser=organiser,
        slug="fair",
        name="Fair",
        email="office@example.org",
        date_from=date(2030, 5, 1),
        date_to=date(2030, 5, 2),
    )
    kind = event.cfp.default_type
    for n in range(count):
        speaker = User.objects.create_user(email=f"maker{n}@example.org", password="!", name=f"Maker {n}")
        submission = Submission.objects.create(
            event=event, title=f"Workshop {n}", submission_type=kind, content_locale="en", state="submitted"
        )
        submission.speakers.add(speaker)
    return event


if __name__ == "__main__":
    main()

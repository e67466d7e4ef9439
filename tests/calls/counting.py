"""How many queries a page asks, once what is cached is there."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)

"""News of the demo: short items in our own words on the sources' facts, with live figures."""

from bridgehead.organisations.models import Host


def load(hosts: dict[str, Host]) -> str:
    return "news: not yet"

"""Where documents come from that a credential only names: files handed in, and the network where that is allowed."""

from collections.abc import Callable, Mapping

from bridgehead.engines.credentials.reasons import Code, Refused

Fetch = Callable[[str], bytes]


class Documents:
    """Bytes by address. Nothing is fetched unless `fetch` is given; what was fetched once is kept."""

    def __init__(self, known: Mapping[str, bytes] | None = None, fetch: Fetch | None = None) -> None:
        self._known = dict(known or {})
        self._fetch = fetch

    def find(self, *urls: str) -> bytes:
        """The document at the first address that has one; `Refused` when none does."""
        for url in urls:
            if url in self._known:
                return self._known[url]
        if self._fetch is None:
            raise Refused(Code.UNRESOLVED, urls[0])
        url = next((url for url in reversed(urls) if url.startswith("https:")), urls[0])
        self._known[url] = self._fetch(url)
        return self._known[url]

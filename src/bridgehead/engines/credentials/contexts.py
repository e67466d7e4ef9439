"""JSON-LD contexts at hand without a network. They are other people's files: packages bring them, none is ours.

PyLD has the W3C's; npm packages the others, where they are installed. A context that is not at hand is never
guessed: `--resolve URL=FILE` hands one in.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from pyld.documentloader.frozen import BUNDLED_CONTEXTS

from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.reasons import Code, Refused
from bridgehead.engines.credentials.strictjson import Object, loads_object

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXAMPLES_V2 = "https://www.w3.org/ns/credentials/examples/v2"
NODE_MODULES = Path(__file__).resolve().parents[4] / "node_modules"
NAME = re.compile(r"^(\s*)(\w+):", re.MULTILINE)
MOST = 40  # contexts that one document may draw in


def known() -> frozenset[str]:
    return frozenset(_SOURCES)


def gather(values: list[Any], documents: Documents) -> dict[str, Object]:
    """Every context that `values` name, and those that these name in turn."""
    found: dict[str, Object] = {}
    waiting = [url for value in values for url in _named(value)]
    while waiting:
        url = waiting.pop()
        if url not in found:
            if len(found) == MOST:
                raise Refused(Code.GRAPH, detail=f"more than {MOST} contexts")
            found[url] = _load(url, documents)
            waiting += _named(found[url])
    return found


def _load(url: str, documents: Documents) -> Object:
    if url in _SOURCES:
        return _bundled(url)
    try:
        return loads_object(documents.find(url))
    except Refused as refused:
        detail = "" if refused.reason.code == Code.UNRESOLVED else str(refused)
        raise Refused(Code.CONTEXT_UNKNOWN, url, detail) from None


@cache
def _bundled(url: str) -> Object:
    try:
        return _SOURCES[url]()
    except OSError:
        raise Refused(Code.CONTEXT_UNKNOWN, url, "the package that brings it is not installed") from None


def _named(value: Any) -> Iterator[str]:
    """Addresses of contexts, wherever a context may stand."""
    if isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "@context":
                yield from (
                    each for each in (item if isinstance(item, list) else [item]) if isinstance(each, str)
                )
            elif name == "@import" and isinstance(item, str):
                yield item
            yield from _named(item)


def _json(path: Path) -> Object:
    return json.loads(path.read_text("utf-8"))


def _module(path: Path) -> Object:
    """A CommonJS module that consists of one value: JSON, but for names without quotes."""
    _, _, value = path.read_text("utf-8").partition("module.exports =")
    return json.loads(NAME.sub(r'\1"\2":', value.strip().removesuffix(";")))


def _examples() -> Object:
    return {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}


_BAZAAR = NODE_MODULES / "@digitalbazaar"
_BADGES = NODE_MODULES / "@digitalcredentials" / "open-badges-context" / "js" / "contexts"
_OB = "https://purl.imsglobal.org/spec/ob/v3p0"
_SOURCES: dict[str, Callable[[], Object]] = {
    **{url: partial(_json, path) for url, path in BUNDLED_CONTEXTS.items()},
    "https://w3id.org/security/data-integrity/v1": partial(
        _json, _BAZAAR / "data-integrity-context" / "contexts" / "data-integrity-v1.jsonld"
    ),
    "https://w3id.org/security/data-integrity/v2": partial(
        _json, _BAZAAR / "data-integrity-context" / "contexts" / "data-integrity-v2.jsonld"
    ),
    "https://w3id.org/security/multikey/v1": partial(
        _json, _BAZAAR / "multikey-context" / "contexts" / "multikey-v1.jsonld"
    ),
    f"{_OB}/context.json": partial(_module, _BADGES / "context-3.0.js"),
    **{
        f"{_OB}/context-{version}.json": partial(_module, _BADGES / f"context-{version}.js")
        for version in ("3.0.1", "3.0.2", "3.0.3")
    },
    f"{_OB}/extensions.json": partial(_module, _BADGES / "context-extensions.js"),
    EXAMPLES_V2: _examples,
}

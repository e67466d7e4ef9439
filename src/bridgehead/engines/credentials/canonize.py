"""The child process of `graphs.py`: JSON on standard input, canonical N-Quads as JSON on standard output.

JSON-LD passes over what it does not understand, and what it passes over is not signed. Here such a document is
refused, so that every part of an accepted document is covered.
"""

import json
import re
import resource
import sys
from typing import Any

from pyld import jsonld

from bridgehead.engines.credentials.reasons import Code, Refused, one_line

MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 10
ABSOLUTE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*')
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
BASE = (
    "https://relative.invalid/"  # what is relative lands here; without a base PyLD would use one of its own
)
CREDENTIAL = "https://www.w3.org/2018/credentials#"
# What decides about validity must stand where the JSON is read, not be smuggled in under another name.
DECIDING = {
    "issuer": f"{CREDENTIAL}issuer",
    "validFrom": f"{CREDENTIAL}validFrom",
    "validUntil": f"{CREDENTIAL}validUntil",
    "credentialStatus": f"{CREDENTIAL}credentialStatus",
    "credentialSubject": f"{CREDENTIAL}credentialSubject",
}


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    request = json.load(sys.stdin)
    json.dump(_answer(request), sys.stdout)
    return 0


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        loader = _Loader(request["contexts"])
        if "document" in request:
            check_types(jsonld.expand(request["document"], _options(loader)))
            return {}
        return {"canonical": [canonical(document, loader) for document in request["documents"]]}
    except Refused as refused:
        return {"code": str(refused.reason.code), "detail": refused.reason.detail}
    except RecursionError:
        return {"code": str(Code.TOO_DEEP), "detail": ""}
    except Exception as error:  # PyLD raises many kinds on malformed input; all mean that it is no graph
        if cause := _cause(error):
            return {"code": str(cause.reason.code), "detail": cause.reason.detail}
        return {"code": str(Code.GRAPH), "detail": one_line(f"{type(error).__name__}: {error}", 160)}


def canonical(document: dict[str, Any], loader: "_Loader") -> str:
    _check_values(document)
    expanded = jsonld.expand(document, _options(loader), on_property_dropped=_dropped)
    for node in expanded:
        _check_node(node)
    quads = jsonld.normalize(
        expanded, {**_options(loader), "algorithm": "URDNA2015", "format": "application/n-quads"}
    )
    _check_deciding(document, quads)
    return quads


def check_types(value: Any) -> None:
    """Every type an absolute address: what is not came from no context."""
    if isinstance(value, list):
        for item in value:
            check_types(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "@type":
                _check_addresses(item)
            else:
                check_types(item)


def _options(loader: "_Loader") -> dict[str, Any]:
    return {"documentLoader": loader, "base": BASE, "processingMode": "json-ld-1.1"}


class _Loader:
    def __init__(self, contexts: dict[str, Any]) -> None:
        self._contexts = contexts

    def __call__(self, url: str, options: object) -> dict[str, Any]:
        if url not in self._contexts:
            raise Refused(Code.CONTEXT_UNKNOWN, detail=url)
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": self._contexts[url],
        }


def _dropped(name: str | None) -> None:
    raise Refused(Code.TERM, detail=str(name))


def _check_values(value: Any) -> None:
    """Nothing that a graph leaves out or rounds."""
    if value is None or value == []:
        raise Refused(Code.GRAPH, detail="null and empty lists say nothing that could be signed")
    if isinstance(value, str) and CONTROL.search(value):
        raise Refused(Code.GRAPH, detail="control characters, which programs do not write alike")
    if isinstance(value, float) and float(f"{value:.15E}") != value:
        raise Refused(Code.NUMBER, detail=repr(value))
    if isinstance(value, dict):
        for name, item in value.items():
            if name != "@context":
                _check_values(item)
    elif isinstance(value, list):
        for item in value:
            _check_values(item)


def _check_node(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _check_node(item)
    if not isinstance(value, dict):
        return
    if "@index" in value or "@direction" in value:
        raise Refused(Code.GRAPH, detail="@index and @direction are not part of the graph")
    if not LANGUAGE.fullmatch(value.get("@language", "en")):
        raise Refused(Code.GRAPH, detail="not a language tag")
    for name in ("@id", "@type"):
        _check_addresses(value.get(name))
    if value.get("@type") != "@json":
        for name, item in value.items():
            if name != "@value":
                _check_node(item)


def _check_addresses(value: Any) -> None:
    for each in value if isinstance(value, list) else [value]:
        if each in (None, "@json"):
            continue
        if each.startswith(BASE) or not ABSOLUTE.fullmatch(each):
            raise Refused(Code.TERM, detail=each.removeprefix(BASE))


def _check_deciding(document: dict[str, Any], quads: str) -> None:
    for name, iri in DECIDING.items():
        item = document.get(name)
        stated = len(item) if isinstance(item, list) else int(item is not None)
        in_graph = len(re.findall(rf"^(?:<[^>]*>|_:\w+) <{re.escape(iri)}> [^\n]* \.$", quads, re.MULTILINE))
        if stated != in_graph:
            raise Refused(Code.GRAPH, detail=f"{name} is also stated elsewhere, or under another name")


def _cause(error: BaseException | None) -> Refused | None:
    while error is not None and not isinstance(error, Refused):
        error = error.__cause__ or error.__context__
    return error


if __name__ == "__main__":
    raise SystemExit(main())

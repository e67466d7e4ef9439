"""XML as text: children are markup already, so words of the termbase go through `text` first."""

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from bridgehead.engines.termbase.names import direction

#: Characters XML cannot hold at all; nobody can see them either.
_FORBIDDEN = dict.fromkeys([*(set(range(0x20)) - {0x9, 0xA, 0xD}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


_SPECIAL = re.compile("[&<>\"'\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: str) -> str:
    """Most words of a termbase need no escaping, and there are hundreds of thousands in a book."""
    return escape(value.translate(_FORBIDDEN), quote=True) if _SPECIAL.search(value) else value


def el(name: str, *children: str, **attributes: str) -> str:
    """`el("p", text("x"), class_="a", epub_type="def")`; attributes without a value are left out."""
    said = "".join([f' {_name(key)}="{text(value)}"' for key, value in attributes.items() if value])
    body = "".join(children)
    return f"<{name}{said}>{body}</{name}>" if body or name not in _EMPTY else f"<{name}{said}/>"


def word(value: str, lang: str, name: str = "span", **attributes: str) -> str:
    """A word in its language, so that it is pronounced, hyphenated and drawn as what it is; right to left where it is."""
    side = direction(lang)
    own = {"lang": lang, "xml_lang": lang, "dir": side if side == "rtl" else ""}
    return el(name, text(value), **attributes, **own)


def document(title: str, lang: str, body: str, attributes: Mapping[str, str] | None = None) -> bytes:
    """A whole XHTML content document of an EPUB."""
    head = el("head", '<meta charset="utf-8"/>', el("title", text(title)), _STYLE)
    html = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{lang}" xml:lang="{lang}">{head}{el("body", body, **(attributes or {}))}</html>'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{html}\n'.encode()


_STYLE = '<link rel="stylesheet" type="text/css" href="style.css"/>'
_EMPTY = frozenset({"item", "itemref", "img", "value", "link"})


@cache
def _name(key: str) -> str:
    return {"class_": "class", "epub_type": "epub:type", "xml_lang": "xml:lang"}.get(
        key, key.replace("_", "-")
    )

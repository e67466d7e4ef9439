"""Keeping the Korean catalogues complete without GNU gettext on the machine.

`python -m bridgehead.kit.translations update|check|compile [ROOM …]`. Texts are English in the source; each room has its
own catalogue `locale/ko/LC_MESSAGES/django.po`.
"""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
#: Function name → which arguments are (context, message, plural); None where there is none.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}


@dataclass(frozen=True)
class Message:
    text: str
    plural: str = ""
    context: str = ""


def _from_call(node: ast.Call) -> Message | None:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name not in FUNCTIONS:
        return None
    context, text, plural = (_constant(node, index) for index in FUNCTIONS[name])
    return Message(text, plural, context) if text else None


def _constant(node: ast.Call, index: int | None) -> str:
    """The text that stands at this place of the call; empty where none does."""
    argument = node.args[index] if index is not None and index < len(node.args) else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def _calls(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (message := _from_call(node)):
            yield message


def _from_template(path: Path) -> Iterator[Message]:
    """Django turns a template into lines in which only the gettext calls are code; the rest is X."""
    code = templatize(path.read_text(), origin=str(path))
    tokens = [token for token in tokenize_leniently(code) if token.strip("X \t\n")]
    for position, token in enumerate(tokens):
        if token in FUNCTIONS and tokens[position + 1 : position + 2] == ["("]:
            end = tokens.index(")", position)
            yield from _calls(" ".join(tokens[position : end + 1]))


def tokenize_leniently(code: str) -> Iterator[str]:
    flat = "\n".join(line.strip() for line in code.splitlines())
    reader = io.StringIO(flat).readline
    wanted = {tokenize.NAME, tokenize.OP, tokenize.STRING}
    try:
        for token in tokenize.generate_tokens(reader):
            if token.type in wanted:
                yield token.string
    except tokenize.TokenError:
        return


def messages_of(room: Path) -> set[Message]:
    found: set[Message] = set()
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            found.update(_calls(path.read_text()))
    for path in sorted([*room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]):
        found.update(_from_template(path))
    return found


#: Languages that some pages have beside Korean and English, with their rules for the plural.
GUESTS = {
    "it": "nplurals=2; plural=(n != 1);",
    "zh_Hans": "nplurals=1; plural=0;",
    "ja": "nplurals=1; plural=0;",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
}


def guest_messages(room: Path) -> set[Message]:
    """What a room's pages for guests from abroad say: `locale/guests.txt` lists files (from the source on), and texts of
    files that are not for guests as a whole, after a “=”."""
    listing = room / "locale" / "guests.txt"
    found: set[Message] = set()
    for line in listing.read_text().splitlines() if listing.exists() else []:
        if line.startswith("="):
            found.add(Message(line[1:].strip()))
        elif line.strip() and not line.startswith("#"):
            for path in sorted(SOURCE.glob(line.strip())):
                is_code = path.suffix == ".py"
                found.update(_calls(path.read_text()) if is_code else _from_template(path))
    return found


def catalogue(room: Path, language: str = "ko") -> polib.POFile:
    path = room / "locale" / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    po = polib.POFile(fpath=str(path), wrapwidth=110)
    po.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": language,
        "Plural-Forms": GUESTS.get(language, "nplurals=1; plural=0;"),
    }
    return po


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def update(room: Path) -> int:
    """Add what is missing with an empty translation, drop what the source no longer says."""
    wanted = messages_of(room)
    if not wanted:
        return 0
    if guests := guest_messages(room):
        for language in GUESTS:
            _update(catalogue(room, language), guests, GUESTS[language])
    return _update(catalogue(room), wanted, "nplurals=1")


def _update(po: polib.POFile, wanted: set[Message], plurals: str) -> int:
    forms = int(plurals.split(";")[0].split("=")[1])
    for entry in list(po):
        explained = entry.comment or entry.tcomment  # what is not from our source says why it is there
        if _key(entry) not in wanted and not explained:
            po.remove(entry)
    known = {_key(entry) for entry in po}
    for message in sorted(wanted - known, key=lambda message: message.text):
        entry = polib.POEntry(msgid=message.text, msgstr="")
        if message.plural:
            entry.msgid_plural, entry.msgstr_plural = message.plural, dict.fromkeys(range(forms), "")
        if message.context:
            entry.msgctxt = message.context
        po.append(entry)
    po.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    po.save()
    return len(wanted - known)


def check(room: Path) -> list[str]:
    """What is wrong with a room's catalogues, in words; empty when they are complete."""
    problems = _missing(room, messages_of(room), "ko", "Korean")
    guests = guest_messages(room)
    return problems + [line for code in GUESTS for line in _missing(room, guests, code, code)]


def _missing(room: Path, wanted: set[Message], language: str, name: str) -> list[str]:
    if not wanted:
        return []
    translated = {
        _key(entry)
        for entry in catalogue(room, language)
        if entry.translated() and "fuzzy" not in entry.flags
    }
    lacking = sorted(wanted - translated, key=lambda m: m.text)
    return [f"{room.name}: no {name} for “{message.text}”" for message in lacking]


def conflicts(source: Path = SOURCE) -> list[str]:
    """Texts that two rooms translate differently: Django merges all catalogues, so only one of them would show."""
    seen: dict[Message, tuple[str, str]] = {}
    found = []
    for path in sorted(source.glob("*/locale/ko/LC_MESSAGES/django.po")):
        room = path.parents[3].name
        for entry in polib.pofile(str(path)):
            korean = entry.msgstr or entry.msgstr_plural.get(0, "")
            if korean and seen.setdefault(_key(entry), (room, korean))[1] != korean:
                other, text = seen[_key(entry)]
                found.append(f"“{entry.msgid}” is “{text}” in {other} and “{korean}” in {room}")
    return found


def compile_all() -> None:
    for path in SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(target))


def main(words: list[str]) -> int:
    command, *names = words or ["check"]
    rooms = [SOURCE / name for name in names] or sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
    if command == "compile":
        compile_all()
        return 0
    if command == "update":
        sys.stdout.writelines(f"{room.name}: {added} new\n" for room in rooms if (added := update(room)))
        return 0
    problems = [problem for room in rooms for problem in check(room)] + ([] if names else conflicts())
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

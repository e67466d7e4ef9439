"""The bullets of a release as its editor types them: one line each, a line that begins with "-" is a detail."""

import re

from bridgehead.documents.atom import Bullet

_DETAIL = re.compile(r"^[-–—―−·∙・]\s*")
_STATEMENT = re.compile(r"^(?:[○◯〇●◎□■◇◆▶▷]\s*|[ㅇ•*]\s+)")


def read_bullets(text: str) -> tuple[Bullet, ...]:
    """Marks typed by habit (○, –, ㅇ) are taken off; a detail before any statement stands on the first level."""
    tree: list[tuple[str, list[str]]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        detail = _DETAIL.match(line)
        words = " ".join((_DETAIL if detail else _STATEMENT).sub("", line).split())
        if not words:
            continue
        if detail and tree:
            tree[-1][1].append(words)
        else:
            tree.append((words, []))
    return tuple(Bullet(line, tuple(details)) for line, details in tree)


def write_bullets(bullets: tuple[Bullet, ...]) -> str:
    """The text whose reading gives these bullets."""
    lines = []
    for bullet in bullets:
        lines += [bullet.text, *(f"- {detail}" for detail in bullet.children)]
    return "\n".join(lines)

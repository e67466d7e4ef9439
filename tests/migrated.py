"""The migrated database of the tests, kept between runs: hundreds of migrations take most of a minute, a copy none.

Only for SQLite in memory. Django's own set-up still runs and applies whatever the copy does not have.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def _template() -> Path:
    """Named after everything that decides what migrating gives: our migrations, and the versions of others' packages."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(ROOT.glob("src/bridgehead/*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return Path(settings.VAR_DIR) / f"tests-{digest.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def _migrated_before() -> Iterator[sqlite3.Connection | None]:
    """The database in memory lives as long as somebody is connected: this connection opens it and fills it."""
    if connection.vendor != "sqlite":
        yield None
        return
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    memory = sqlite3.connect(name, uri=True, check_same_thread=False)
    if _template().exists():
        with sqlite3.connect(_template()) as file:
            file.backup(memory)
    yield memory
    memory.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: None, _migrated_before: sqlite3.Connection | None, django_db_setup: None
) -> None:
    template = _template()
    if _migrated_before is None or template.exists():
        return
    for older in template.parent.glob("tests-*.sqlite3"):
        older.unlink(missing_ok=True)
    draft = template.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(draft) as file:
        _migrated_before.backup(file)
    draft.rename(template)  # at once: another process never reads half of it

"""Read and write the two file formats, gzip-compressed or not."""

import gzip
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from bridgehead.engines.scheduling.consistency import check
from bridgehead.engines.scheduling.fields import InstanceError
from bridgehead.engines.scheduling.instance import Instance
from bridgehead.engines.scheduling.solution import Solution

LARGEST_BYTES = 256 * 1024 * 1024  # of JSON text; ten times the largest fair known to us
THE_FILE = "(the file)"


def read_instance(path: Path) -> Instance:
    """Raises `InstanceError` for content that makes no sense and `OSError` for a file that cannot be read."""
    instance = Instance.from_dict(_parse(_read(path)))
    check(instance)
    return instance


def write_solution(path: Path, solution: Solution) -> None:
    """Written beside and moved into place, so that a reader never sees half a file."""
    content = (json.dumps(solution.to_dict(), ensure_ascii=False, indent=1) + "\n").encode()
    if path.suffix == ".gz":
        content = gzip.compress(content, mtime=0)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _read(path: Path) -> bytes:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if packed else path.open("rb") as source:
            content = source.read(LARGEST_BYTES + 1)
    except (gzip.BadGzipFile, EOFError) as error:
        raise InstanceError(THE_FILE, f"is damaged gzip: {error}") from error
    if len(content) > LARGEST_BYTES:
        raise InstanceError(THE_FILE, f"is larger than {LARGEST_BYTES // 1024**2} MiB")
    return content


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InstanceError(
            f"line {error.lineno}, column {error.colno}", f"is not JSON: {error.msg}"
        ) from error
    except UnicodeDecodeError as error:
        raise InstanceError(f"byte {error.start}", "is not UTF-8") from error
    except RecursionError as error:
        raise InstanceError(THE_FILE, "is nested too deeply") from error


def _refuse(constant: str) -> None:
    raise InstanceError(THE_FILE, f"{constant} is not a number that can be used")

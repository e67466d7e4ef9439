"""Canonical graphs (RDFC-1.0), in a child process with a limit of time and memory.

A few hundred bytes of blank nodes can keep the algorithm busy for years, and no check of the input tells which.
The child (`canonize.py`) is ended when its time is over.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bridgehead.engines.credentials import contexts
from bridgehead.engines.credentials.deadline import Deadline
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.reasons import Code, Reason, Refused
from bridgehead.engines.credentials.strictjson import Object

CHILD = "bridgehead.engines.credentials.canonize"
LONGEST = 6.0  # seconds for one document with all its proofs; honest ones take a fraction of one


def canonical(values: list[Object], *, documents: Documents, deadline: Deadline) -> list[str]:
    """N-Quads of each value in canonical form, each covering everything the value says."""
    for value in values:
        _check_names(value)
    request = {"documents": values, "contexts": contexts.gather(values, documents)}
    answer = _ask(json.dumps(request).encode(), min(deadline.remaining(), LONGEST))
    if "code" in answer:
        raise Refused(Code(answer["code"]), detail=answer["detail"])
    return answer["canonical"]


def undefined_types(value: Object, *, documents: Documents, deadline: Deadline) -> Iterator[Reason]:
    """Types that its contexts do not define, and contexts that contradict each other.

    Nothing when a context is not at hand: the question cannot be answered then, and is not part of a proof.
    """
    try:
        request = {"document": value, "contexts": contexts.gather([value], documents)}
    except Refused as refused:
        if refused.reason.code != Code.CONTEXT_UNKNOWN:
            yield refused.reason
        return
    answer = _ask(json.dumps(request).encode(), min(deadline.remaining(), LONGEST))
    if "code" in answer:
        yield Reason(Code(answer["code"]), detail=answer["detail"])


def _ask(request: bytes, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", CHILD]
    try:
        done = subprocess.run(command, input=request, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise Refused(Code.GRAPH_TIME, detail=f"{seconds:.0f} s") from None
    if done.returncode != 0:  # out of memory, or its own limit of processor time
        raise Refused(Code.GRAPH_TIME, detail="its limits were reached")
    return json.loads(done.stdout)


def _check_names(value: Any) -> None:
    """No blank node identifiers in what a stranger wrote: they invite costly graphs, and name nothing."""
    if isinstance(value, str) and value.startswith("_:"):
        raise Refused(Code.BLANK_NODE, detail=value)
    if isinstance(value, dict):
        for name, item in value.items():
            _check_names(name)
            _check_names(item)
    elif isinstance(value, list):
        for item in value:
            _check_names(item)

"""Talks to the second implementation, `bazaar.mjs`, with everything it may need at hand."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bridgehead.engines.credentials import contexts, did, multibase
from bridgehead.engines.credentials.documents import Documents

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("bazaar.mjs")
NODE = shutil.which("node") or str(ROOT / "var" / "tools" / "node" / "bin" / "node")


def needed() -> None:
    """Skips, and says so, where Node or the packages are missing."""
    if not Path(NODE).exists():
        pytest.skip("NO NODE: the second implementation of credentials was not asked")
    if not (ROOT / "node_modules" / "@digitalbazaar" / "vc").is_dir():
        pytest.skip("npm packages for development are missing: run npm ci")


def ask(requests: list[dict[str, Any]], documents: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers to verify and issue requests. `documents`: DID documents, keys and status lists by address."""
    needed()
    bundled = {url: contexts.gather([{"@context": url}], Documents())[url] for url in contexts.known()}
    question = json.dumps({"requests": requests, "documents": {**bundled, **documents}})
    done = subprocess.run(
        [NODE, SCRIPT], input=question, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def key_documents(public_key: bytes) -> dict[str, Any]:
    """A did:key and its only key, by their names."""
    document = did.key_document(did.did_key(public_key))
    key = document["verificationMethod"][0]
    return {document["id"]: document, key["id"]: {"@context": did.CONTEXTS[1], **key}}


def web_documents(document: dict[str, Any]) -> dict[str, Any]:
    keys = {key["id"]: {"@context": did.CONTEXTS[1], **key} for key in document["verificationMethod"]}
    return {document["id"]: document, **keys}


def key_pair(seed: bytes, public_key: bytes) -> dict[str, str]:
    return {
        "type": "Multikey",
        "id": did.key_method(public_key),
        "controller": did.did_key(public_key),
        "publicKeyMultibase": multibase.encode_public_key(public_key),
        "secretKeyMultibase": multibase.encode_secret_key(seed),
    }

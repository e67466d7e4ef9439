"""Links that let a person without an account in: long random tokens, compared in the database by their hash.

A token is shown once, in the mail; the database keeps only SHA-256, so a copy of the database opens no door.
"""

import hashlib
import secrets


def new_token() -> str:
    """43 characters of URL-safe randomness (256 bits)."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

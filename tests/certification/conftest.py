"""Keys of a test lie in a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.CREDENTIAL_KEY_DIR = str(tmp_path / "keys")
    settings.CREDENTIAL_PASSPHRASE = "for tests"
    settings.SITE_URL = "https://certificates.example"

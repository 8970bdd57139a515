"""A keychain in a file, for victims that are killed: only PYTHON_KEYRING_BACKEND brings it in."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

PLACE = "YIGAO_TEST_KEYCHAIN"


class Keychain(KeyringBackend):
    """Entries as JSON in the file that $YIGAO_TEST_KEYCHAIN names, replaced whole."""

    priority = 0.1

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write({**self._entries(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        self._write({name: each for name, each in self._entries().items() if name != f"{service}/{username}"})

    def _entries(self) -> dict[str, str]:
        place = Path(os.environ[PLACE])
        return dict(json.loads(place.read_text())) if place.exists() else {}

    def _write(self, entries: dict[str, str]) -> None:
        part = Path(f"{os.environ[PLACE]}.part")
        part.write_text(json.dumps(entries))
        part.replace(os.environ[PLACE])

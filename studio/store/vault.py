"""Secrets, in the system's keychain and nowhere else."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.core.errors import NoVault, Problem, VaultLocked
from studio.core.finding import Finding, error
from studio.core.ids import new_id

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "yigao"
# Windows keeps at most 2560 bytes in UTF-16 per entry (CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h, read 2026-11).
PIECE = 1200
_CHUNKED = "yigao-pieces:"
# Packages of backends that keep passwords in a readable file, or nowhere.
_REFUSED = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")


class Vault:
    """One entry per account; its secrets as JSON, cut in pieces where a keychain limits the size of an entry.

    backend   a keyring backend for tests; None: the system's, or the one PYTHON_KEYRING_BACKEND names
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._given = backend

    def read(self, account_id: str) -> dict[str, str]:
        """The account's secrets, {} when there are none. NoVault, VaultLocked."""
        with _typed():
            backend = self._backend()
            text = "".join(_get(backend, name) for name in self._names(backend, account_id))
        return dict(json.loads(text)) if text else {}

    def write(self, account_id: str, secrets: Mapping[str, str]) -> None:
        """Replaces the account's secrets: whole, or not at all. NoVault, VaultLocked."""
        text = json.dumps(dict(secrets), ensure_ascii=True)
        with _typed():
            backend = self._backend()
            old = self._names(backend, account_id)
            head, pieces = _cut(account_id, text)
            for name, piece in pieces.items():
                backend.set_password(SERVICE, name, piece)
            backend.set_password(SERVICE, account_id, head)  # from here on the new ones count
            self._forget(backend, [n for n in old if n != account_id])

    def delete(self, account_id: str) -> None:
        """Removes the account's secrets; nothing happens when there are none. NoVault, VaultLocked."""
        with _typed():
            backend = self._backend()
            self._forget(backend, [*self._names(backend, account_id), account_id])

    def check(self) -> tuple[Finding, ...]:
        """Whether secrets can be kept here: () or a finding "vault.none" or "vault.locked". Writes nothing."""
        try:
            with _typed():
                self._backend().get_password(SERVICE, "check")
        except Problem as found:
            return found.findings
        return ()

    def name(self) -> str:
        """The keychain in use, for `doctor`. NoVault."""
        return str(self._backend().name)

    def _backend(self) -> KeyringBackend:
        if self._given is not None:
            return self._given
        with _typed():
            import keyring

            try:
                found = keyring.get_keyring()
            except (ImportError, ValueError, AttributeError, TypeError):  # PYTHON_KEYRING_BACKEND names nothing usable
                raise NoVault(error("vault.none", "vault")) from None
            backend = _chosen(found)
        if backend is None:
            raise NoVault(error("vault.none", "vault"))
        return backend

    def _names(self, backend: KeyringBackend, account_id: str) -> list[str]:
        """The entries that hold the value, in order."""
        head = backend.get_password(SERVICE, account_id)
        if head is None or not head.startswith(_CHUNKED):
            return [account_id]
        count, _, token = head.removeprefix(_CHUNKED).partition(":")
        return _piece_names(account_id, token, int(count))

    def _forget(self, backend: KeyringBackend, names: list[str]) -> None:
        for name in dict.fromkeys(names):
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)


def _get(backend: KeyringBackend, name: str) -> str:
    return backend.get_password(SERVICE, name) or ""


def _piece_names(account_id: str, token: str, count: int) -> list[str]:
    return [f"{account_id}/{token}/{n}" for n in range(count)]


def _cut(account_id: str, text: str) -> tuple[str, dict[str, str]]:
    """The head entry's value and the further entries. New names each time: the old value stays whole until then."""
    if len(text) <= PIECE:
        return text, {}
    pieces = [text[n : n + PIECE] for n in range(0, len(text), PIECE)]
    token = new_id()
    names = _piece_names(account_id, token, len(pieces))
    return f"{_CHUNKED}{len(pieces)}:{token}", dict(zip(names, pieces, strict=True))


def _chosen(backend: KeyringBackend) -> KeyringBackend | None:
    """The backend itself, or the first acceptable one of a chain; None when there is none."""
    several = getattr(backend, "backends", None) if type(backend).__module__ == "keyring.backends.chainer" else None
    return next((b for b in several or [backend] if _acceptable(b)), None)


def _acceptable(backend: KeyringBackend) -> bool:
    """Never a plain file, unless the person named that backend themselves in PYTHON_KEYRING_BACKEND."""
    kind = type(backend)
    if kind.__module__ == "keyring.backends.fail":
        return False
    named = os.environ.get("PYTHON_KEYRING_BACKEND", "") == f"{kind.__module__}.{kind.__qualname__}"
    return named or not kind.__module__.startswith(_REFUSED)


@contextmanager
def _typed() -> Iterator[None]:
    """keyring's errors as ours. Their texts are dropped: none of ours may carry what a backend put in one."""
    from keyring import errors

    try:
        yield
    except errors.NoKeyringError:
        raise NoVault(error("vault.none", "vault")) from None
    except errors.KeyringLocked:
        raise VaultLocked(error("vault.locked", "vault")) from None
    except errors.KeyringError as fault:
        raise VaultLocked(error("vault.refused", "vault", reason=type(fault).__name__)) from None

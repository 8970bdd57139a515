"""Secrets are in the keychain, whole or not at all, and nowhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring import errors
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from studio.core.errors import NoVault, Problem, VaultLocked
from studio.store.vault import PIECE, SERVICE, Vault
from tests.servers.keyring import SecretService
from tests.store.strategies import texts

SECRETS = {"password": "pässwörd-密码-🔑", "token": "x" * 40}


class MemoryKeyring(KeyringBackend):
    """Records what is written; refuses entries over Windows' size, and everything while `fault` is set."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None
        self.writes = 0
        self.fail_at = 0

    def _check(self) -> None:
        if self.fault is not None:
            raise self.fault

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.writes += 1
        if self.writes == self.fail_at or len(password.encode("utf-16-le")) > 2560:
            raise errors.PasswordSetError(f"cannot keep {password}")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.entries.pop((service, username), None) is None:
            raise errors.PasswordDeleteError("not found")


class Plaintext(MemoryKeyring):
    """Stands in for keyrings.alt.file.PlaintextKeyring."""


Plaintext.__module__ = "keyrings.alt.file"


@pytest.fixture
def backend() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def vault(backend: MemoryKeyring) -> Vault:
    return Vault(backend)


def test_what_is_written_is_read(vault: Vault, backend: MemoryKeyring) -> None:
    assert vault.read("a1") == {} and vault.check() == ()
    vault.write("a1", SECRETS)
    vault.write("a2", {"password": "other"})
    assert vault.read("a1") == SECRETS and vault.read("a2") == {"password": "other"}
    assert {service for service, _ in backend.entries} == {SERVICE}
    vault.delete("a1")
    vault.delete("a1")
    assert vault.read("a1") == {} and list(backend.entries) == [(SERVICE, "a2")]


@settings(deadline=None, max_examples=60)
@given(one=st.dictionaries(texts, texts), two=st.dictionaries(texts, st.text(min_size=600, max_size=3000), max_size=3))
def test_any_secrets_of_any_size(one: dict[str, str], two: dict[str, str]) -> None:
    backend = MemoryKeyring()
    vault = Vault(backend)
    for secrets in (one, two, one):
        vault.write("a", secrets)
        assert vault.read("a") == secrets
    vault.delete("a")
    assert backend.entries == {}


def test_long_secrets_go_in_pieces_and_leave_none_behind(vault: Vault, backend: MemoryKeyring) -> None:
    vault.write("a", {"token": "t" * 5 * PIECE})
    assert len(backend.entries) == 7
    vault.write("a", {"token": "u" * 2 * PIECE})
    assert len(backend.entries) == 4 and vault.read("a") == {"token": "u" * 2 * PIECE}
    vault.write("a", {"token": "short"})
    assert len(backend.entries) == 1


@pytest.mark.parametrize("fail_at", range(1, 8))
def test_a_write_that_fails_leaves_the_old_secrets(vault: Vault, backend: MemoryKeyring, fail_at: int) -> None:
    old = {"token": "o" * 3 * PIECE}
    vault.write("a", old)
    backend.writes, backend.fail_at = 0, fail_at
    with pytest.raises(VaultLocked):
        vault.write("a", {"token": "n" * 5 * PIECE})
    assert vault.read("a") == old


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (errors.KeyringLocked("hunter2"), VaultLocked, "vault.locked"),
        (errors.NoKeyringError("hunter2"), NoVault, "vault.none"),
        (errors.InitError("hunter2"), VaultLocked, "vault.refused"),
        (errors.PasswordSetError("hunter2"), VaultLocked, "vault.refused"),
        (errors.KeyringError("hunter2"), VaultLocked, "vault.refused"),
    ],
)
def test_errors_are_typed_and_carry_no_text(
    vault: Vault, backend: MemoryKeyring, fault: Exception, kind: type[Problem], code: str
) -> None:
    backend.fault = fault
    for act in (vault.read, vault.delete, lambda id: vault.write(id, SECRETS)):
        with pytest.raises(kind) as raised:
            act("a1")
        assert raised.value.findings[0].code == code
        assert "hunter2" not in repr(raised.value.findings) + str(raised.value)
        assert raised.value.__cause__ is None and raised.value.__suppress_context__
    assert [f.code for f in vault.check()] == [code]


@pytest.mark.parametrize("backend", [FailKeyring(), NullKeyring(), Plaintext()])
def test_a_keychain_that_keeps_nothing_or_in_the_open_is_none(
    backend: KeyringBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    with pytest.raises(NoVault, match=r"vault\.none"):
        Vault().write("a", SECRETS)
    assert [f.code for f in Vault().check()] == ["vault.none"]
    assert not getattr(backend, "entries", {})


def test_a_file_serves_only_when_the_person_named_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Plaintext()
    monkeypatch.setattr(keyring, "get_keyring", lambda: plain)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.Plaintext")
    Vault().write("a", SECRETS)
    assert Vault().read("a") == SECRETS


def test_of_a_chain_only_a_real_keychain_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, real = Plaintext(), MemoryKeyring()
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    monkeypatch.setattr(ChainerBackend, "backends", [plain, real])
    chain = ChainerBackend()
    monkeypatch.setattr(keyring, "get_keyring", lambda: chain)
    Vault().write("a", SECRETS)
    assert plain.entries == {} and Vault().read("a") == SECRETS and len(real.entries) == 1
    monkeypatch.setattr(ChainerBackend, "backends", [plain])
    assert [f.code for f in Vault().check()] == ["vault.none"]


def test_the_vault_imports_no_keyring_before_it_is_asked() -> None:
    code = "import sys, studio.store.vault as v; v.Vault(); print([m for m in sys.modules if m.startswith('keyring')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


ACT = """
import json, sys
from studio.core.errors import Problem
from studio.store.vault import Vault
vault, act, id = Vault(), sys.argv[1], sys.argv[2]
try:
    if act == "write": vault.write(id, json.loads(sys.argv[3]))
    if act == "delete": vault.delete(id)
    print(json.dumps({"read": vault.read(id), "check": [f.code for f in vault.check()], "name": vault.name()}))
except Problem as problem:
    print(json.dumps([type(problem).__name__, *(f.code for f in problem.findings)]))
"""


def said(run: subprocess.CompletedProcess[str]) -> object:
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def holds(folder: Path, text: str) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


def test_a_real_keychain_stores_reads_and_deletes(secret_service: SecretService) -> None:
    secrets = {**SECRETS, "long": "z" * 5000}
    written = said(secret_service.run(ACT, "write", "a1", json.dumps(secrets)))
    assert isinstance(written, dict) and written["read"] == secrets and written["check"] == []
    assert "SecretService" in written["name"] or "libsecret" in written["name"]
    again = said(secret_service.run(ACT, "read", "a1"))
    assert isinstance(again, dict) and again["read"] == secrets
    assert holds(secret_service.folder, SECRETS["password"]) == [] == holds(secret_service.folder, "z" * 100)
    gone = said(secret_service.run(ACT, "delete", "a1"))
    assert isinstance(gone, dict) and gone["read"] == {}
    assert said(secret_service.run(ACT, "read", "a1")) == gone


def test_a_locked_keychain_says_so_at_once(secret_service: SecretService) -> None:
    said(secret_service.run(ACT, "write", "a1", json.dumps(SECRETS)))
    for act in ("read", "write", "delete"):
        assert said(secret_service.run(ACT, act, "a1", "{}", locked=True)) == ["VaultLocked", "vault.locked"]
    unlocked = said(secret_service.run(ACT, "read", "a1"))
    assert isinstance(unlocked, dict) and unlocked["read"] == SECRETS


def test_no_keychain_at_all_writes_nothing_anywhere(secret_service: SecretService) -> None:
    for act in ("read", "write", "delete"):
        home = {"HOME": str(secret_service.folder)}
        run = secret_service.run_without(ACT, act, "a1", json.dumps(SECRETS), environment=home)
        assert said(run) == ["NoVault", "vault.none"]
        assert SECRETS["token"] not in run.stderr
    assert holds(secret_service.folder, SECRETS["token"]) == []
